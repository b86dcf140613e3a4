"""Effects: what official texts state about the validity of other documents: repeal, extension, amendment."""

import re
from collections.abc import Iterable, Iterator

from pipeline.core.records import Citation, Clause, Document, ValidityEvent
from pipeline.language import dates
from pipeline.references.pinpoint_resolver import ProvisionIndex
from pipeline.validity import sentences
from pipeline.validity.sentences import Sentence
from pipeline.validity.validity_clauses import Expressions

_UNTIL = re.compile(r"有效期|延长至|延续至|截止|到期")
_SLUGS = {"废止": "feizhi", "延长": "yanchang", "修订": "xiuding"}  # in the ids of events
_BASES = {"废止": "废止条款", "延长": "延长有效期", "修订": "修改决定"}
Effect = tuple[str, str, str]  # kind, date, note


def read(
    citing: Document,
    citations: Iterable[Citation],
    index: ProvisionIndex,
    start: str | None,
    expressions: Expressions,
) -> Iterator[ValidityEvent]:
    """The events that one official text gives other documents of the corpus.

    Args:
        citing: the text.
        citations: of the text.
        index: its clauses.
        start: its first day in force, if known; without it, an undated effect counts from its issue.
        expressions: of the pattern file.
    """
    for citation in citations:
        target = citation.document_id
        if target is None or target == citing.document_id:
            continue
        clause = index.by_id[citation.clause_id]
        effect = _effect(citation, clause, index, start or citing.issued_date, expressions)
        if effect:
            kind, date, note = effect
            yield ValidityEvent(
                event_id=f"{target}__{_SLUGS[kind]}__{citing.document_id}",
                document_id=target,
                kind=kind,
                date=date,
                basis=_BASES[kind],
                source_clause_id=clause.clause_id,
                successor=target if kind == "修订" else None,
                note=note,
            )


def _effect(
    citation: Citation,
    clause: Clause,
    index: ProvisionIndex,
    start: str | None,
    expressions: Expressions,
) -> Effect | None:
    """What a citation does to the document that it cites, if anything."""
    name = citation.title or citation.number
    sentence = _sentence(clause, citation)
    if citation.relation == "废止":
        ended = expressions["ended"].search(sentence.masked)
        date = (sentence.date(ended) if ended else None) or start
        return ("废止", date, f"文中称《{name}》废止") if date else None
    if citation.relation == "修订" and start and citation.place is None:
        return "修订", start, "条文经此修改；所读文本是否已改入，未核"
    for context in (sentence, *_leads(clause, index)):
        extension = expressions["extended"].search(context.masked)
        if not extension and "有效期" in context.text and "延长" in context.text:
            extension = expressions["until"].search(context.masked)
        if extension and (date := context.date(extension)):
            return "延长", date, f"文中称《{name}》有效期延长"
    date = _column_date(clause, index)
    return ("延长", date, f"表中列出《{name}》的有效期") if date else None


def _column_date(row: Clause, index: ProvisionIndex) -> str | None:
    """The date of a table row that cites a document, in a column headed 有效期延长至 or the like."""
    if row.kind != "row":
        return None
    cells = index.children[row.clause_id] or index.children[row.parent_id]
    dates_of_cells = [dates.find(cell.text) for cell in cells if _UNTIL.search(cell.heading or "")]
    single = [cell_dates[0].iso for cell_dates in dates_of_cells if len(cell_dates) == 1]
    return single[0] if len(single) == 1 else None


def _sentence(clause: Clause, citation: Citation) -> Sentence:
    """The sentence that a citation stands in."""
    start = max(clause.text.rfind(mark, 0, citation.start) for mark in "。\n") + 1
    ends = [end for mark in "。\n" if (end := clause.text.find(mark, citation.end)) >= 0]
    words = clause.text[start : min(ends, default=len(clause.text))]
    return next(sentences.split(clause, words.replace("；", "，").replace(";", ",")))


def _leads(clause: Clause, index: ProvisionIndex) -> Iterator[Sentence]:
    """The sentences that lead the list which a clause belongs to: 下列文件有效期延长至某日：."""
    parent = index.by_id.get(clause.parent_id or "")
    siblings = [c for c in index.children[clause.parent_id] if c.start < clause.start]
    for candidate in (parent, siblings[-1] if siblings else None):
        if candidate is not None:
            words = re.split(r"[：:]\s*(?:\n|$)", candidate.text)[0]
            if len(words) < len(candidate.text):  # it ends in a colon
                yield from sentences.split(candidate, words)
