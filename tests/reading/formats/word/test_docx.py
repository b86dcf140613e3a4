""".docx: text, tables, links, boxes in reading order."""

import pytest

from pipeline.reading.formats import reader
from support.files import cell, p, row, table, word

pytestmark = pytest.mark.usefixtures("in_process")


# Word documents.
@pytest.mark.parametrize(
    "body, lines",
    [
        ([p("甲。"), table(row(cell("乙。"))), p("丙。")], ["甲。", "乙。", "丙。"]),
        (["<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r></w:p>"], ["甲", "乙 丙"]),
        (["<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>"], ["新"]),
        (["<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r><w:r><w:t>明</w:t></w:r></w:p>"], ["明"]),
        (["<w:p><w:hyperlink><w:r><w:t>连</w:t></w:r></w:hyperlink></w:p>"], ["连"]),
        ([f"<w:sdt><w:sdtContent>{p('控')}</w:sdtContent></w:sdt>"], ["控"]),
        (["<w:p><w:r><w:instrText>PAGE</w:instrText><w:t>1</w:t></w:r></w:p>"], ["1"]),
        ([f"<w:p><w:r><w:t>外</w:t><w:pict><w:txbxContent>{p('框')}</w:txbxContent></w:pict></w:r></w:p>"], ["外", "框"]),
    ],
    ids=["order", "breaks", "tracked", "hidden", "link", "control", "field", "box"],
)  # fmt: skip
def test_a_word_document_is_read_in_order(tmp_path, body, lines):
    assert (
        reader.read(word(tmp_path / "a.docx", p("本办法。"), *body)).text.split("\n")[1:] == lines
    )


def test_merged_cells_of_a_word_table(tmp_path):
    going_on = "<w:vMerge/>"
    rows = [
        row(cell("项目", "<w:vMerge w:val='restart'/>"), cell("分值", "<w:gridSpan w:val='2'/>")),
        row(cell("", going_on), cell("市"), cell("区")),
        row(cell("学历", "<w:vMerge w:val='restart'/>"), cell("10"), cell("5")),
        row(cell("", going_on), cell("20"), cell("8")),
    ]
    text = reader.read(word(tmp_path / "a.docx", p("附表如下。"), table(*rows))).text
    assert text.split("\n")[2:] == [
        "| 项目 | 分值·市 | 分值·区 |", "|---|---|---|", "| 学历 | 10 | 5 |", "| 学历 | 20 | 8 |"
    ]  # fmt: skip
