"""Numbers that are missing, twice there or out of order."""

import pytest

from pipeline.core.records import Clause
from pipeline.structure import clauses, numbering_checks, summary
from support.records import document


def split(text: str) -> list[Clause]:
    return clauses.split(document(text=text, scheme=summary.scheme(text)))


@pytest.mark.parametrize(
    "text, kinds",
    [
        ("第一条 甲。\n第三条 乙。", [("hole", "缺少第二条")]),
        ("一、甲\n乙。\n三、丙\n丁。", [("hole", "缺少二")]),
        ("一、甲\n乙。\n二、丙\n丁。\n二、戊\n己。", [("duplicate", "二出现")]),
        ("第一条 甲。\n第三条 乙。\n第二条 丙。\n第四条 丁。", [("order", "第二条排在")]),
        ("第一条 甲。\n第二条 乙。\n附件\n第一条 丙。\n第三条 丁。", [("hole", "缺少第二条")]),
        ("第一条 甲。\n第二条 乙。\n附：某法（节选）\n第三十二条 丙。", []),
        # the same draft twice in one file
        ("某办法\n第一条 甲。\n第二条 乙。\n第三条 丙。\n某办法\n第一条 甲。\n第二条 乙。\n第三条 丙。",
         [("duplicate", "同一文本出现不止一次")]),
        ("某通知\n一、甲。\n二、乙。\n三、丙。\n某通知\n一、甲。\n二、乙。\n三、丙。", [("duplicate", "同一文本")]),
    ],
)  # fmt: skip
def test_odd_numbers_are_told(text, kinds):
    found = numbering_checks.warnings(split(text))
    assert [kind for kind, _ in found] == [kind for kind, _ in kinds]
    assert all(
        message.startswith(start) for (_, message), (_, start) in zip(found, kinds, strict=True)
    )


@pytest.mark.parametrize(
    "text, kinds",
    [
        ("第一条 甲。\n第二条 乙。", []),
        ("第三条 甲。\n第四条 乙。", [("hole", "缺少第一条至第二条")]),
        (
            "第一条 甲。\n第三条 乙。\n第三条 丙。",
            [("hole", "缺少第二条"), ("duplicate", "第三条")],
        ),
    ],
)
def test_holes_and_doubles_are_told(text, kinds):
    found = numbering_checks.warnings(split(text))
    assert [kind for kind, _ in found] == [kind for kind, _ in kinds]
    assert all(
        message.startswith(start) for (_, message), (_, start) in zip(found, kinds, strict=True)
    )
