"""Passages: the parts of an article that tell what it is about, as spans of its text.

A reader who looks for a counterpart looks at who is addressed (the subject), what they must do (the
rest of the first sentence), which act a penalty punishes, and at single sentences and paragraphs, for
an article may answer only a part of another.
"""

import re
from collections.abc import Iterator

from pipeline.language import numerals

Span = tuple[int, int]

_NUMBER = re.compile(r"第[〇零一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十]+)?[\s　]*")
_SENTENCE = re.compile(r"[^。；\n]+")
_FIRST = re.compile(r"[^。；：\n]*")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n+[（(][一二三四五六七八九十]+[)）][^\n]*)*")
_MODAL = re.compile(r"应当|不得|可以|负责|鼓励|支持|禁止|有权|按照|依照|必须")
_ACT = re.compile(r"违反[^，。]{0,60}规定[，,]?(.{2,160}?)(?:的，|的,|由)")
_OWN = re.compile(
    r"本(?:条例|办法|规定|细则)"
    r"(第[〇零一二三四五六七八九十百]+条(?:[^。；，]{0,14}?第[〇零一二三四五六七八九十百]+条)*)"
)
_ARTICLE = re.compile(r"第([〇零一二三四五六七八九十百]+)条")
_LAW = re.compile(r"《([^》]+)》")
_SHORT = 5  # characters: what is shorter says nothing by itself


def body(text: str) -> int:
    """Where an article's own words begin, after 第…条."""
    hit = _NUMBER.match(text)
    return hit.end() if hit else 0


def sentences(text: str) -> list[Span]:
    """Sentences and half sentences; at least one."""
    return _long(_SENTENCE, text, _SHORT)


def paragraphs(text: str) -> list[Span]:
    """Paragraphs (款), each with the items （一）（二） that it leads to; at least one."""
    return _long(_PARAGRAPH, text, _SHORT + 3)


def _long(pattern: re.Pattern[str], text: str, least: int) -> list[Span]:
    found = [hit.span() for hit in pattern.finditer(text, body(text)) if len(hit[0]) > least]
    return found or [(body(text), len(text))]


def first(text: str) -> tuple[Span, Span]:
    """The first sentence as (who, what): before and after its modal verb.

    >>> text = "第二条 运营单位应当公布价格。"
    >>> [text[slice(*span)] for span in first(text)]
    ['运营单位', '公布价格']
    """
    start = body(text)
    hit = _FIRST.match(text, start)
    end = hit.end() if hit else start
    modal = _MODAL.search(text, start, end)
    if modal is None or modal.start() == start:
        return (start, start), (start, end)
    return (start, modal.start()), (modal.end(), end)


def acts(text: str) -> list[Span]:
    """What a penalty article punishes, in its own words.

    >>> text = "违反本条例规定，擅自填堵河道的，由水务部门责令改正。"
    >>> [text[slice(*span)] for span in acts(text)]
    ['擅自填堵河道']
    """
    return [hit.span(1) for hit in _ACT.finditer(text)]


def references(text: str) -> Iterator[str]:
    """The numbers of the articles of its own document that an article names.

    >>> list(references("违反本条例第十八条、第十九条规定的，处罚款。"))
    ['18', '19']
    """
    for run in _OWN.findall(text):
        for number in _ARTICLE.findall(run):
            if (value := numerals.integer(number)) is not None:
                yield str(value)


def laws(text: str) -> frozenset[str]:
    """The titles in 《》 that an article names."""
    return frozenset(_LAW.findall(text))
