"""Terms: what an official text says of its own force: since when, until when, for how long.

自2015年1月1日起施行，有效期五年 lasts to 2019-12-31. Dates that are not written out give nothing.
"""

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.core import pattern_files
from pipeline.core.paths import DATA
from pipeline.core.records import Clause, Document, ValidityEvent
from pipeline.language import dates, document_titles, markers, numerals, official_words
from pipeline.language.normalization import fold

PATH = DATA / "patterns" / "validity.toml"
_EXPRESSIONS = {"start", "start_issue", "start_after", "until", "period", "extended", "ended", "subject", "foreign", "not_own"}  # fmt: skip
_SENTENCE = re.compile(r"[^。;\n]+")
_CAPTION = re.compile(r"^\s*(?:\([^()]{2,20}\))?\s*")
_REVISED = re.compile(r"\d日.*(?:修正|修订|修改)|(?:修正|修订|修改)[)）]?[ \t]*$", re.MULTILINE)
_ENDS_REVISED = re.compile(r"(?m)(?:修正|修订|修改)[)）]?[ \t]*$")
_TITLED = re.compile(r"[（(][^（(]*修[正订改][^（(]*[）)]$")  # its title says so, and dates it
_EXPLAINED = re.compile(
    r"^本[^,第]{2,12}由[^,]+负责?解释,$"
)  # who explains it is not what it is about
LAWS = ("法律", "行政法规", "部门规章", "地方性法规", "地方政府规章")
Rules = dict[str, Any]  # name → compiled expression


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a clause, folded, with its dates masked as ◆."""

    clause: Clause
    text: str
    masked: str
    dates: list[dates.Date]

    def date(self, hit: re.Match[str]) -> str | None:
        """The last date inside a match."""
        inside = [d.iso for d in self.dates if hit.start() <= d.start and d.end <= hit.end()]
        return inside[-1] if inside else None


@cache
def _own_genre() -> re.Pattern[str]:
    """The genre at the end of a title, by which a document refers to itself: 本决定."""
    genres = official_words.genres()
    return re.compile(
        rf"({official_words.any_of(genres.common, genres.own)})(?:[（(][^（()）]*[）)])?$"
    )


def load(path: Path) -> Rules:
    """Read the patterns.

    Raises:
        CorpusError: an unknown or missing key, a faulty expression.
    """
    return pattern_files.load(path, _EXPRESSIONS, set(), {})


def sentences(clause: Clause, words: str) -> Iterator[Sentence]:
    """The sentences of a clause's own words."""
    for hit in _SENTENCE.finditer(fold(words)):
        found = dates.find(hit[0])
        masked = list(hit[0])
        for date in found:
            masked[date.start : date.end] = "◆" * (date.end - date.start)
        yield Sentence(clause, hit[0], "".join(masked), found)


def own_words(clauses: list[Clause]) -> Iterator[tuple[Clause, str]]:
    """Every clause with the words that none of its parts has."""
    first: dict[str | None, int] = {}
    for clause in clauses:
        first[clause.parent_id] = min(first.get(clause.parent_id, clause.start), clause.start)
    for clause in clauses:
        end = first.get(clause.clause_id, clause.end)
        yield clause, clause.text[: end - clause.start]


def read(document: Document, clauses: list[Clause], rules: Rules) -> list[ValidityEvent]:
    """The events that a document's own text states; of contradicting beginnings none.

    Args:
        document: an official text.
        clauses: of it.
        rules: of the patterns file.
    """
    said = [
        sentence
        for clause, words in own_words(clauses)
        if clause.kind not in ("row", "part", "chapter", "section")
        for sentence in sentences(clause, words)
    ]
    begun = _beginning(document, said, rules) or _captioned(document)
    start = document.effective_date or (begun.date if begun else None)
    ends = [event for each in said for event in _end(document, each, start, rules)]
    return [*([begun] if begun else []), *ends[-1:], *_revised(document, start)]


def _beginning(document: Document, said: list[Sentence], rules: Rules) -> ValidityEvent | None:
    found: dict[str, tuple[Sentence, str]] = {}
    for sentence in said:
        for key in ("start", "start_after", "start_issue"):
            hit = rules[key].search(sentence.masked)
            if not hit or not _is_own(sentence, hit.start(), document, rules):
                continue
            date, how = _begun(document, sentence, key, hit)
            if date:
                found.setdefault(date, (sentence, how))
            break
    if len(found) > 1:  # a decision prints the law that it amends: 本决定 is itself
        genre = _own_genre().search(document.title)
        named = "本" + genre[1] if genre else ""
        found = {date: told for date, told in found.items() if named and named in told[0].text}
    if len(found) != 1:
        return None
    date, (sentence, how) = found.popitem()
    return _event(document, "施行", date, "施行条款", sentence.clause, how)


def _begun(
    document: Document, sentence: Sentence, key: str, hit: re.Match[str]
) -> tuple[str | None, str]:
    """The date of a beginning and how it was found."""
    if key == "start":
        return sentence.date(hit), ""
    issued = document.issued_date
    if issued is None or _REVISED.search(document.head) or _TITLED.search(document.title):
        return None, ""  # of which publication it speaks is not known
    if key == "start_issue":
        return issued, f"{hit[0]}，日期据登记"
    days = _count(hit["days"])
    if len(issued) < 10 or days is None:
        return None, ""
    day = datetime.date.fromisoformat(issued) + datetime.timedelta(days=days + 1)
    return day.isoformat(), f"公布{days}日后施行，公布当日不计入，满{days}日的次日"


def _end(
    document: Document, sentence: Sentence, start: str | None, rules: Rules
) -> Iterator[ValidityEvent]:
    """The end, or the prolonging, that a sentence states of its own document."""
    for key, kind, basis in (("extended", "延长", "延长有效期"), ("until", "到期", "有效期条款"), ("period", "到期", "有效期条款")):  # fmt: skip
        hit = rules[key].search(sentence.masked)
        if not hit or not _is_own(sentence, hit.start(), document, rules):
            continue
        if key != "period":
            date, note = sentence.date(hit), ""
        else:
            months = _months(hit)
            date = last_of(start, months) if start and months else None
            note = f"{hit[0]}，自{start}起算"
        if date:
            yield _event(document, kind, date, basis, sentence.clause, note)
        return


def _is_own(sentence: Sentence, at: int, document: Document, rules: Rules) -> bool:
    """Whether what is said at a place of a sentence is said of the document itself."""
    before = sentence.masked[:at]
    if marker := markers.read(before):
        before = before[marker.end :]
    before = _CAPTION.sub("", before)
    if rules["not_own"].search(before):
        return False
    if _EXPLAINED.search(before):
        return True
    named = re.findall(r"《([^《》]*(?:《[^《》]*》[^《》]*)*)》", before)
    if any(document_titles.key(name) != document_titles.key(document.title) for name in named):
        return False
    if rules["foreign"].search(re.sub("《.*》", "", before)):
        return False
    return bool(rules["subject"].search(before)) or len(before.strip()) <= 2 or "◆" in before or bool(named)  # fmt: skip


def _captioned(document: Document) -> ValidityEvent | None:
    """The beginning that the 题注 has in a line of its own."""
    lines = re.findall(r"(?m)^(.*\d日) ?起?施行[)）]?$", document.head)
    days = [found[-1].iso for line in lines if (found := dates.find(line))]
    if len(days) != 1:
        return None
    event_id = f"{document.document_id}__shixing_read"
    return ValidityEvent(event_id, document.document_id, "施行", days[0], "题注")


def _revised(document: Document, start: str | None) -> list[ValidityEvent]:
    """The last revision that the 题注 tells, or a law's publication after it began.

    From then on the text that was read is the wording; what stood before was not read.
    """
    head = re.sub("《[^》]*》", "", document.head)
    told = [dates.find(head[: hit.start()])[-1:] for hit in _ENDS_REVISED.finditer(head)]
    days = [found[0].iso for found in told if found]
    issued, basis, note = document.issued_date, "题注", "所读为修正后的文本，此前的文字未核"
    if not days and issued and start and document.level in LAWS and start < issued[: len(start)]:
        days, basis = [issued], "公布日期"
        note = "公布日期晚于施行日期，所读应是其后的文本，此前的文字未核"
    if not days or _TITLED.search(document.title):
        return []
    return [
        ValidityEvent(f"{document.document_id}__tizhu", document.document_id, "修订", max(days), basis,
                      successor=document.document_id, note=note)
    ]  # fmt: skip


def last_of(start: str, months: int) -> str | None:
    """The last day of a term that begins on a date, or its last month where only the month is known.

    >>> last_of("2015-01-01", 60), last_of("2016-02-29", 12), last_of("2015-03", 24), last_of("2015", 12)
    ('2019-12-31', '2017-02-28', '2017-02', None)
    """
    parts = [int(part) for part in start.split("-")]
    if len(parts) < 2:
        return None
    month = parts[0] * 12 + parts[1] - 1 + months
    if len(parts) == 2:
        return f"{(month - 1) // 12:04}-{(month - 1) % 12 + 1:02}"
    day = parts[2]
    longest = calendar.monthrange(month // 12, month % 12 + 1)[1]
    if day > longest:  # no such day in that month: its last day ends the term, as in 民法典 202
        return datetime.date(month // 12, month % 12 + 1, longest).isoformat()
    ends = datetime.date(month // 12, month % 12 + 1, day) - datetime.timedelta(days=1)
    return ends.isoformat()


def _months(hit: re.Match[str]) -> int | None:
    count = _count(hit["count"] or hit["count2"])
    return count * (12 if (hit["unit"] or hit["unit2"]) == "年" else 1) if count else None


def _count(numeral: str) -> int | None:
    return int(numeral) if numeral.isdecimal() else numerals.integer(numeral)


def _event(
    document: Document, kind: str, date: str, basis: str, clause: Clause, note: str
) -> ValidityEvent:
    slug = {"施行": "shixing", "到期": "daoqi", "延长": "yanchang"}[kind]
    return ValidityEvent(
        f"{document.document_id}__{slug}_read", document.document_id, kind, date, basis,
        clause.clause_id, None, note or None,
    )  # fmt: skip
