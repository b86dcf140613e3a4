"""Validity clauses: what an official text states about its own validity: beginning, end, term, extension.

自2015年1月1日起施行，有效期五年 lasts to 2019-12-31. A date that is not written in full gives no event.
"""

import datetime
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pipeline.core import pattern_files
from pipeline.core.paths import DATA
from pipeline.core.records import Clause, Document, ValidityEvent
from pipeline.language import dates, document_titles, markers, numerals, official_words
from pipeline.validity import sentences, terms
from pipeline.validity.sentences import Sentence

PATH = DATA / "patterns" / "validity.toml"
_EXPRESSIONS = {
    "start",
    "start_issue",
    "start_after",
    "until",
    "period",
    "extended",
    "ended",
    "subject",
    "foreign",
    "not_own",
}
_CAPTION = re.compile(r"^\s*(?:\([^()]{2,20}\))?\s*")
_REVISED = re.compile(r"\d日.*(?:修正|修订|修改)|(?:修正|修订|修改)[)）]?[ \t]*$", re.MULTILINE)
_ENDS_REVISED = re.compile(r"(?m)(?:修正|修订|修改)[)）]?[ \t]*$")
# a title of this form dates the revision
_REVISED_TITLE = re.compile(r"[（(][^（(]*修[正订改][^（(]*[）)]$")
# 本办法由某局负责解释: the office is not the subject of what follows
_EXPLAINED = re.compile(r"^本[^,第]{2,12}由[^,]+负责?解释,$")
_LAWS = ("法律", "行政法规", "部门规章", "地方性法规", "地方政府规章")
# key of the pattern file → event kind, basis, in the order in which they are tried
_ENDS = {
    "extended": ("延长", "延长有效期"),
    "until": ("到期", "有效期条款"),
    "period": ("到期", "有效期条款"),
}
_SLUGS = {"施行": "shixing", "到期": "daoqi", "延长": "yanchang"}  # in the ids of events
Expressions = dict[str, re.Pattern[str]]  # key of the pattern file → expression


@cache
def _own_genre() -> re.Pattern[str]:
    """The genre at the end of a title, by which a document refers to itself: 本决定."""
    genres = official_words.genres()
    genre = official_words.any_of(genres.common, genres.own)
    return re.compile(rf"({genre})(?:[（(][^（()）]*[）)])?$")


def load(path: Path) -> Expressions:
    """Read the pattern file.

    Raises:
        CorpusError: an unknown or missing key, a faulty expression.
    """
    return pattern_files.load(path, _EXPRESSIONS, set(), {})


def _own_words(clauses: list[Clause]) -> Iterator[tuple[Clause, str]]:
    """Every clause with the words before its first part."""
    first_parts: dict[str | None, int] = {}  # clause id → offset
    for clause in clauses:
        start = first_parts.get(clause.parent_id, clause.start)
        first_parts[clause.parent_id] = min(start, clause.start)
    for clause in clauses:
        end = first_parts.get(clause.clause_id, clause.end)
        yield clause, clause.text[: end - clause.start]


def read(
    document: Document, clauses: list[Clause], expressions: Expressions
) -> list[ValidityEvent]:
    """The events that a document's own text states; no beginning where it states several.

    Args:
        document: an official text.
        clauses: of the text.
        expressions: of the pattern file.
    """
    sentences_of_text = [
        sentence
        for clause, words in _own_words(clauses)
        if clause.kind not in ("row", "part", "chapter", "section")
        for sentence in sentences.split(clause, words)
    ]
    beginning = _beginning(document, sentences_of_text, expressions) or _captioned(document)
    start = document.effective_date or (beginning.date if beginning else None)
    ends = [
        event
        for sentence in sentences_of_text
        if (event := _end(document, sentence, start, expressions))
    ]
    return [*([beginning] if beginning else []), *ends[-1:], *_revised(document, start)]


def _beginning(
    document: Document, sentences_of_text: list[Sentence], expressions: Expressions
) -> ValidityEvent | None:
    beginnings: dict[
        str, tuple[Sentence, str]
    ] = {}  # date → the first sentence that states it, note
    for sentence in sentences_of_text:
        for key in ("start", "start_after", "start_issue"):
            match = expressions[key].search(sentence.masked)
            if not match or not _is_own(sentence, match.start(), document, expressions):
                continue
            date, note = _start(document, sentence, key, match)
            if date:
                beginnings.setdefault(date, (sentence, note))
            break
    if len(beginnings) > 1:  # a decision prints the law that it amends; 本决定 is the decision
        genre = _own_genre().search(document.title)
        own_name = "本" + genre[1] if genre else ""
        beginnings = {
            date: (sentence, note)
            for date, (sentence, note) in beginnings.items()
            if own_name and own_name in sentence.text
        }
    if len(beginnings) != 1:
        return None
    date, (sentence, note) = beginnings.popitem()
    return _event(document, "施行", date, "施行条款", sentence.clause, note)


def _start(
    document: Document, sentence: Sentence, key: str, match: re.Match[str]
) -> tuple[str | None, str]:
    """The date of a beginning and a note on how it was found."""
    if key == "start":
        return sentence.date(match), ""
    issued = document.issued_date
    if issued is None or _REVISED.search(document.head) or _REVISED_TITLE.search(document.title):
        return None, ""  # a revised text may mean its first publication or its latest
    if key == "start_issue":
        return issued, f"{match[0]}，日期据登记"
    days = _count(match["days"])
    if len(issued) < 10 or days is None:
        return None, ""
    day = datetime.date.fromisoformat(issued) + datetime.timedelta(days=days + 1)
    return day.isoformat(), f"公布{days}日后施行，公布当日不计入，满{days}日的次日"


def _end(
    document: Document, sentence: Sentence, start: str | None, expressions: Expressions
) -> ValidityEvent | None:
    """The end or extension of its own document that a sentence states."""
    for key, (kind, basis) in _ENDS.items():
        match = expressions[key].search(sentence.masked)
        if not match or not _is_own(sentence, match.start(), document, expressions):
            continue
        if key != "period":
            date, note = sentence.date(match), ""
        else:
            months = _months(match)
            date = terms.last_day(start, months) if start and months else None
            note = f"{match[0]}，自{start}起算"
        return _event(document, kind, date, basis, sentence.clause, note) if date else None
    return None


def _is_own(sentence: Sentence, offset: int, document: Document, expressions: Expressions) -> bool:
    """Whether the words from an offset of a sentence on are about the document itself."""
    before = sentence.masked[:offset]
    if marker := markers.read(before):
        before = before[marker.end :]
    before = _CAPTION.sub("", before)
    if expressions["not_own"].search(before):
        return False
    if _EXPLAINED.search(before):
        return True
    titles = re.findall(r"《([^《》]*(?:《[^《》]*》[^《》]*)*)》", before)
    if any(document_titles.key(title) != document_titles.key(document.title) for title in titles):
        return False
    if expressions["foreign"].search(re.sub("《.*》", "", before)):
        return False
    has_no_other_subject = len(before.strip()) <= 2 or "◆" in before
    return bool(expressions["subject"].search(before) or has_no_other_subject or titles)


def _captioned(document: Document) -> ValidityEvent | None:
    """The beginning that a line of the 题注 states."""
    lines = re.findall(r"(?m)^(.*\d日) ?起?施行[)）]?$", document.head)
    days = [line_dates[-1].iso for line in lines if (line_dates := dates.find(line))]
    if len(days) != 1:
        return None
    event_id = f"{document.document_id}__shixing_read"
    return ValidityEvent(event_id, document.document_id, "施行", days[0], "题注")


def _revised(document: Document, start: str | None) -> list[ValidityEvent]:
    """The last revision that the 题注 states, or a law's publication after its beginning.

    The text that was read is the document's wording from that day on only.
    """
    head = re.sub("《[^》]*》", "", document.head)
    revisions = [dates.find(head[: match.start()])[-1:] for match in _ENDS_REVISED.finditer(head)]
    days = [revision[0].iso for revision in revisions if revision]
    issued, basis, note = document.issued_date, "题注", "所读为修正后的文本，此前的文字未核"
    if not days and issued and start and document.level in _LAWS and start < issued[: len(start)]:
        days, basis = [issued], "公布日期"
        note = "公布日期晚于施行日期，所读应是其后的文本，此前的文字未核"
    if not days or _REVISED_TITLE.search(document.title):
        return []
    return [
        ValidityEvent(
            f"{document.document_id}__tizhu",
            document.document_id,
            "修订",
            max(days),
            basis,
            successor=document.document_id,
            note=note,
        )
    ]


def _months(match: re.Match[str]) -> int | None:
    count = _count(match["count"] or match["count2"])
    return count * (12 if (match["unit"] or match["unit2"]) == "年" else 1) if count else None


def _count(numeral: str) -> int | None:
    return int(numeral) if numeral.isdecimal() else numerals.integer(numeral)


def _event(
    document: Document, kind: str, date: str, basis: str, clause: Clause, note: str
) -> ValidityEvent:
    return ValidityEvent(
        event_id=f"{document.document_id}__{_SLUGS[kind]}_read",
        document_id=document.document_id,
        kind=kind,
        date=date,
        basis=basis,
        source_clause_id=clause.clause_id,
        note=note or None,
    )
