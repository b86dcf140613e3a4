"""Official texts: the article that says what a rule of a digest restates, where its text is in the corpus too.

A digest and an official text are of one document where they have one number (文号), or one title, place
and date. Each rule then finds the provision that states its value, or the one most alike in words; one
whose nearest provision states another value stays with the digest, and both are named.
"""

import datetime
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.core.gap_records import Rule
from pipeline.core.records import Clause, Document, Measure, document_of
from pipeline.core.settings import MATTERS
from pipeline.language import document_titles
from pipeline.language.lexicon import Lexicon
from pipeline.matters import rule_quotes, rule_values
from pipeline.similarity import vectors

_LINE = re.compile(r"\S[^\n]*")
_STOPS = ("。", "；", "：", ":")
_AMENDED = re.compile(r"（(\d{4})年(?:\d+月)?修[正订]")
_DAYS = 31  # between adoption and promulgation of one version
_TITLE = 25  # characters of a line that may be a title


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of an article: where it stands in the lowest clause that holds it, and its quantities.

    Offsets count from the clause's text. `lead` are the words that head the line: the article's
    heading, and the line above where that is only a title, as （四）投资纳税 is.
    """

    clause: Clause
    start: int
    end: int
    measures: list[Measure]
    lead: str

    @property
    def text(self) -> str:
        """The words of the line."""
        return self.clause.text[self.start : self.end]


def pairs(documents: Iterable[Document]) -> dict[str, str]:
    """Digest → its official text, by document ids.

    A digest with several such texts takes the first.
    """
    documents = list(documents)
    official = [document for document in documents if document.text_kind == "official"]
    by_number: dict[tuple[str, str | None], Document] = {
        (document.region_id, document.number): document
        for document in reversed(official)
        if document.number
    }
    by_title: dict[tuple[str, str], list[Document]] = defaultdict(list)
    for document in official:
        by_title[document.region_id, title(document)].append(document)
    found: dict[str, str] = {}
    for digest in documents:
        if digest.text_kind == "digest" and official:
            same = by_number.get((digest.region_id, digest.number))
            dated = (
                d for d in by_title[digest.region_id, title(digest)] if same_version(d, digest)
            )
            if text := same or next(dated, None):
                found[digest.document_id] = text.document_id
    return found


def title(document: Document) -> str:
    """The title by which texts of one document are matched: of the enclosure, without its version."""
    return document_titles.key(document_titles.inner(document.title) or document.title)


def same_version(a: Document, b: Document) -> bool:
    """Whether two texts of one title are of one version, by what is known of their dates.

    Adoption, promulgation and publication lie days apart; （2021年修正） in a title names the version.
    """
    days = [(a.issued_date, b.issued_date), (a.effective_date, b.effective_date)]
    known = [(x, y) for x, y in days if x and y]
    if any(x.startswith(y) or y.startswith(x) or _days_apart(x, y) <= _DAYS for x, y in known):
        return True
    for named, other in ((a, b), (b, a)):
        amended = _AMENDED.search(named.title)
        if amended and (other.issued_date or "").startswith(amended[1]):
            return True
    return not any((a.issued_date, a.effective_date, b.issued_date, b.effective_date))


def _days_apart(a: str, b: str) -> float:
    """Days between two dates; infinite where one is not known to the day."""
    if len(a) < 10 or len(b) < 10:
        return math.inf
    return abs((datetime.date.fromisoformat(a) - datetime.date.fromisoformat(b)).days)


def provisions(clauses: Sequence[Clause], measures: Iterable[Measure]) -> list[TextLine]:
    """The lines of one document's articles, each with the quantities of its article that lie in it."""
    by_id = {clause.clause_id: clause for clause in clauses}
    placed = [(by_id[m.clause_id].start + m.start, m) for m in measures]
    found: list[TextLine] = []
    for unit in clauses:
        lead = ""
        for match in _LINE.finditer(unit.text) if unit.is_unit else ():
            start, end = unit.start + match.start(), unit.start + match.end()
            inside = [c for c in clauses if c.start <= start and end <= c.end]
            clause = min(inside, key=lambda c: c.end - c.start)
            own = [
                replace(m, start=place - clause.start, end=place - clause.start + m.end - m.start)
                for place, m in placed
                if start <= place < end
            ]
            heading = f"{unit.heading or ''}{lead}"
            is_title = len(match[0]) <= _TITLE and not match[0].rstrip().endswith(_STOPS)
            lead = match[0] if is_title else ""
            if not is_title:
                at = start - clause.start
                found.append(TextLine(clause, at, end - clause.start, own, heading))
    return found


@dataclass(frozen=True, slots=True)
class Texts:
    """What rules are looked for in: clauses by id, provisions by official text; what cuts them into words."""

    clauses: Mapping[str, Clause]
    provisions: Mapping[str, list[TextLine]]
    lexicon: Lexicon

    def alike(
        self, rules: Iterable[Rule], text_of: Mapping[str, str]
    ) -> Iterator[tuple[Rule, list[TextLine], list[float]]]:
        """Each rule with the provisions of the text looked into, and its likeness with each.

        Args:
            rules: of documents that `text_of` has.
            text_of: the text that is looked into for the rules of a document, by document ids.
        """
        by_text: dict[str, list[Rule]] = defaultdict(list)
        for rule in rules:
            by_text[text_of[document_of(rule.clause_id)]].append(rule)
        for text, group in by_text.items():
            found = self.provisions[text]
            rows = likeness([self.clauses[r.clause_id] for r in group], found, self.lexicon)
            yield from ((rule, found, row) for rule, row in zip(group, rows, strict=True))


def join(
    rules: Sequence[Rule], official: Mapping[str, str], texts: Texts
) -> tuple[list[Rule], list[str]]:
    """The rules, those of digests moved to the provisions of their official texts; and what disagrees.

    Args:
        rules: of one build.
        official: digest → its official text, by document ids.
        texts: with the provisions of the official texts.
    """
    joined = {rule.rule_id: rule for rule in rules}
    warnings = []
    digested = [rule for rule in rules if document_of(rule.clause_id) in official]
    for rule, found, alike in texts.alike(digested, official):
        place = best(rule, found, alike)
        if place is not None:
            joined[rule.rule_id] = moved(rule, found[place])
        elif alike and max(alike) >= MATTERS.otherwise:
            warnings.append(_otherwise(rule, found[alike.index(max(alike))]))
    return list(joined.values()), warnings


def likeness(
    digests: Sequence[Clause], found: Sequence[TextLine], lexicon: Lexicon
) -> list[list[float]]:
    """The likeness in words of each digest clause with each provision: cosine of TF-IDF, 0 to 1."""
    texts = [(c.heading or "") + c.text[slice(*rule_quotes.body(c))] for c in digests]
    texts += [p.lead + p.text for p in found]
    if not digests or not found:
        return [[] for _ in digests]
    rows = vectors.tf_idf([lexicon.terms(lexicon.cut(text)) for text in texts]).combined
    cosines = rows[: len(digests)] @ rows[len(digests) :].T
    return [[float(value) for value in row] for row in cosines.toarray()]


def best(rule: Rule, found: Sequence[TextLine], alike: Sequence[float]) -> int | None:
    """The provision that says a rule: of those that state its value, or of all where it has none."""
    is_stated = rule.value is not None and not rule.derived
    least = MATTERS.stating if is_stated else MATTERS.alike
    candidates = [
        (alike[n], -n)
        for n, provision in enumerate(found)
        if alike[n] >= least and (not is_stated or _place(rule, provision) is not None)
    ]
    return -max(candidates)[1] if candidates else None


def _place(rule: Rule, provision: TextLine) -> int | None:
    """Where a provision states a rule's value, as an offset into its clause."""
    if rule.value is None or rule.derived:
        return None
    text, found = provision.clause.text[: provision.end], provision.measures
    at = rule_values.stating(rule.value, rule.unit, text, found, provision.start)
    return at and at[0]


def moved(rule: Rule, provision: TextLine) -> Rule:
    """The rule at a provision: it quotes the sentence with its value, or the whole line."""
    at = _place(rule, provision)
    if at is None:
        start, end, quote = provision.start, provision.end, provision.text
    else:
        start, end, quote = rule_quotes.quote(provision.clause, at)
    return replace(
        rule,
        clause_id=provision.clause.clause_id,
        start=start,
        end=end,
        quote=quote,
        source_grade="official",
        confidence="high",
    )


def _otherwise(rule: Rule, other: TextLine) -> str:
    quotes = "、".join(measure.quote for measure in other.measures) or other.text[:30]
    said = f"{rule.value:g}{rule.unit or ''}" if rule.value is not None else rule.answer
    return f"{rule.rule_id} 写 {said}，官方文本最相近的 {other.clause.clause_id} 写 {quotes}"
