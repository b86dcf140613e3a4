"""Official texts of an invented place, and rules of digests that restate them."""

from pipeline.core.paths import DATA
from pipeline.core.records import Clause, Document
from pipeline.extraction import measure_finding, measure_rules, measures
from pipeline.language import lexicon
from pipeline.matters import official_texts
from pipeline.matters.official_texts import TextLine
from pipeline.structure import clauses as splitting
from support.matters import rule
from support.records import clause, document

WORDS = lexicon.load(DATA / "lexicon")
_QUANTITIES = measure_rules.load()
TEXT = (
    "第一条 为了支持技术改造，制定本办法。\n"
    "第二条 企业技术改造按设备投资额的10%给予补助，最高500万元。申请自竣工之日起6个月内提出。\n"
    "第三条 企业被认定为省级研发中心的，一次性奖励100万元；国家级的，一次性奖励300万元。\n"
    "第四条 本办法自2020年3月1日起施行，有效期三年。\n"
)


def official(document_id: str = "nh-2020-jigai", text: str = TEXT, **fields) -> Document:
    """The official text."""
    plain = {"title": "南河市技术改造补助办法", "region_id": "南河市", "issued_date": "2020-02-01"}
    return document(document_id, text, **plain | fields)


def digest(document_id: str = "nh-2020-jigai-zhaibian", **fields) -> Document:
    """A digest of it."""
    plain = {
        "title": "南河市技术改造补助办法",
        "region_id": "南河市",
        "text_kind": "digest",
        "issued_date": "2020-02",
    }
    return document(document_id, "甲。", **plain | fields)


def provisions(text: Document) -> tuple[list[Clause], list[TextLine]]:
    """The clauses of a text, and its provisions."""
    found = splitting.split(text)
    quantities = [
        measures.row(q, each.clause_id, n, each.text)
        for each in found
        if each.is_unit
        for n, q in enumerate(measure_finding.find(each.text, _QUANTITIES), 1)
    ]
    return found, official_texts.provisions(found, quantities)


def restated(statement: str, value: float | None, source: str = "nh-2020-jigai-zhaibian", **fields):
    """A clause of a digest, and the rule that rests on it."""
    one = clause(f"1. 规定：{statement}", f"{source}__f-1", heading="规定")
    start = one.text.index(statement)
    plain = {"clause_id": one.clause_id, "start": start, "end": len(one.text), "quote": statement,
             "in_force_from": "2020-03-01", "source_grade": "press", "confidence": "medium"}  # fmt: skip
    return one, rule("南河市", value, **plain | fields)
