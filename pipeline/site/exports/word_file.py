"""Word files: paragraphs, tables, links and page numbers in Chinese fonts.

With reading/formats/word/docx.py one of the two homes of python-docx.
"""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from pipeline.site.exports.characters import allowed

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_BODY, _HEADING, _LATIN = "宋体", "黑体", "Times New Roman"
_ACCENT, _QUIET = RGBColor(0x8C, 0x2F, 0x24), RGBColor(0x55, 0x52, 0x4C)
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_SIZES = {"Normal": 11, "Title": 18, "Heading 1": 14, "Heading 2": 12}  # points


class WordFile:
    """A document of A4 that is written from top to bottom."""

    def __init__(self, title: str, footer: str) -> None:
        self._document = Document()
        for name, size in _SIZES.items():
            _set_font(self._document.styles[name], _BODY if name == "Normal" else _HEADING, size)
        self._document.styles["Normal"].paragraph_format.space_after = Pt(4)
        self._document.styles["Normal"].paragraph_format.line_spacing = 1.35
        _without_rule(self._document.styles["Title"])
        self._document.styles["Footer"].font.size = Pt(8.5)
        properties = self._document.core_properties
        properties.title, properties.author, properties.language = allowed(title), "", "zh-CN"
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.4)
        section.top_margin = section.bottom_margin = Cm(2.4)
        self._footer(section.footer.paragraphs[0], footer)

    def title(self, text: str, below: str) -> None:
        """The title, and a quiet line under it."""
        heading = self._document.add_paragraph(allowed(text), style="Title")
        heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line = self.paragraph(below, quiet=True)
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def heading(self, text: str, level: int = 1) -> None:
        """A heading of level 1 or 2."""
        self._document.add_heading(allowed(text), level)

    def paragraph(self, text: str, *, quiet: bool = False, indent: float = 0, bold: str = "", mark: str = "") -> Any:  # fmt: skip
        """A paragraph.

        Args:
            text: its words.
            quiet: in small grey letters.
            indent: from the left, in cm.
            bold: words before the text, in bold.
            mark: a raised mark after the text, as [1].
        """
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(indent)
        if bold:
            paragraph.add_run(allowed(bold)).bold = True
        run = paragraph.add_run(allowed(text))
        if quiet:
            run.font.size, run.font.color.rgb = Pt(9), _QUIET
        if mark:
            paragraph.add_run(mark).font.superscript = True
        return paragraph

    def box(self, text: str) -> None:
        """A paragraph on a tint: what a reader must know first."""
        paragraph = self.paragraph(text)
        properties = paragraph._p.get_or_add_pPr()
        properties.append(_element("w:shd", val="clear", color="auto", fill="F5F2EB"))

    def link(self, before: str, address: str) -> None:
        """A paragraph that ends with an address that can be opened."""
        paragraph = self.paragraph(before)
        part = self._document.part.relate_to(address, _LINK, is_external=True)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), part)
        run = paragraph.add_run(allowed(address))
        run.font.color.rgb, run.font.underline = _ACCENT, True
        link.append(run._r)
        paragraph._p.append(link)

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:  # fmt: skip
        """A table with lines, its first row repeated on every page; widths in cm."""
        table = self._document.add_table(rows=1, cols=len(headings), style="Table Grid")
        table.autofit = False
        for cell, heading in zip(table.rows[0].cells, headings, strict=True):
            _fill(cell, heading, bold=True)
            cell._tc.get_or_add_tcPr().append(
                _element("w:shd", val="clear", color="auto", fill="F5F2EB")
            )
        table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))
        for values in rows:
            row = table.add_row()
            row._tr.get_or_add_trPr().append(_element("w:cantSplit", val="true"))
            for place, (cell, value) in enumerate(zip(row.cells, values, strict=True)):
                _fill(cell, value, bold=place == 0)
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Cm(width)
        self._document.add_paragraph().paragraph_format.space_after = Pt(2)

    def content(self) -> bytes:
        """The bytes of the .docx."""
        out = io.BytesIO()
        self._document.save(out)
        return out.getvalue()

    def _footer(self, paragraph: Any, text: str) -> None:
        """The footer: a text and the number of the page."""
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        first = paragraph.add_run(allowed(f"{text} · 第 "))
        number = paragraph.add_run()
        for element in (_element("w:fldChar", fldCharType="begin"), _instruction("PAGE"), _element("w:fldChar", fldCharType="end")):  # fmt: skip
            number._r.append(element)
        last = paragraph.add_run(" 页")
        for run in (first, number, last):
            run.font.size, run.font.color.rgb = Pt(8.5), _QUIET


def _set_font(style: Any, han: str, size: float) -> None:
    style.font.size, style.font.name = Pt(size), _LATIN
    style.font.color.rgb = RGBColor(0x22, 0x21, 0x1E)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)  # a theme font would win
    style.element.rPr.append(_element("w:lang", val="zh-CN", eastAsia="zh-CN"))
    for name, font in (("ascii", _LATIN), ("hAnsi", _LATIN), ("eastAsia", han)):
        fonts.set(qn(f"w:{name}"), font)


def _without_rule(style: Any) -> None:
    """Remove the coloured line under paragraphs of a style."""
    properties = style.element.get_or_add_pPr()
    border = properties.find(qn("w:pBdr"))
    if border is not None:
        properties.remove(border)


def _fill(cell: Any, text: str, bold: bool) -> None:
    lines = allowed(text).split("\n")
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = 1.15
        run = paragraph.add_run(line)
        run.bold, run.font.size = bold, Pt(9.5)


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _instruction(code: str) -> Any:
    element = OxmlElement("w:instrText")
    element.text = code
    return element
