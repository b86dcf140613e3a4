"""Force: whether a document was in force on a day, from the events of its validity.

Nothing is assumed: an official text that has begun, and of which nothing says that it ended, is
有效（未见废止）; a digest is 未知 then, for it may leave out the end. A document without any date is
日期不明 before the newest day of the corpus. A date of which only the year or month is known counts from the end of
that year or month, but at the latest from the newest day.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.core.records import Document, Fact, ValidityEvent
from pipeline.language.dates import last_day

OPEN = "有效（未见废止）"  # begun, with no end stated and none known
LAPSED = ("已过有效期", "已暂停")  # ended, and no successor is known
ENDED = {"修订": "已被替代", "废止": "已废止", "暂停": "已暂停"}
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Force:
    """When one document is in force; all dates are days, YYYY-MM-DD.

    Attributes:
        start: its first day, if known.
        last: the last day of its term, if it has one.
        ended: the day on which an event ended it, and the state since then.
        wording: the day since which the text that was read is its wording, where that is later
            than its beginning.
        newest: the newest day that the corpus speaks of.
        is_whole: whether the text is whole, so that it states its end if it has one.
    """

    start: str | None
    last: str | None
    ended: tuple[str, str] | None
    wording: str | None
    newest: str
    is_whole: bool

    @property
    def end(self) -> str | None:
        """The last day of its term, or the day on which something else ended it; None while open."""
        days = [day for day in (self.last, self.ended and self.ended[0]) if day]
        return min(days, default=None)

    def state(self, on: str) -> str:
        """The document's state on a day.

        有效 有效（未见废止） 未知 尚未施行 已过有效期 已被替代 已废止 已暂停 日期不明; 未知 too where the
        text that was read is a later wording.
        """
        if self.ended and self.ended[0] <= on:
            return self.ended[1]
        if self.last and self.last < on:
            return "已过有效期"
        if self.start is None:
            existed = on >= self.newest or self.ended or self.last
            return "未知" if existed else "日期不明"
        if self.start > on:
            return "尚未施行"
        if self.last:
            return "有效"
        if not self.is_whole or (self.wording and self.wording > on):
            return "未知"
        return "有效" if self.ended else OPEN


def stated(text: str | None) -> str | None:
    """The date that a note begins with.

    >>> stated("2026-11-23：现行（推定）"), stated("约2019年"), stated(None)
    ('2026-11-23', None, None)
    """
    match = _DATE.match(text or "")
    return match[0] if match else None


def newest(documents: Iterable[Document], facts: Iterable[Fact]) -> str:
    """The newest day that the corpus speaks of: a document's issue, or a fact's check.

    Without any date it is 9999-12-31; without a full one, the last day of the newest month or year.
    """
    dates = [d.issued_date for d in documents] + [stated(f.as_of) for f in facts]
    days = [date for date in dates if date and len(date) == 10]
    return max(days, default=max((last_day(date) for date in dates if date), default="9999-12-31"))


def forces(
    documents: Iterable[Document], events: Iterable[ValidityEvent], newest: str
) -> dict[str, Force]:
    """Document id → its force.

    Args:
        documents: of the corpus.
        events: of all documents; of one document, a later event in this order wins over an earlier
            one of its kind, so a person's notes stand last.
        newest: as `newest` returns it.
    """
    by_document: dict[str, list[ValidityEvent]] = defaultdict(list)
    for event in events:
        by_document[event.document_id].append(event)
    return {d.document_id: _force(by_document[d.document_id], d, newest) for d in documents}


def _force(events: list[ValidityEvent], document: Document, newest: str) -> Force:
    start, last, ended, wording = None, None, None, None
    for event in events:
        day = min(last_day(event.date), newest) if len(event.date) < 10 else event.date
        if event.kind == "施行":
            start = day
        elif event.kind in ("到期", "延长"):
            last = last_day(event.date)
        elif event.kind == "修订" and event.successor == document.document_id:
            wording = day
        else:
            end_of_kind = (day, ENDED[event.kind])
            ended = min(ended, end_of_kind) if ended else end_of_kind
    end = min(day for day in (ended and ended[0], last, "9999") if day)
    if start and start > end:
        start = None  # the day on which a fact was read, after the rule had ended, is no beginning
    return Force(start, last, ended, wording, newest, document.text_kind == "official")
