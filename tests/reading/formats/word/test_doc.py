""".doc: paragraphs, fields and tables by their pieces."""

import pytest

from pipeline.reading.formats import blocks
from pipeline.reading.formats.word import doc
from support import files

# Old Word documents.
IN_TABLE, ENDS_ROW = b"\x16\x24\x01", b"\x16\x24\x01\x17\x24\x01"


@pytest.mark.parametrize(
    "paragraphs, lines",
    [
        ([("甲。\r", b""), ("乙\x0b丙。\r", b"")], ["甲。", "乙", "丙。"]),
        ([("见\x13 HYPERLINK x \x14附件\x15。\r", b"")], ["见附件。"]),
        ([("题\x13 A \x13 B \x14旧\x15\x14新\r", b""), ("名\x15。\r", b"")], ["题新", "名。"]),
        ([("甲\x01\x02\x05\x08。\r", b"")], ["甲。"]),
        (
            [("项\x07", IN_TABLE), ("分\x07", IN_TABLE), ("\x07", ENDS_ROW)] * 2
            + [("学\x07", IN_TABLE), ("\x07", IN_TABLE), ("\x07", ENDS_ROW), ("后。\r", b"")],
            ["| 项 | 分 |", "|---|---|", "| 项 | 分 |", "| 学 |  |", "后。"],
        ),
    ],
    ids=[
        "breaks",
        "field",
        "fields in fields over paragraphs",
        "marks",
        "table with an empty cell",
    ],
)
def test_an_old_word_document_is_read_by_its_pieces(paragraphs, lines):
    found = doc.blocks(*files.old_word(*paragraphs))
    assert [line for line in blocks.write(found).split("\n") if line] == lines
