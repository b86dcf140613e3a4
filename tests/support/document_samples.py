"""Short regulations of two places, as profiles that can be paired."""

from collections.abc import Mapping, Sequence

from pipeline.alignment import document_collection, title_matters
from pipeline.alignment.document_collection import DocumentProfile, ProfileReader
from pipeline.alignment.document_pair_features import WordLikeness
from pipeline.alignment.document_pairs import PairFinder
from pipeline.core.records import Citation, Document
from support.match_samples import CLASSES, NEW, OLD, REFERENCE, WORDS, clauses
from support.records import document

PLACES = {"310000": "东海市", "330000": "西山省"}
ROADS = [
    "第一条 为了加强公路的建设和养护，根据有关法律，结合本省实际，制定本条例。",
    "第二条 本省行政区域内公路的规划、建设、养护和路政管理，适用本条例。",
    "第三条 省交通运输主管部门主管全省的公路工作。",
    "第四条 公路养护应当符合技术规范，保持公路完好、平整、畅通。",
    "第五条 在公路上行驶的车辆不得超过限载标准，超限运输车辆应当申请通行证。",
    "第六条 公路建筑控制区内禁止修建建筑物和地面构筑物。",
    "第七条 本条例自2020年1月1日起施行。",
]
BICYCLES, BICYCLES_NEW = OLD, NEW


def regulation(
    name: str, title: str, region_id: str = "310000", issued: str | None = None
) -> Document:
    """A regulation of one of the places."""
    fields = {"title": title, "region_id": region_id, "level": "地方性法规", "issued_date": issued}
    return document(name, **fields)


def profile(
    known: Document, texts: Sequence[str], citations: Mapping[str, Sequence[Citation]] | None = None
) -> DocumentProfile:
    """The profile of a document with some articles."""
    units = clauses(known.document_id, list(texts))
    words = {unit.clause_id: WORDS.cut(unit.text) for unit in units}
    rules = title_matters.load()
    reader = ProfileReader(WORDS, rules, CLASSES, words, citations or {}, PLACES)
    return reader.read(known, units)


def finder(*profiles: DocumentProfile) -> PairFinder:
    """A finder of pairs among some documents."""
    collection = document_collection.collect(profiles, REFERENCE)
    return PairFinder(collection, WordLikeness(REFERENCE))
