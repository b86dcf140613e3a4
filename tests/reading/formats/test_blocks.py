"""Blocks and tables as lines of Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.formats import blocks
from pipeline.reading.formats.blocks import Cell, Table


# Tables.
def grid(*rows):
    return Table(
        [[each if isinstance(each, Cell) else Cell([each]) for each in line] for line in rows]
    )


@pytest.mark.parametrize(
    "table_, lines",
    [
        (
            grid(["项目", "分值"], ["学历", "10"]),
            ["| 项目 | 分值 |", "|---|---|", "| 学历 | 10 |"],
        ),
        (  # a cell over several rows is said in each
            grid(["项目", "条件", "分值"], [Cell(["学历"], 1, 2), "硕士", "10"], ["博士", "20"]),
            [
                "| 项目 | 条件 | 分值 |",
                "|---|---|---|",
                "| 学历 | 硕士 | 10 |",
                "| 学历 | 博士 | 20 |",
            ],
        ),
        (  # headers over two rows become one
            grid([Cell(["项目"], 1, 2), Cell(["分值"], 2)], ["市", "区"], ["学历", "10", "5"]),
            ["| 项目 | 分值·市 | 分值·区 |", "|---|---|---|", "| 学历 | 10 | 5 |"],
        ),
        (  # a caption over all columns is no header
            grid([Cell(["积分表"], 2)], ["项目", "分值"], ["学历", "10"]),
            ["积分表", "| 项目 | 分值 |", "|---|---|", "| 学历 | 10 |"],
        ),
        (
            grid(["项|目", "分值"], ["学历", "10"]),
            ["| 项｜目 | 分值 |", "|---|---|", "| 学历 | 10 |"],
        ),
        (grid(["甲。"], ["乙。"]), ["甲。", "乙。"]),  # one column only places text
        (
            grid(["文号：", "甲发〔2020〕1号"], ["发文机关：", "甲局"]),
            ["文号：甲发〔2020〕1号", "发文机关：甲局"],
        ),
    ],
)
def test_tables_are_written_by_rows(table_, lines):
    assert [line for line in blocks.write([table_]).split("\n") if line] == lines


@pytest.mark.parametrize("depth", [1, 4, 200])
def test_text_in_nested_layout_tables_is_told_once(depth):
    inner: list = ["第一条 甲。", "第二条 乙。"]
    for _ in range(depth):
        inner = [Table([[Cell(inner)]])]
    assert blocks.write(inner).split() == ["第一条", "甲。", "第二条", "乙。"]


POINTS = Table([[Cell(["大专"]), Cell(["50|分"])], [Cell(["本科"]), Cell(["90分"])]])


def test_a_table_within_a_cell_of_data_is_told_in_the_cell():
    table_ = grid(["类别", "指标", "分值"], ["基础分", "文化程度与学习经历", Cell([POINTS])], ["附加分", "纳税", "每千元计1分"])  # fmt: skip
    assert blocks.write([table_]).split("\n")[1:-1] == [
        "| 类别 | 指标 | 分值 |",
        "|---|---|---|",
        "| 基础分 | 文化程度与学习经历 | 大专 50｜分；本科 90分 |",
        "| 附加分 | 纳税 | 每千元计1分 |",
    ]


def test_a_table_that_is_mostly_other_tables_is_layout():
    table_ = grid(["左", "右"], [Cell([POINTS]), Cell([POINTS])])
    assert blocks.write([table_]).count("|---|---|") == 2


CELLS = st.lists(
    st.lists(st.text("甲乙1|", max_size=3), min_size=2, max_size=4), min_size=2, max_size=4
)


@given(CELLS)
def test_every_row_of_a_table_has_as_many_cells(cells):
    lines = blocks.write([grid(*cells)]).split("\n")
    assert len({line.count("|") for line in lines if line.startswith("|")}) <= 1
