"""Article names: what the matter of an article is called, and the question that it puts."""

from pipeline.core.records import Clause
from pipeline.language import brackets
from pipeline.similarity import article_parts


def number(clause: Clause) -> str:
    """An article's number as it is cited.

    >>> number(Clause("d__art_3", "d", None, 1, "article", "3", "第一章 第三条", None, "第三条 …", 0, 5, 1))
    '第三条'
    """
    return clause.path.split()[-1]


def name(clause: Clause, title: str) -> str:
    """Its heading; without one, the title, the number and the first words of what it rules."""
    if heading := article_parts.bare_heading(clause.heading):
        return f"{heading}（《{title}》{number(clause)}）"
    words = brackets.closed(article_parts.leading_words(clause.text))
    return f"《{title}》{number(clause)}：{words}"


def question(has_partner: bool) -> str:
    """What the matter asks."""
    if has_partner:
        return "两地相应条文的规定有什么不同？"
    return "这一条规定的事项，另一地的相应文件有没有规定？"
