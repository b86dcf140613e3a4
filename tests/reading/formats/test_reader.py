"""Files of every format come to the same plain text; what cannot be read is refused in one line."""

import re
import struct

import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st
from samples import cell, numbered, p, pdf, row, shown, table, word

from pipeline.core.errors import CorpusError
from pipeline.language.normalization import tidy
from pipeline.reading.formats import blocks, detection, encodings, file_titles, reader
from pipeline.reading.formats.blocks import Cell, Table
from pipeline.reading.formats.web import boilerplate
from pipeline.reading.formats.word import doc, doc_numbering, doc_stream, numbering

ARTICLES = "第一条 为了规范甲事，制定本办法。\n第二条 本办法自公布之日起施行。"
PAGE = "<html><head><title>某办法</title></head><body>{}</body></html>"


@pytest.fixture
def read(tmp_path):
    """Read bytes or characters under a name."""

    def reading(content: bytes | str, name: str) -> reader.FileText:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return reader.read(path)

    return reading


@pytest.fixture
def refusal(read):
    def told(content: bytes | str, name: str) -> str:
        with pytest.raises(CorpusError) as error:
            read(content, name)
        assert "\n" not in str(error.value) and "改法：" in str(error.value)
        return str(error.value)

    return told


# What a file is, and in which encoding.


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_text_is_read_in_any_encoding(read, encoding):
    assert read(ARTICLES.encode(encoding), "a.txt").text == ARTICLES


@pytest.mark.parametrize("sign", ["镕", "〇", "㎡", "€"])
def test_a_page_that_declares_less_than_it_uses(read, sign):
    page = f'<html><head><meta charset="gb2312"></head><body><p>第一条 {sign}甲，制定本办法。</p></body></html>'
    assert sign in read(page.encode("gb18030"), "a.html").text


@pytest.mark.parametrize(
    "page",
    [
        f"<html><head></head><body><p>{ARTICLES[:17]}</p><meta charset=gbk></body></html>",
        f"<html><head><meta charset=utf-8><meta charset=gbk></head><body><p>{ARTICLES[:17]}</p></body></html>",
        f"<html><head><meta charset=no-such-thing></head><body><p>{ARTICLES[:17]}</p></body></html>",
        f"<html><body><p>{ARTICLES[:17]}</p></body></html>",
    ],
    ids=["declared late", "declared twice, the first wrongly", "declared nonsense", "not declared"],
)
def test_a_page_that_declares_its_encoding_badly(read, page):
    assert read(page.encode("gbk"), "a.html").text == ARTICLES[:17]


@given(st.text(alphabet=st.sampled_from("甲乙丙丁办法规定〔〕（），。１2a \n"), min_size=1))
def test_decoding_gives_back_what_was_encoded(text):
    for encoding in ("utf-8", "gb18030"):
        decoded = encodings.decode(text.encode(encoding), [encoding])
        assert decoded is not None and decoded[0] == text


@pytest.mark.parametrize(
    "content, name, kind, warning",
    [
        (ARTICLES, "a.txt", "txt", None),
        (ARTICLES, "a.md", "md", None),
        (ARTICLES, "a.pdf", "txt", "扩展名是 .pdf，内容是纯文本"),
        (PAGE.format(f"<p>{ARTICLES}</p>"), "a.htm", "html", None),
        (PAGE.format(f"<p>{ARTICLES}</p>"), "a.doc", "html", "扩展名是 .doc，内容是网页"),
        (PAGE.format(f"<p>{ARTICLES}</p>"), "a.txt", "html", "扩展名是 .txt，内容是网页"),
        (
            samples.archive(samples.document(p(ARTICLES))),
            "a.doc",
            "docx",
            "扩展名是 .doc，内容是Word 文档",
        ),
        (
            pdf(shown("第一条 为了规范甲事，制定本办法。", 60, 700)),
            "a",
            "pdf",
            "没有扩展名，内容是PDF",
        ),
    ],
)
def test_the_content_tells_what_a_file_is(read, content, name, kind, warning):
    reading = read(content, name)
    assert (reading.format, reading.warnings) == (kind, [warning] if warning else [])


@pytest.mark.parametrize(
    "content, name, found",
    [
        (b"{\\rtf1 x}", "a.doc", "RTF"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "a.doc", "2003 XML"),
        (b"PK\x03\x04 torn", "a.docx", "残缺"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 torn", "a.doc", "残缺"),
        (b"%PDF-1.4 torn", "a.pdf", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "a.txt", "不是文字"),
        (PAGE.format("<p>Sign in to continue. Terms. Privacy. 登录</p>"), "a.html", "几乎没有中文"),
        (PAGE.format(""), "a.html", "没有一个汉字"),
        (b"", "a.pdf", "没有一个汉字"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(read, refusal, content, name, found):
    assert found in refusal(content, name)


def test_an_ofd_is_refused_with_a_way_out(refusal, tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "x", "w") as file:
        file.writestr("OFD.xml", "<ofd/>")
    assert "OFD" in (told := refusal((tmp_path / "x").read_bytes(), "a.ofd")) and "PDF" in told


def test_a_web_archive_is_read_as_its_page(read):
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
    part = "Content-Type: text/html; charset=gb2312\nContent-Transfer-Encoding: 8bit\n\n"
    raw = (head + part).encode() + PAGE.format(f"<p>{ARTICLES[:17]}</p>").encode("gbk")
    assert read(raw + b"\n--b--\n", "a.mht").text == ARTICLES[:17]


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


@pytest.mark.parametrize(
    "form, third",
    [
        ("decimal", "3"),
        ("chineseCounting", "三"),
        ("decimalEnclosedCircle", "③"),
        ("lowerLetter", "c"),
        ("upperRoman", "III"),
    ],
)
def test_the_forms_of_numbers(form, third):
    assert numbering.numeral(3, form) == third


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
    found = doc.blocks(*samples.old_word(*paragraphs))
    assert [line for line in blocks.write(found).split("\n") if line] == lines


@pytest.mark.parametrize(
    "flags, limit, second", [(0, 0, "1."), (8, 0, "2."), (8, 1, "1.")], ids=["none", "never", "by the first"]
)  # fmt: skip
def test_levels_of_an_old_document_that_go_on(flags, limit, second):
    def level(flags: int, limit: int, text: str) -> bytes:
        head = struct.pack("<iBB", 1, 0, flags) + bytes(20) + bytes([limit, 0])
        return head + struct.pack("<H", len(text)) + text.encode("utf-16-le")

    levels = level(0, 0, "\0章") + level(flags, limit, "\1.") + bytes(28 + 2) * 7
    lists_ = struct.pack("<H", 1) + struct.pack("<I", 7) + bytes(24)
    overrides = struct.pack("<I", 1) + struct.pack("<I", 7) + bytes(12)
    main = bytearray(2048)
    struct.pack_into("<II", main, doc_stream.LISTS, 0, len(lists_))
    struct.pack_into("<II", main, doc_stream.OVERRIDES, len(lists_ + levels), len(overrides))
    numbering = doc_numbering.DocNumbering(bytes(main), lists_ + levels + overrides)
    told = [
        numbering.label(doc_stream.Paragraph("", {0x460B: b"\1\0", 0x260A: bytes([at])}))
        for at in (0, 1, 0, 1)
    ]
    assert told == ["1章 ", "1.", "2章 ", second]


# PDF.


def lines_of(*texts: str, top: float = 700, x: float = 92) -> str:
    """Lines of a page, set full from x to 508 where they are 26 characters long."""
    return "".join(shown(text, x, top - 28 * n) for n, text in enumerate(texts))


FULL = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄"


def test_lines_of_a_pdf_are_joined_over_the_end_of_a_page(read):
    first = shown("　　第一条 " + FULL[:21], 92, 700) + lines_of(FULL, FULL, top=672)
    second = lines_of("结束。", "　　第二条 乙。") + lines_of(FULL, FULL, FULL, top=600)
    text = read(
        pdf(first + shown("— 1 —", 280, 40), second + shown("— 2 —", 280, 40)), "a.pdf"
    ).text
    assert text.split("\n")[:2] == ["第一条 " + FULL[:21] + FULL * 2 + "结束。", "第二条 乙。"]
    assert "—" not in text


@pytest.mark.parametrize(
    "before, after",
    [
        (shown("二〇二〇年一月二日", 364, 672), "附表"),  # set to the right edge
        (shown("某市某局", 444, 672), "一、名单"),
        (shown("某市某局", 92, 672) + shown("2020年1月2日", 420, 672), "附件1"),
        (shown(FULL[:14] + "自印发之日起施行至2020年1月2日", 92, 672), "附件：名单"),
    ],
)
def test_what_ends_a_document_has_no_rest(read, before, after):
    page = lines_of(FULL) + before + lines_of(after, FULL, FULL, "完。", top=644)
    assert after in read(pdf(page), "a.pdf").text.split("\n")


def test_a_sentence_may_go_on_with_the_name_of_an_attachment(read):
    page = lines_of(FULL, FULL[:25] + "见", "附件 三所列各项。", FULL, FULL)
    assert "见附件 三所列各项。" in read(pdf(page), "a.pdf").text


def test_a_note_under_the_title_is_one_paragraph(read):
    note = shown("（" + FULL[:25], 92, 672) + shown("天地）", 280, 644)
    page = lines_of("某市甲事条例") + note + lines_of("第一条 " + FULL[:20], FULL, "完。", top=616)
    assert f"（{FULL[:25]}天地）" in read(pdf(page), "a.pdf").text.split("\n")


def test_copies_hang_and_the_imprint_stands_alone(read):
    copies = shown("抄送：" + FULL[:23], 92, 672) + shown(FULL[:22] + "乙。", 140, 644)
    page = lines_of(FULL) + copies + lines_of(FULL[:13] + " 2016年4月26日印发", FULL, top=616)
    lines = read(pdf(page), "a.pdf").text.split("\n")
    assert lines[1:3] == [
        "抄送：" + FULL[:23] + FULL[:22] + "乙。",
        FULL[:13] + " 2016年4月26日印发",
    ]


def test_radicals_that_a_browser_printed_are_characters(read):
    page = lines_of(FULL[:25] + "。", "第⼆条 " + FULL[:22], FULL, "⺠⽂。", FULL)
    text = read(pdf(page), "a.pdf").text
    assert text.split("\n")[1].startswith("第二条 ") and "民文。" in text
    assert read("第⼀条 ⼈⺠⻔⼾，（１）①㎡。", "a.txt").text == "第一条 人民门户，（１）①㎡。"


def test_headers_and_watermarks_of_a_pdf_are_left_out(read):
    turned = shown("内部资料", 200, 300, 40, "0.7 0.7 -0.7 0.7")
    found = [
        shown("某局公报", 260, 770, 10) + turned + lines_of(f"第{n}条 甲。", "乙。", "丙。")
        for n in "一二三"
    ]
    text = read(pdf(*found), "a.pdf").text
    assert "公报" not in text and "内部" not in text and text.count("条") == 3


def test_a_ruled_table_of_a_pdf_is_read_by_rows(read):
    rules = "".join(f"{x} 500 m {x} 620 l S\n" for x in (90, 250, 500))
    rules += "".join(f"90 {y} m 500 {y} l S\n" for y in (500, 540, 580, 620))
    texts = [shown(text, x, y) for text, x, y in
             (("项目", 100, 595), ("分值", 260, 595), ("学历", 100, 555), ("10", 260, 555), ("年龄", 100, 515), ("5", 260, 515))]  # fmt: skip
    text = read(pdf(lines_of("附表如下：") + rules + "".join(texts)), "a.pdf").text
    assert text.split("\n")[-4:] == [
        "| 项目 | 分值 |",
        "|---|---|",
        "| 学历 | 10 |",
        "| 年龄 | 5 |",
    ]


def test_a_pdf_without_text_is_refused_as_scanned(refusal):
    assert "ocrmypdf -l chi_sim" in refusal(pdf("0 0 600 800 re f\n"), "a.pdf")


def test_an_encrypted_pdf_is_refused(refusal):
    assert "密码" in refusal(pdf(lines_of(FULL), encrypted=True), "a.pdf")


# Lines and titles.


@pytest.mark.parametrize(
    "lines, whole",
    [
        (["为了规范甲事，保障各方的合法权益，根据有关法律和本市", "实际，制定本办法。"], 1),
        (["为了规范甲事，保障各方的合法权益，根据有关法律和本市", "（一）实际，制定。"], 2),
        (["为了规范甲事，保障各方的合法权益，制定本办法。", "实际，制定本办法。"], 2),
        (["关于印发某市某事管理办法实施细则试行稿的通知", "各区，各部门："], 2),
        (["符合条件的，由区主管部门在三十日内出具证明并予公示", "某市人民政府"], 2),
    ],
)
def test_a_sentence_that_was_broken_is_whole_again(read, lines, whole):
    page = PAGE.format("".join(f"<p>{line}</p>" for line in lines))
    assert read(page, "a.html").text.count("\n") == whole - 1


@pytest.mark.parametrize(
    "tried, title",
    [
        (["某市人民政府门户网站"], None),
        (["某市人民政府", "某市甲事办法-政策文件-某市门户网站"], "某市甲事办法"),
        (["某市某事管理办法_政策_某网"], "某市某事管理办法"),
        (["关于做好甲事的通知"], "关于做好甲事的通知"),
        (["某市甲事规划（2016-2020年）"], "某市甲事规划（2016-2020年）"),
        (["00001", ""], None),
    ],
)
def test_titles_that_name_a_document(tried, title):
    assert file_titles.choose(tried) == title


@given(st.text(alphabet="第一条甲。，：\n |#　\t-办法打印【】"))
def test_any_text_is_read_tidy(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "a.txt"
    path.write_text(f"甲{text}", encoding="utf-8")
    read = reader.read(path).text
    assert read == tidy(read)
    assert set(read) <= set(f"甲{text}")


# Words of pages.


@pytest.mark.parametrize(
    "line",
    ["您当前的位置：首页 > 政务公开 > 规章", "来源：某局", "【打印】 【关闭】", "打印本页 关闭窗口", "浏览次数：123",
     "2016-4-15 17:16:08 文章来源：办公室 作者：某科", "发布日期：2016-04-29", "生成日期： 2015-03-06", "上一篇：某通知", "版权所有：某市人民政府",
     "— 12 —", "首页 ｜ 概况 ｜ 公开", "粤ICP备12345678号", "分享到：", "【返回】【打印】【关闭】", "返回", "返回上一级",
     "某地发布 2023-04-03 17:30 发表于某省", "点击上方蓝字关注我们", "↑点击蓝字，关注某某", "长按识别二维码关注我们", "👇👇👇",
     "⬇️", "阅读 1024 在看 12", "阅读1.2万", "阅读 10万+ 赞 3 在看", "点击阅读原文", "微信扫一扫关注该公众号",
     "发布日期：2022-02-21 | 来源：某局 | 字号：大 中 小 | 打印", "首页 > 政务公开 > 文件", "## 【关闭窗口】",
     "11/24/26, 4:44 PM 通知-某网", "2026/11/24 16:44 通知-某网", "file:///C:/下载/通知.html 1/1",
     "微信 微博 QQ空间", "分享：微信 QQ", "公开日期：2023-12-29", "发布日期：2023-12-29 16:20 信息来源：某局 浏览量：88"],
)  # fmt: skip
def test_words_of_the_page_are_known(line):
    assert boilerplate.is_added(line, boilerplate.patterns())


@pytest.mark.parametrize(
    "line",
    ["2016年4月15日", "文号：某发〔2016〕1号", "发布机构：某市人民政府", "发文日期：2016年4月29日", "第十二条 申请人应当打印申请表。",
     "返回原籍的人员", "阅读能力", "关注民生", "原创性成果奖励", "↓", "微信公众号：某市人社", "关注重点人群就业",
     "| 来源 | 分值 |", "时间：2016年3月1日至3月5日，地点另行通知", "（此件公开发布）", "抄送：市委办公室", "某市人民政府",
     "联系人：张某，联系电话：0512-65220000", "解读机关：某市住房局　联系电话：0512-65220000"],
)  # fmt: skip
def test_words_of_the_document_are_kept(line):
    assert not boilerplate.is_added(line, boilerplate.patterns())


PASTED = """[首页](/) > [公开](/zw) > [文件](/wj "文件")
* [概况](/gk)
* [公开](https://某市.cn/zw)
* [互动](javascript:go(1))

# 关于某事的通知

发布日期：2022-02-21 | 来源：某局 | [打印](javascript:print())

各县[区](/q)：按[《某办法》](http://某.cn/1.html)[2020](3)执行。
![](/x.png)
- [附件1：甲表.docx](/1.docx)
- [附件2：乙表.docx](/2.docx)
- [附件3：丙表.docx](/3.docx)

扫一扫在手机打开当前页
"""


def test_a_page_pasted_as_markdown_loses_its_navigation(read):
    found = read(PASTED, "a.md")
    assert [line for line in found.text.split("\n") if line] == [
        "关于某事的通知", "各县区：按《某办法》[2020](3)执行。", "附件1：甲表.docx", "附件2：乙表.docx", "附件3：丙表.docx",
    ]  # fmt: skip
    assert any("略去" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    "text",
    [
        f"# 某办法\n\n<!-- INFO END -->\n\n{PASTED}".strip(),
        f"---\nnumber: 某发〔2019〕1号\n---\n{PASTED}".strip(),
        f"{PASTED}\n1. 甲。[^f-1]",
    ],
    ids=["head", "front matter", "marks of facts"],
)
def test_a_corpus_s_own_markdown_stays_as_it_is(read, text):
    assert read(text, "a.md").text == tidy(text)


@pytest.mark.parametrize("line", ["[ 字号：大 中 小 ]", "【字体：大 中 小】", "字号：[大 中 小]"])
def test_a_choice_of_fonts_leaves_nothing(line):
    assert boilerplate.cleaned(f"甲。\n{line}", boilerplate.patterns()) == ("甲。", 1)


def test_what_follows_is_kept_where_it_holds_provisions():
    text = "第一条 甲。\n相关链接\n第二条 乙。"
    assert boilerplate.cleaned(text, boilerplate.patterns())[0] == text
    assert (
        boilerplate.cleaned("第一条 甲甲甲甲甲甲甲。\n相关链接\n某新闻", boilerplate.patterns())[0]
        == "第一条 甲甲甲甲甲甲甲。"
    )


@pytest.mark.parametrize(
    "toml, found",
    [
        ('[[words]]\nid = "a"\nwhere = "top"\npattern = "x"', "where = 'top'"),
        ('[[words]]\nid = "a"\nwhere = "line"\npattern = "("', "不是正则表达式"),
        ('[[words]]\nid = "a"\nwhere = "line"', "缺少 pattern"),
    ],
)
def test_wrong_words_are_told(tmp_path, toml, found):
    (tmp_path / "pages.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(CorpusError, match=found.replace("(", r"\(")):
        boilerplate.load(tmp_path / "pages.toml")


def test_the_document_of_a_page_is_told_from_its_site(read):
    page = """<html><head><title>某市教育局</title></head><body>
    <div><ul><li><a href=a>首页</a></li><li><a href=b>信息公开</a></li></ul></div>
    <div><div>您的位置：<a href=a>首页</a> &gt; 规章</div>
      <h1>某市甲事管理办法</h1><div>来源：某局 发布日期：2016-04-29 <a href=p>打印</a></div>
      <div><p>某发〔2016〕1号</p><p>各区：</p><p>第一条　为了规范甲事，制定本办法。</p>
        <p>第二条　本办法自公布之日起施行，有效期五年。</p></div>
      <p>某市教育局</p><p>2016年4月1日</p></div>
    <div><h3>相关新闻</h3><ul><li><a href=c>某地召开会议，部署工作</a></li></ul></div>
    <footer>主办：某市教育局</footer><script>var a = "脚本";</script></body></html>"""
    reading = read(page, "a.html")
    assert reading.title == "某市甲事管理办法"
    assert reading.text.split("\n") == [
        "某市甲事管理办法", "某发〔2016〕1号", "各区：", "第一条　为了规范甲事，制定本办法。",
        "第二条　本办法自公布之日起施行，有效期五年。", "某市教育局", "2016年4月1日",
    ]  # fmt: skip


def test_every_name_of_a_format_has_a_suffix():
    assert set(detection.SUFFIXES.values()) == set(detection.NAMES)


BODY_PAGE = """<html><head><title>关于甲事的通知-某市公安局</title></head><body>
<ul><li><a href="/">首页</a></li><li><a href="/jwgk">警务公开</a></li><li><a href="/bsdt">办事大厅</a></li></ul>
<h1>关于甲事的通知</h1>
<p>某公发〔2022〕3号</p>
<p>一、符合条件的，按照规定办理，所需材料见附件。</p>
<p>二、本通知自2022年7月1日起执行，有效期五年。</p>
<div><a href="#">微信</a> <a href="#">微博</a> <a href="#">QQ空间</a></div>
<div>主办单位：某市公安局　地址：某路1号　电话：0577-88880000</div>
</body></html>"""


def test_a_page_that_holds_its_sentences_directly_loses_the_site_around_them(read):
    lines = [line for line in read(BODY_PAGE, "a.html").text.split("\n") if line]
    assert lines[:2] == ["关于甲事的通知", "某公发〔2022〕3号"] and lines[-1].startswith("二、")
    assert len(lines) == 4
