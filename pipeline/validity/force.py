"""Force: whether a document was in force on a day, from the events of its validity.

Unknown stays unknown: a document without stated end is 未知, one without any date 日期不明 before the
newest day. A date of which only the year or month is known counts once the whole year or month is over,
or on the newest day that the corpus knows.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.core.records import Document, Fact, ValidityEvent
from pipeline.language.dates import last_day

IN_FORCE = ("有效", "未知")
LAPSED = ("已过有效期", "已暂停")  # over, and nothing known in its place
ENDED = {"修订": "已被替代", "废止": "已废止", "暂停": "已暂停"}
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Force:
    """When one document is in force; dates in full, as days.

    `wording` is the day from which the text that was read is the document's wording, where that is
    later than its beginning.
    """

    start: str | None
    last: str | None
    ended: tuple[str, str] | None
    wording: str | None
    newest: str

    @property
    def end(self) -> str | None:
        """The last day of its term, or the day on which something else ended it; None while open."""
        days = [day for day in (self.last, self.ended and self.ended[0]) if day]
        return min(days, default=None)

    def state(self, on: str) -> str:
        """The document's state on a day: 有效 未知 尚未施行 已过有效期 已被替代 已废止 已暂停 日期不明."""
        if self.ended and self.ended[0] <= on:
            return self.ended[1]
        if self.last and self.last < on:
            return "已过有效期"
        if self.start is None:
            known = on >= self.newest or self.ended or self.last
            return "未知" if known else "日期不明"
        if self.start > on:
            return "尚未施行"
        return "有效" if self.last else "未知"


def stated(text: str | None) -> str | None:
    """The date that a note begins with.

    >>> stated("2026-11-23：现行（推定）"), stated("约2019年"), stated(None)
    ('2026-11-23', None, None)
    """
    found = _DATE.match(text or "")
    return found[0] if found else None


def newest(documents: Iterable[Document], facts: Iterable[Fact]) -> str:
    """The newest day that the corpus knows: of documents issued, or of facts checked."""
    dates = [d.issued_date for d in documents] + [stated(f.as_of) for f in facts]
    full = [date for date in dates if date and len(date) == 10]
    return max(full, default=max((last_day(date) for date in dates if date), default="9999-12-31"))


def forces(
    documents: Iterable[Document], events: Iterable[ValidityEvent], newest: str
) -> dict[str, Force]:
    """Every document's force from all events."""
    by_document: dict[str, list[ValidityEvent]] = defaultdict(list)
    for event in events:
        by_document[event.document_id].append(event)
    return {
        d.document_id: _force(by_document[d.document_id], d.document_id, newest) for d in documents
    }


def _force(events: list[ValidityEvent], document_id: str, newest: str) -> Force:
    """A person's events stand after the document's own and win over them."""
    start, last, ended, wording = None, None, None, None
    for event in events:
        day = min(last_day(event.date), newest) if len(event.date) < 10 else event.date
        if event.kind == "施行":
            start = day
        elif event.kind in ("到期", "延长"):
            last = last_day(event.date)
        elif event.kind == "修订" and event.successor == document_id:
            wording = day
        else:
            found = (day, ENDED[event.kind])
            ended = min(ended, found) if ended else found
    end = min(day for day in (ended and ended[0], last, "9999") if day)
    if start and start > end:
        start = None  # when a fact was read, after the rule had ended, is no beginning
    return Force(start, last, ended, wording, newest)
