""".docx: automatic numbers are written out."""

import re

import pytest

from pipeline.reading.formats import reader
from support.files import numbered, word

pytestmark = pytest.mark.usefixtures("in_process")


def test_numbers_that_word_counts_are_written_out(tmp_path):
    levels = "".join(
        f"<w:lvl w:ilvl='{n}'><w:start w:val='1'/><w:numFmt w:val='{form}'/><w:lvlText w:val='{text}'/></w:lvl>"
        for n, (form, text) in enumerate(
            [
                ("chineseCountingThousand", "第%1条"),
                ("chineseCounting", "（%2）"),
                ("decimal", "%3."),
            ]
        )
    )
    numbering = f"<w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    body = [
        numbered("甲"),
        numbered("乙", 1),
        numbered("丙", 1),
        numbered("丁", 2),
        numbered("戊"),
        numbered("己", 1),
    ]
    text = reader.read(word(tmp_path / "a.docx", *body, numbering=numbering)).text
    assert text.split("\n") == [
        "第一条 甲",
        "（一）乙",
        "（二）丙",
        "1.丁",
        "第二条 戊",
        "（一）己",
    ]


def restarting(*after: str) -> str:
    """Chapters, articles and items as one list, with what each says of its restart."""
    texts = ("第%1章", "第%2条", "（%3）")
    levels = "".join(
        f"<w:lvl w:ilvl='{n}'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/>{said}<w:lvlText w:val='{text}'/></w:lvl>"
        for n, (text, said) in enumerate(zip(texts, after, strict=True))
    )
    return f"<w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"


ON = "<w:lvlRestart w:val='{}'/>"


@pytest.mark.parametrize(
    "after, articles, items",
    [
        (["", "", ""], "一二一", "一一一"),
        (["", ON.format(0), ""], "一二三", "一一一"),  # articles go on through chapters
        (["", ON.format(1), ON.format(1)], "一二一", "一二一"),  # items begin anew by chapter only
        (["", ON.format(0), ON.format(0)], "一二三", "一二三"),
        (["", ON.format(7), ON.format("x")], "一二一", "一一一"),  # of no level above: ignored
    ],
)
def test_levels_that_go_on_where_word_says_so(tmp_path, after, articles, items):
    levels = (0, 1, 2, 1, 2, 0, 1, 2)
    body = [numbered("甲", level) for level in levels]
    text = reader.read(word(tmp_path / "a.docx", *body, numbering=restarting(*after))).text
    assert re.findall("第(.)条", text) == list(articles)
    assert re.findall("（(.)）", text) == list(items)
