"""Automatic numbers of a .docx, from its numbering part and its styles."""

from typing import Any

from pipeline.reading.formats.word.numbering import Level, Lists

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 20  # styles based on each other, above which a file is taken to have a circle


class DocxNumbering:
    """The numbered lists of a .docx."""

    def __init__(self, document: Any) -> None:
        self._lists = Lists({})
        self._abstract: dict[str, str] = {}
        styles = document.styles.element.iter(_WORD + "style")
        self._styles = {style.get(_WORD + "styleId"): style for style in styles}
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
        for abstract in root.iter(_WORD + "abstractNum"):
            levels = {
                _number(level.get(_WORD + "ilvl"), 0): Level(
                    _number(_value(level, "start"), 1),
                    _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText") or "",
                    None if (after := _value(level, "lvlRestart")) is None else _number(after, 9),
                )
                for level in abstract.iter(_WORD + "lvl")
            }
            self._lists.levels[abstract.get(_WORD + "abstractNumId", "")] = levels
        for num in root.iter(_WORD + "num"):
            number = num.get(_WORD + "numId", "")
            self._abstract[number] = _value(num, "abstractNumId") or ""
            for override in num.iter(_WORD + "lvlOverride"):
                if start := _value(override, "startOverride"):
                    place = _number(override.get(_WORD + "ilvl"), 0)
                    self._lists.starts[number, place] = _number(start, 1)

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """The list and level of a paragraph: its own, or those of its style."""
        holder = paragraph
        for _ in range(_DEEPEST):
            properties = holder.find(_WORD + "pPr")
            numbering = None if properties is None else properties.find(_WORD + "numPr")
            if numbering is not None and (number := _value(numbering, "numId")) is not None:
                return None if number == "0" else (number, _number(_value(numbering, "ilvl"), 0))
            is_style = holder is not paragraph
            style = holder if is_style else properties
            name = None if style is None else _value(style, "basedOn" if is_style else "pStyle")
            if name not in self._styles:
                return None
            holder = self._styles[name]
        return None


def _value(element: Any, name: str) -> str | None:
    child = element.find(_WORD + name)
    return None if child is None else child.get(_WORD + "val")


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() else default
