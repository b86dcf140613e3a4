"""Versions: one article through the texts of its document, from the earliest to the newest.

An article goes on in the article of the next text that is most surely its new form. Where two became
one, both lead to it; where one became two, it leads to the likelier, and the other begins there.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.core.records import Revision


@dataclass(frozen=True, slots=True)
class Versions:
    """Which article followed which.

    Attributes:
        successors: article → its form in the next text.
        predecessors: article → those that it follows, the surest first.
        dropped: articles that the next text no longer has.
    """

    successors: Mapping[str, str]
    predecessors: Mapping[str, list[str]]
    dropped: frozenset[str]

    def newest(self, article: str) -> str:
        """The last form of an article."""
        while article in self.successors:
            article = self.successors[article]
        return article

    def chain(self, article: str) -> list[str]:
        """All forms that lead to the last form of an article, that first; of two, the surer first."""
        found = [self.newest(article)]
        for each in found:  # grows
            found += self.predecessors.get(each, [])
        return found

    def first(self, article: str) -> str:
        """The earliest form of an article, along the surest way."""
        article = self.newest(article)
        while before := self.predecessors.get(article):
            article = before[0]
        return article


def of_revisions(revisions: Iterable[Revision], issued: Mapping[str, str]) -> Versions:
    """The versions of all articles.

    Args:
        revisions: rows of all comparison tables of old and new texts.
        issued: document → the day on which it was issued, "" where unknown.
    """
    rows = list(revisions)
    later: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        later[row.document_old].add(row.document_new)
    following = {
        old: min(names, key=lambda name: (issued.get(name, ""), name))
        for old, names in later.items()
    }
    rows = [row for row in rows if following[row.document_old] == row.document_new]
    best: dict[str, tuple[float, str]] = {}
    for row in rows:
        if row.clause_old and row.clause_new:
            confidence = row.confidence or 0.0
            if row.clause_old not in best or confidence > best[row.clause_old][0]:
                best[row.clause_old] = confidence, row.clause_new
    predecessors: dict[str, list[str]] = defaultdict(list)
    for old, (_, new) in sorted(best.items(), key=lambda item: -item[1][0]):
        predecessors[new].append(old)
    return Versions(
        successors={old: new for old, (_, new) in best.items()},
        predecessors=predecessors,
        dropped=frozenset(row.clause_old for row in rows if row.clause_old and not row.clause_new),
    )
