"""Two short regulations on shared bicycles, a later version, and the match model that ships."""

from pipeline.alignment import match_model
from pipeline.alignment.match_model import Matcher
from pipeline.core.paths import DATA
from pipeline.core.records import Clause
from pipeline.language import lexicon
from pipeline.similarity import provision_classes, reference_corpus
from pipeline.similarity.document_features import DocumentFeatures, FeatureExtractor

WORDS = lexicon.load(DATA / "lexicon")
CLASSES = provision_classes.load(DATA / "patterns/classes.toml")
REFERENCE = reference_corpus.load(DATA / "background")
MATCHER = Matcher(match_model.load(), REFERENCE, CLASSES)
OLD = [
    "第一条 为了加强共享单车停放管理，根据有关法律，结合本市实际，制定本办法。",
    "第二条 本市行政区域内共享单车的投放、停放及其监督管理，适用本办法。",
    "第三条 市交通部门负责共享单车的监督管理，组织实施本办法。",
    "第四条 运营企业应当按照核定的数量投放共享单车，不得超量投放。",
    "第五条 运营企业应当设置电子围栏，引导用户在停放点停放共享单车。",
    "第六条 用户押金应当存入专用账户，运营企业不得挪用。",
    "第七条 违反本办法第四条规定，运营企业超量投放的，由市交通部门责令改正，处一万元以上五万元以下罚款。",
    "第八条 本办法自2020年1月1日起施行。",
]
NEW = [
    "第一条 为了规范共享单车停放秩序，根据有关法律、法规，结合本市实际，制定本办法。",
    "第二条 本办法适用于本市行政区域内共享单车的投放、停放和监督管理。",
    "第三条 交通运输主管部门负责共享单车的监督管理工作。",
    "第四条 运营企业收取的用户押金，应当存入专用账户，任何人不得挪用。",
    "第五条 运营企业投放共享单车不得超过核定的数量。",
    "第六条 停放点由区人民政府划定，运营企业应当以电子围栏引导用户停放。",
    "第七条 运营企业违反本办法第五条规定超量投放的，由交通运输主管部门责令改正，可以处三万元以下罚款。",
    "第八条 本办法自2023年6月1日起施行。",
]
PARTNERS = {(0, 0), (1, 1), (2, 2), (3, 4), (4, 5), (5, 3), (6, 6), (7, 7)}


def clauses(name: str, texts: list[str]) -> list[Clause]:
    return [
        Clause(
            f"{name}__art_{i}", name, None, i, "article", str(i), "", None, text, 0, len(text), 1
        )
        for i, text in enumerate(texts, 1)
    ]


def features(name: str, texts: list[str]) -> DocumentFeatures:
    units = clauses(name, texts)
    words = {unit.clause_id: WORDS.cut(unit.text) for unit in units}
    return FeatureExtractor(WORDS, CLASSES, words, {}, {}).extract(units)


LATER = [
    OLD[0],
    "第二条 市交通部门负责共享单车的监督管理，组织实施本办法。",  # moved up, the same
    "第三条 运营企业应当按照核定的数量投放共享单车，不得超量投放，并按月报告投放数量。",
    "第四条 军队、武警部队的车辆，按照国家有关规定执行。",
    OLD[6].replace("第四条", "第三条").replace("五万元", "十万元"),
    OLD[7].replace("2020", "2024"),
]
