"""Matters as a workbook: one row a matter, then their rules with the words that prove them, searches, and notes."""

from collections.abc import Callable, Iterator
from typing import Any

from pipeline.site.exports import caveats, sheets
from pipeline.site.exports.sheets import Linked, Sheet, Value
from pipeline.site.kb import Row

Address = Callable[[str], str]  # a path of the site → its absolute address
Word = Callable[[Any, str], Any]  # a code and its column → its label
_RULE_HEADINGS = (
    "事项", "地区", "层级", "档次", "规定", "起", "止", "原文或摘编", "说明", "文件", "文号", "位置",
    "摘编/正文", "来源等级", "来源网址", "条款",
)  # fmt: skip
_RULE_WIDTHS = (28, 10, 8, 12, 20, 12, 12, 60, 36, 36, 22, 14, 10, 14, 30, 40)


def workbook(data: Row, address: Address, word: Word) -> bytes:
    """The bytes of the workbook of a selection, a topic or a matter (pages/selection.py)."""
    return sheets.workbook(
        [
            _matters(data, address, word),
            _rules(data, address, word),
            _searches(data),
            caveats.sheet(_notes(data, address)),
        ]  # fmt: skip
    )


def places(matter: Row, side: str) -> str:
    """What the rules in force of a side say, a line each; what is not known stays empty.

    >>> rule = {"side": "a", "level": "upper", "region": "浙江省", "tier": "国际", "says": "200万元"}
    >>> places({"rules": [rule]}, "a"), places({"rules": [rule]}, "b")
    ('浙江省：国际：200万元', '')
    """
    lines = []
    for rule in matter["rules"]:
        if rule["side"] == side and rule["level"] != "inside":
            place = f"{rule['region']}：" if rule["level"] != "own" else ""
            tier = f"{rule['tier']}：" if rule["tier"] else ""
            lines.append(f"{place}{tier}{rule['says'] or '见条文'}")
    return "\n".join(dict.fromkeys(lines))


def result(matter: Row, word: Word) -> str:
    """The outcome of a matter in words; 未查得 and 待收集 are never 没有.

    >>> result({"outcome": "uncollected", "grade": "searched"}, lambda code, column: code)
    'uncollected（searched）'
    """
    if not matter["outcome"]:
        return "这组比较在这一日期没有这一事项"
    grade = f"（{word(matter['grade'], 'grade')}）" if matter["grade"] else ""
    return f"{word(matter['outcome'], 'outcome')}{grade}"


def _matters(data: Row, address: Address, word: Word) -> Sheet:
    comparison = data["comparison"]
    headings = (
        "主题", "事项", "结果", "一句话", comparison["baseline"], comparison["target"], "对谁有利", "倍数", "谁能改",
        f"{comparison['baseline']}归口", f"{comparison['target']}归口",
    )  # fmt: skip

    def line(matter: Row) -> list[Value]:
        link = address(f"/-/matter/{matter['matter_id']}?comparison={comparison['comparison_id']}")
        sides = [places(matter, side) for side in "ab"]
        return [
            matter["topic"],
            Linked(matter["name"], link),
            result(matter, word),
            matter["headline"] or matter["question"],
            *sides,
            word(matter["favours"], "favours"),
            matter["ratio"],
            matter["decided_by"],
            matter["department_a"],
            matter["department_b"],
        ]

    widths = (14, 28, 16, 60, 26, 26, 12, 8, 14, 22, 22)
    return Sheet("事项", headings, map(line, data["matters"]), widths, 2)


def _rules(data: Row, address: Address, word: Word) -> Sheet:
    def lines() -> Iterator[list[Value]]:
        for matter in data["matters"]:
            for rule in {rule["rule_id"]: rule for rule in matter["rules"]}.values():
                link = address(f"/-/clause/{rule['clause_id']}")
                texts = ("tier", "says", "in_force_from", "in_force_to", "quote", "note", "document", "number", "path")  # fmt: skip
                yield [
                    matter["name"],
                    rule["region"],
                    word(rule["level"], "level"),
                    *(rule[column] for column in texts),
                    word(rule["text_kind"], "text_kind"),
                    word(rule["source_grade"], "source_grade"),
                    Linked(rule["url"], rule["url"]),
                    Linked(link, link),
                ]

    return Sheet("规定", _RULE_HEADINGS, lines(), _RULE_WIDTHS, 1)


def _searches(data: Row) -> Sheet:
    headings = ("事项", "地区", "查什么", "查找范围", "结果", "截至")
    columns = ("region", "subject", "searched", "finding", "as_of")
    lines = (
        [matter["name"], *(search[column] for column in columns)]
        for matter in data["matters"]
        for search in matter["searches"]
    )
    return Sheet("查找记录", headings, lines, (28, 12, 36, 60, 60, 12), 1)


def _notes(data: Row, address: Address) -> list[tuple[str, str]]:
    build = data["build"] or {}
    left_out = data.get("to_collect")
    more = [("未列", f"待收集的 {left_out} 个事项没有列出；待收集不等于没有。")] if left_out else []
    return [
        ("名称", data["heading"]),
        ("比较", data["comparison"]["title"]),
        ("截至", f"{data['moment']['as_of']}（{data['moment']['name']}）"),
        ("事项数", str(len(data["matters"]))),
        *more,
        ("网页", address(data["link"])),
        ("构建编号", build.get("build_id", "")),
        ("规定", "各级逐级列出，不相加；只列当天在施行的。"),
        ("倍数", "大数是小数的几倍；只在同一档、同一口径的数值之间算。"),
        *caveats.LINES,
    ]
