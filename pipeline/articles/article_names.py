"""Article names: what the matter of an article is called, and the question that it puts."""

import re

from pipeline.core.records import Clause
from pipeline.similarity import article_parts

_LENGTH = 20  # characters of the words that a name quotes
_LEAST = 4  # of an act that is punished: of “违反规定的” nothing is left
_MARK = re.compile("[，。；：、]")
_OF_LAW = re.compile(r"^(?:违反|根据|依照|按照)[^，。]{0,40}(?:规定|条例|办法)(?:的)?，")
_TRIM = "，；：、。 　\n"


def number(clause: Clause) -> str:
    """An article's number as it is cited.

    >>> number(Clause("d__art_3", "d", None, 1, "article", "3", "第一章 第三条", None, "第三条 …", 0, 5, 1))
    '第三条'
    """
    return clause.path.split()[-1]


def name(clause: Clause, title: str) -> str:
    """Its heading; without one, the title, the number and the first words of what it rules."""
    if clause.heading:
        return f"{clause.heading.strip('【】（）() ')}（《{title}》{number(clause)}）"
    return f"《{title}》{number(clause)}：{leading_words(clause.text)}"


def leading_words(text: str) -> str:
    """The words that an article's act begins with, whole phrases as far as there is room.

    >>> leading_words("第五条 违反本条例第三条规定，擅自填堵河道的，由水务部门责令改正。")
    '擅自填堵河道'
    >>> leading_words("第六条 从事养殖的单位和个人应当每年向所在地的乡镇人民政府报告存栏数量。")
    '从事养殖的单位和个人应当每年向所在地的乡…'
    """
    acts = [(a, b) for a, b in article_parts.punished_acts(text) if b - a >= _LEAST]
    body = text[slice(*acts[0])] if acts else text[article_parts.body_start(text) :]
    words = _OF_LAW.sub("", body.split("\n")[0].strip(_TRIM))
    end = 0
    for mark in _MARK.finditer(words):
        if mark.start() > _LENGTH:
            break
        end = mark.start()
    if len(words) <= _LENGTH:
        return words.rstrip(_TRIM)
    return words[:end] if end > _LENGTH // 2 else f"{words[:_LENGTH]}…"


def question(has_partner: bool) -> str:
    """What the matter asks."""
    if has_partner:
        return "两地相应条文的规定有什么不同？"
    return "这一条规定的事项，另一地的相应文件有没有规定？"
