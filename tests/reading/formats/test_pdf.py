"""PDF: lines joined to paragraphs, ruled tables, no headers or watermarks."""

import pytest

from support.files import pdf, shown


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
