"""Effects: what official texts say of the force of other documents: repealed, prolonged, amended."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline.core import toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.records import Citation, Clause, Document, Region, ValidityEvent
from pipeline.core.regions import within
from pipeline.language import dates
from pipeline.references.pinpoint_resolver import ProvisionIndex
from pipeline.validity import validity_clauses
from pipeline.validity.validity_clauses import Rules, Sentence

_UNTIL = re.compile(r"有效期|延长至|延续至|截止|到期")
_LAST = {"废止": "feizhi", "延长": "yanchang", "修订": "xiuding"}


def read(
    citing: Document, citations: Iterable[Citation], own: ProvisionIndex, begun: str | None, rules: Rules
) -> Iterator[ValidityEvent]:
    """The events that one official text gives others of the corpus.

    Args:
        citing: the text.
        citations: of it.
        own: its clauses.
        begun: since when it is in force, if known.
        rules: of the patterns file.
    """
    for citation in citations:
        if citation.document_id in (None, citing.document_id):
            continue
        clause = own.by_id[citation.clause_id]
        sentence = _sentence(clause, citation)
        told = _told(citation, sentence, clause, own, begun or citing.issued_date, rules)
        if told:
            kind, date, note = told
            target = citation.document_id or ""
            yield ValidityEvent(
                f"{target}__{_LAST[kind]}__{citing.document_id}", target, kind, date,
                {"废止": "废止条款", "延长": "延长有效期", "修订": "修改决定"}[kind], clause.clause_id,
                target if kind == "修订" else None, note,
            )  # fmt: skip


def _told(
    citation: Citation, sentence: Sentence, clause: Clause, own: ProvisionIndex, begun: str | None,
    rules: Rules,
) -> tuple[str, str, str] | None:  # fmt: skip
    """Kind, date and note of what a citation does to what it cites."""
    name = citation.title or citation.number
    if citation.relation == "废止":
        ended = rules["ended"].search(sentence.masked)
        date = (sentence.date(ended) if ended else None) or begun
        return ("废止", date, f"文中称《{name}》废止") if date else None
    if citation.relation == "修订" and begun and citation.place is None:
        return "修订", begun, "条文经此修改；所读文本是否已改入，未核"
    for said in (sentence, *_leads(clause, own)):
        hit = rules["extended"].search(said.masked) or (
            rules["until"].search(said.masked)
            if "有效期" in said.text and "延长" in said.text
            else None
        )
        if hit and (date := said.date(hit)):
            return "延长", date, f"文中称《{name}》有效期延长"
    date = _column(clause, own)
    return ("延长", date, f"表中列出《{name}》的有效期") if date else None


def _column(row: Clause, own: ProvisionIndex) -> str | None:
    """The date that a table gives what a row cites, in a column headed 有效期延长至 or the like."""
    if row.kind != "row":
        return None
    cells = own.children[row.clause_id] or own.children[row.parent_id]
    told = [
        found[0].iso
        for cell in cells
        if _UNTIL.search(cell.heading or "") and len(found := dates.find(cell.text)) == 1
    ]
    return told[0] if len(told) == 1 else None


def _sentence(clause: Clause, citation: Citation) -> Sentence:
    """The sentence that a citation stands in."""
    start = max(clause.text.rfind(mark, 0, citation.start) for mark in "。\n") + 1
    ends = [at for mark in "。\n" if (at := clause.text.find(mark, citation.end)) >= 0]
    words = clause.text[start : min(ends, default=len(clause.text))]
    return next(validity_clauses.sentences(clause, words.replace("；", "，").replace(";", ",")))


def _leads(clause: Clause, own: ProvisionIndex) -> Iterator[Sentence]:
    """The words that lead a list: 下列文件有效期延长至某日."""
    before = own.by_id.get(clause.parent_id or "")
    sisters = [c for c in own.children[clause.parent_id] if c.start < clause.start]
    for each in (before, sisters[-1] if sisters else None):
        if each is not None:
            words = re.split(r"[：:]\s*(?:\n|$)", each.text)[0]
            if len(words) < len(each.text):  # it ends in a colon
                yield from validity_clauses.sentences(each, words)


def defaults(
    documents: Iterable[Document], events: list[ValidityEvent], rules: Path, regions: dict[str, Region]
) -> Iterator[ValidityEvent]:  # fmt: skip
    """The ends that a cited rule gives official papers which state none.

    Args:
        documents: of the corpus.
        events: all that is known otherwise.
        rules: corpus/validity_rules.toml.
        regions: all regions.
    """
    known = load(rules, regions)
    starts = {e.document_id: e.date for e in events if e.kind == "施行" and e.basis != "事实的时点"}
    ended = {e.document_id for e in events if e.kind in ("到期", "延长")}
    for document in documents:
        start, issued = starts.get(document.document_id), document.issued_date
        if (
            document.text_kind != "official"
            or document.document_id in ended
            or not start
            or not issued
        ):
            continue
        rule = next((each for each in known if _applies(each, document, issued, regions)), None)
        last = validity_clauses.last_of(start, 12 * rule["years"]) if rule else None
        if rule and last:
            note = f"推定：文件没有写有效期，按{rule['name']}为{rule['years']}年，自{start}起算"
            yield ValidityEvent(f"{document.document_id}__tuiding", document.document_id, "到期", last,
                                "规则推定", None, None, note)  # fmt: skip


def _applies(
    rule: dict[str, Any], document: Document, issued: str, regions: dict[str, Region]
) -> bool:
    titles = rule.get("titles")
    return (
        document.level in rule["levels"]
        and document.region_id in within(rule["region"], regions)
        and rule["from"] <= dates.last_day(issued) <= rule["to"]
        and (titles is None or any(word in document.title for word in titles))
    )


def load(path: Path, regions: dict[str, Region]) -> list[dict[str, Any]]:
    """Read the rules of corpus/validity_rules.toml.

    Raises:
        CorpusError: a region that is not known, a date or a number of years that is none.
    """
    keys: dict[str, type] = {"id": str, "name": str, "region": str, "levels": list, "titles": list,
                             "years": int, "from": object, "to": object, "source": str}  # fmt: skip
    found = []
    for row in toml_files.entries(path, "rule", keys, keys.keys() - {"titles"}):
        where = f"{path} [{row['id']}]"
        if row["region"] not in regions:
            raise CorpusError(where, f"未知地区 {row['region']!r}", "写 regions.toml 中有的代码")
        if row["years"] < 1:
            raise CorpusError(where, f"years = {row['years']}", "写年数，至少 1")
        dates = {key: toml_files.date(where, key, row[key]) for key in ("from", "to")}
        found.append(row | dates)
    return found
