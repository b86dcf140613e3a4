"""Terms: from which day to which an article counts, by the events of its document."""

from collections.abc import Collection
from dataclasses import dataclass

from pipeline.language.dates import day_before
from pipeline.validity.force import Force

_ENDINGS = {"已被替代": "successor", "已废止": "repealed", "已暂停": "suspended"}


@dataclass(frozen=True, slots=True)
class Term:
    """The first and the last day of a document's wording, and how it ended; None where unknown or open."""

    first: str | None
    last: str | None
    ended: str | None


def of_document(force: Force) -> Term:
    """The term of the text that was read: where that is a later wording, from the day of that wording."""
    first = max(filter(None, (force.start, force.wording))) if force.start else None
    ends = [(force.last, "expired")] if force.last else []
    if force.ended:
        day, state = force.ended
        ends.append((day_before(day), _ENDINGS[state]))
    last, ended = min(ends, default=(None, None))
    if first and last and first > last:
        first = None  # it began before, in words that were not read
    return Term(first, last, ended)


def of_article(
    term: Term, article: str, followed: Collection[str], dropped: Collection[str]
) -> Term:
    """The term of one article of a document.

    Args:
        term: of the document.
        article: the article.
        followed: articles that go on in the next text.
        dropped: articles that the next text no longer has.
    """
    if term.ended != "successor" or article in followed:
        return term
    return Term(term.first, term.last, "repealed" if article in dropped else "successor_unseen")


def overlap(a: Term, b: Term, newest: str) -> tuple[str, str | None] | None:
    """The first and the last day on which two texts are known to be both in force.

    A text of unknown beginning counts on the newest day only.

    Returns:
        None where there is no such day; the last is None where both are open.
    """
    first = max(a.first or newest, b.first or newest)
    last = min(filter(None, (a.last, b.last)), default=None)
    return None if last and first > last else (first, last)
