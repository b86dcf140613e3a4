"""Where a .docx says how its paragraphs are numbered."""

from typing import Any

from docx.oxml.ns import qn

from pipeline.formats.lists import Level, Lists

_DEEPEST = 20  # styles that may be based on each other before a file is taken to go in a circle


class Numbering:
    """The lists of a document, by its numbering part and its styles."""

    def __init__(self, document: Any) -> None:
        self._lists = Lists({})
        self._abstract: dict[str, str] = {}
        styles = document.styles.element.iter(qn("w:style"))
        self._styles = {style.get(qn("w:styleId")): style for style in styles}
        for relation in document.part.rels.values():
            if relation.reltype.endswith("/numbering") and not relation.is_external:
                self._load(relation.target_part.element)

    def label(self, paragraph: Any) -> str:
        """The number of a paragraph; empty where it has none."""
        place = self._place(paragraph)
        if place is None:
            return ""
        number, level = place
        return self._lists.label(self._abstract.get(number, ""), level, number)

    def _load(self, root: Any) -> None:
        for abstract in root.iter(qn("w:abstractNum")):
            levels = {
                _number(each.get(qn("w:ilvl")), 0): Level(
                    _number(_value(each, "w:start"), 1),
                    _value(each, "w:numFmt") or "decimal",
                    _value(each, "w:lvlText") or "",
                )
                for each in abstract.iter(qn("w:lvl"))
            }
            self._lists.levels[abstract.get(qn("w:abstractNumId"), "")] = levels
        for num in root.iter(qn("w:num")):
            number = num.get(qn("w:numId"), "")
            self._abstract[number] = _value(num, "w:abstractNumId") or ""
            for override in num.iter(qn("w:lvlOverride")):
                if start := _value(override, "w:startOverride"):
                    level = _number(override.get(qn("w:ilvl")), 0)
                    self._lists.starts[number, level] = _number(start, 1)

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """The list and level of a paragraph: its own, or those of its style."""
        holder = paragraph
        for _ in range(_DEEPEST):
            properties = holder.find(qn("w:pPr"))
            found = None if properties is None else properties.find(qn("w:numPr"))
            if found is not None and (number := _value(found, "w:numId")) is not None:
                return None if number == "0" else (number, _number(_value(found, "w:ilvl"), 0))
            is_style = holder is not paragraph
            style = holder if is_style else properties
            name = None if style is None else _value(style, "w:basedOn" if is_style else "w:pStyle")
            if name not in self._styles:
                return None
            holder = self._styles[name]
        return None


def _value(element: Any, name: str) -> str | None:
    found = element.find(qn(name))
    return None if found is None else found.get(qn("w:val"))


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() else default
