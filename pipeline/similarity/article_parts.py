"""Parts of an article that identify its matter, as spans of its text.

A counterpart is recognised by who is addressed (the subject), what they must do (the rest of the first
sentence), and which act a penalty punishes; and by single sentences and paragraphs, because an article may
correspond to a part of another only.
"""

import re
from collections.abc import Iterator

from pipeline.language import markers, numerals

TextSpan = tuple[int, int]  # start and end offset in the article's text

_HEAD = re.compile(r"第[〇零一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十]+)?[\s　]*")
_SENTENCE = re.compile(r"[^。；\n]+")
_FIRST_SENTENCE = re.compile(r"[^。；：\n]*")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n+[（(][一二三四五六七八九十]+[)）][^\n]*)*")
_MODAL = re.compile(r"应当|不得|可以|负责|鼓励|支持|禁止|有权|按照|依照|必须")
_PUNISHED_ACT = re.compile(r"违反[^，。]{0,60}规定[，,]?(.{2,160}?)(?:的，|的,|由)")
_OWN_REFERENCE = re.compile(
    r"本(?:条例|办法|规定|细则)"
    r"(第[〇零一二三四五六七八九十百]+条(?:[^。；，]{0,14}?第[〇零一二三四五六七八九十百]+条)*)"
)
_ARTICLE = re.compile(r"第([〇零一二三四五六七八九十百]+)条")
_TITLE = re.compile(r"《([^》]+)》")
_LEADING = 20  # characters of the words that an article's act begins with
_LEAST_ACT = 4  # of an act that is punished: of “违反规定的” nothing is left
_MARK = re.compile("[，。；：、]")
_OF_LAW = re.compile(r"^(?:违反|根据|依照|按照)[^，。]{0,40}(?:规定|条例|办法)(?:的)?，")
_TRIM = "，；：、。 　\n"
_SHORT = 5  # characters: a sentence of at most so many carries no meaning by itself


def body_start(text: str) -> int:
    r"""The offset at which an article's body begins, after 第…条 and its heading.

    >>> text = "第三条（管理部门）\n市水务局负责。"
    >>> text[body_start(text):]
    '市水务局负责。'
    """
    head = _HEAD.match(text)
    if head is None:
        return 0
    title = markers.article_heading(text, head.end())
    end = title[1] if title else head.end()
    return end + len(text[end:]) - len(text[end:].lstrip())


def sentences(text: str) -> list[TextSpan]:
    """Sentences and clauses ended by ；; at least one span."""
    return _spans_longer_than(_SHORT, _SENTENCE, text)


def paragraphs(text: str) -> list[TextSpan]:
    """Paragraphs (款), each with its items （一）（二）; at least one span."""
    return _spans_longer_than(_SHORT + 3, _PARAGRAPH, text)


def _spans_longer_than(least: int, pattern: re.Pattern[str], text: str) -> list[TextSpan]:
    start = body_start(text)
    spans = [match.span() for match in pattern.finditer(text, start) if len(match[0]) > least]
    return spans or [(start, len(text))]


def first_sentence(text: str) -> tuple[TextSpan, TextSpan]:
    """The first sentence as (subject, predicate): the spans before and after its modal verb.

    The subject is empty where the sentence has no modal verb or begins with it.

    >>> text = "第二条 运营单位应当公布价格。"
    >>> [text[slice(*span)] for span in first_sentence(text)]
    ['运营单位', '公布价格']
    """
    start = body_start(text)
    sentence = _FIRST_SENTENCE.match(text, start)
    end = sentence.end() if sentence else start
    modal = _MODAL.search(text, start, end)
    if modal is None or modal.start() == start:
        return (start, start), (start, end)
    return (start, modal.start()), (modal.end(), end)


def punished_acts(text: str) -> list[TextSpan]:
    """The acts that a penalty article punishes.

    >>> text = "违反本条例规定，擅自填堵河道的，由水务部门责令改正。"
    >>> [text[slice(*span)] for span in punished_acts(text)]
    ['擅自填堵河道']
    """
    return [match.span(1) for match in _PUNISHED_ACT.finditer(text)]


def bare_heading(heading: str | None) -> str:
    """An article's heading without its brackets; "" where it has none.

    >>> bare_heading("（目的和依据）"), bare_heading(None)
    ('目的和依据', '')
    """
    return (heading or "").strip("【】（）() ")


def leading_words(text: str) -> str:
    """The words that an article's act begins with, whole phrases as far as there is room.

    >>> leading_words("第五条 违反本条例第三条规定，擅自填堵河道的，由水务部门责令改正。")
    '擅自填堵河道'
    >>> leading_words("第六条 从事养殖的单位和个人应当每年向所在地的乡镇人民政府报告存栏数量。")
    '从事养殖的单位和个人应当每年向所在地的乡…'
    """
    acts = [(a, b) for a, b in punished_acts(text) if b - a >= _LEAST_ACT]
    body = text[slice(*acts[0])] if acts else text[body_start(text) :]
    words = _OF_LAW.sub("", body.split("\n")[0].strip(_TRIM))
    end = 0
    for mark in _MARK.finditer(words):
        if mark.start() > _LEADING:
            break
        end = mark.start()
    if len(words) <= _LEADING:
        return words.rstrip(_TRIM)
    return words[:end] if end > _LEADING // 2 else f"{words[:_LEADING]}…"


def own_references(text: str) -> Iterator[str]:
    """The numbers of the articles of the same document that an article refers to.

    >>> list(own_references("违反本条例第十八条、第十九条规定的，处罚款。"))
    ['18', '19']
    """
    for run in _OWN_REFERENCE.findall(text):
        for number in _ARTICLE.findall(run):
            if (value := numerals.integer(number)) is not None:
                yield str(value)


def cited_titles(text: str) -> frozenset[str]:
    """The titles in 《》 that an article cites."""
    return frozenset(_TITLE.findall(text))
