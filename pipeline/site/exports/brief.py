"""A brief in Word of a selection, a topic or a matter: verdicts, a table, the words that prove them, citations, caveats."""

from collections import Counter
from collections.abc import Callable
from itertools import groupby
from typing import Any

from pipeline.site.amounts import times
from pipeline.site.exports import caveats, matter_sheets
from pipeline.site.exports.word_file import WordFile
from pipeline.site.kb import Row
from pipeline.site.parts import citation, sections

Address = Callable[[str], str]  # a path of the site → its absolute address
Word = Callable[[Any, str], Any]  # a code and its column → its label
MAX_VERDICTS = 12  # sentences at the top; all matters are in the table
MAX_TOLD = 60  # matters whose rules are told in full; the workbook has all
_DIFFERENT = ("differs", "missing", "extra")
_FIRST = (
    "引文凡注“摘编”的，是知识库据所列来源逐条转述，不是原文，引用前请核对来源；查过而没有查到的写“未查得”，"
    "未查得不等于没有。"
)


class _CitedClauses:
    """The clauses that the brief cites, numbered in the order in which they are met."""

    def __init__(self, build_id: str | None, address: Address) -> None:
        self._build_id, self._address = build_id, address
        self._numbers: dict[str, int] = {}
        self.lines: list[str] = []

    def number(self, rule: Row) -> int:
        """The number of the clause of a rule."""
        clause = rule["clause_id"]
        if clause not in self._numbers:
            self._numbers[clause] = len(self._numbers) + 1
            source = rule | {"title": rule["document"]}
            link = self._address(f"/-/clause/{clause}")
            self.lines.append(citation.line(citation.entry(source, self._build_id, link)))
        return self._numbers[clause]

    def mark(self, rules: list[Row]) -> str:
        """The numbers of several rules as one mark: [1,2]."""
        numbers = sorted({self.number(rule) for rule in rules})
        return f"[{','.join(map(str, numbers))}]" if numbers else ""


def document(data: Row, address: Address, word: Word) -> bytes:
    """The bytes of the .docx.

    Args:
        data: of pages/selection.py.
        address: a path of the site → its absolute address.
        word: a code and its column → its label.
    """
    comparison, moment, build = data["comparison"], data["moment"], data["build"] or {}
    title = f"{data['heading']}：{comparison['baseline']}与{comparison['target']}政策对照"
    build_id = build.get("build_id")
    file = WordFile(title, f"政策差异知识库 · 构建 {build_id}")
    file.title(title, f"截至 {moment['as_of']} · 构建 {build_id}")
    file.box(_FIRST)
    citations = _CitedClauses(build_id, address)
    _verdicts(file, data, citations, word)
    _table(file, data, word)
    _evidence(file, data, citations, word)
    file.heading("四、引文")
    for number, line in enumerate(citations.lines, 1):
        file.paragraph(f"[{number}] {line}")
    _notes(file, data, address)
    return file.content()


def _verdicts(file: WordFile, data: Row, citations: _CitedClauses, word: Word) -> None:
    file.heading("一、要点")
    matters = data["matters"]
    counts = Counter(matter["section"] for matter in matters if matter["outcome"])
    told = "，".join(f"{name} {counts[key]} 个" for key, name in sections.TITLES.items() if counts[key])  # fmt: skip
    if len(matters) > 1:
        file.paragraph(f"共 {len(matters)} 个事项" + (f"：{told}。" if told else "。"))
    different = [matter for matter in matters if matter["outcome"] in _DIFFERENT]
    chosen = different if different else [m for m in matters if m["headline"]]
    chosen = sorted(chosen, key=lambda matter: -(matter["importance"] or 0))
    for number, matter in enumerate(chosen[:MAX_VERDICTS], 1):
        mark = citations.mark([r for r in matter["rules"] if r["level"] != "inside"])
        file.paragraph(matter["headline"], bold=f"{number}. ", mark=mark)
    if len(chosen) > MAX_VERDICTS:
        file.paragraph(
            f"以上按重要程度列前 {MAX_VERDICTS} 项，其余 {len(chosen) - MAX_VERDICTS} 项见下表。",
            quiet=True,
        )


def _table(file: WordFile, data: Row, word: Word) -> None:
    file.heading("二、对照表")
    comparison = data["comparison"]
    headings = ("事项", comparison["baseline"], comparison["target"], "结果")
    ordered = sorted(data["matters"], key=lambda m: list(sections.TITLES).index(m["section"]))
    for section, group in groupby(ordered, key=lambda matter: matter["section"]):
        file.heading(sections.TITLES[section], 2)
        rows = [
            [
                matter["name"],
                *(matter_sheets.places(matter, side) or "—" for side in "ab"),
                _told(matter, comparison, word),
            ]
            for matter in group
        ]
        file.table(headings, rows, (3.6, 4.6, 4.6, 3.4))
    file.paragraph(
        "“—”只表示本库没有收集到在施行的规定，不等于没有。各级逐级列出，不相加。", quiet=True
    )


def _told(matter: Row, comparison: Row, word: Word) -> str:
    """The outcome, in whose favour, and how many times; a line each."""
    sides = {"baseline": comparison["baseline"], "target": comparison["target"]}
    favours = sides.get(matter["favours"] or "")
    lines = [
        matter_sheets.result(matter, word),
        f"{favours}更有利" if favours and matter["outcome"] in _DIFFERENT else "",
        f"大数是小数的 {times(matter['ratio'])} 倍"
        if matter["ratio"] and matter["ratio"] > 1
        else "",
    ]
    return "\n".join(line for line in lines if line)


def _evidence(file: WordFile, data: Row, citations: _CitedClauses, word: Word) -> None:
    file.heading("三、依据")
    for matter in data["matters"][:MAX_TOLD]:
        file.heading(matter["name"], 2)
        file.paragraph(matter["question"], quiet=True)
        if len(data["matters"]) > 1 and matter["headline"]:
            file.paragraph(matter["headline"])
        for rule in {rule["rule_id"]: rule for rule in matter["rules"]}.values():
            _rule(file, rule, citations, word)
        for point in matter["points"] if matter["origin"] == "aligned" else ():
            file.paragraph(point["sentence"], indent=0.6, bold="差异点：")
        _searches(file, matter, data["comparison"])
    left_out = len(data["matters"]) - MAX_TOLD
    if left_out > 0:
        file.paragraph(f"依据只列前 {MAX_TOLD} 个事项，其余 {left_out} 个见同名的 Excel。")


def _searches(file: WordFile, matter: Row, comparison: Row) -> None:
    """What was looked for in the places that are compared; elsewhere, how often."""
    places = {comparison["baseline_region"], *comparison["stack"]}
    here = [search for search in matter["searches"] if search["region_id"] in places]
    for search in here:
        text = f"{search['region']}，{search['subject']}：{search['finding']}（查找范围：{search['searched']}；截至 {search['as_of']}）"
        file.paragraph(text, indent=0.6, bold="查找：", quiet=True)
    if others := len(matter["searches"]) - len(here):
        file.paragraph(f"另有对其他地方的查找 {others} 次，见 Excel。", indent=0.6, quiet=True)


def _rule(file: WordFile, rule: Row, citations: _CitedClauses, word: Word) -> None:
    """What a place says, since when, and its words, marked as digest or official text."""
    level, tier = word(rule["level"], "level"), rule["tier"]
    where = (
        f"{rule['region']}（{level}{'，' + tier if tier else ''}）：" if level else rule["region"]
    )
    since = f"，{rule['in_force_from']} 起" if rule["in_force_from"] else "，起始不详"
    until = f"，至 {rule['in_force_to']}" if rule["in_force_to"] else ""
    file.paragraph(f"{rule['says'] or '见条文'}{since}{until}。", bold=where)
    kinds = f"{word(rule['text_kind'], 'text_kind')}，{word(rule['source_grade'], 'source_grade')}"
    file.paragraph(
        f"“{rule['quote']}”——《{rule['document']}》{rule['path']}（{kinds}）",
        indent=0.6,
        mark=citations.mark([rule]),
    )
    if rule["note"]:
        file.paragraph(f"须知：{rule['note']}", indent=0.6, quiet=True)


def _notes(file: WordFile, data: Row, address: Address) -> None:
    file.heading("五、说明")
    if data.get("to_collect"):
        file.paragraph(f"待收集的 {data['to_collect']} 个事项没有列出；待收集不等于没有。")
    for label, text in caveats.LINES:
        file.paragraph(text, bold=f"{label}：")
    file.paragraph("[引用日期] 由引用者填写实际查看的日期。")
    file.link("本件的网页：", address(data["link"]))
