"""Contexts: what a run of an article needs to be understood, in the words of its text.

Of an item what leads its list, of a rest of a sentence what stands before it there, of a sanction without
act (情节严重的，…) the act that it goes on about, and of “违反本条例第N条规定的” what that article rules.
"""

import re

from pipeline.language import numerals
from pipeline.points import slots
from pipeline.points.article_views import ArticleView
from pipeline.points.segments import Run

_CASE = re.compile(r"[^。；]*?的(?=[，；：]|$)")
_VIOLATION = re.compile(
    r"违反本(?:条例|办法|规定|细则)第([〇零一二三四五六七八九十百]+)条[^，。；]{0,12}?(?:规定)?的?，"
    r"(?=由|责令|处|给予|可以|依法|$)"
)
_FIRST_ITEM = 24  # characters


def of_run(article: ArticleView, run: Run) -> str:
    """The context of a run; "" where it stands for itself."""
    sentence = article.sentences[run.sentence]
    said = article.text[slice(*sentence.span)]
    goes_on = run.sentence and sentence.lead is None and slots.words("dependent").match(said)
    if not run.is_start:
        before = _read_through(article.text[sentence.span[0] : run.span[0]], article)
        act = f"{_act(article, run.sentence - 1)}；" if goes_on else ""
        return act + before + _first_item(article, run.sentence)
    if sentence.lead is not None:
        return _lead(article, sentence.lead)
    if goes_on:
        act = _act(article, run.sentence - 1)
        return act + _base(article, run.sentence - 1) if slots.words("heavier").match(said) else act
    cited = _VIOLATION.match(said)
    return _cited(cited, article) if cited else ""


def _act(article: ArticleView, number: int) -> str:
    """The act that a sentence goes on about: its own case, after those of the sentences before it."""
    sentence = article.sentences[number]
    if sentence.lead is not None:
        return _lead(article, sentence.lead)
    said = article.text[slice(*sentence.span)]
    case = _CASE.match(said)
    own = _read_through(said if case is None else case[0] + "，", article)
    if number and slots.words("dependent").match(said):
        return f"{_act(article, number - 1)}；{own.rstrip('，')}"
    return own.rstrip("，")


def _lead(article: ArticleView, number: int) -> str:
    """What leads a list: 有下列情形之一的，给予处分；构成犯罪的，依法追究刑事责任 is led by its first part."""
    said = article.text[slice(*article.sentences[number].span)]
    if not number or not slots.words("dependent").match(said):
        return _read_through(said, article)
    first = article.text[slice(*article.sentences[number - 1].span)]
    is_catch_all = slots.words("catch_all").search(said)
    return _read_through(first if is_catch_all else f"{first}；{said}", article)


def _base(article: ArticleView, number: int) -> str:
    """The sanction of a sentence that the next one goes beyond: 的，处二千元罚款."""
    sentence = article.sentences[number]
    said = article.text[slice(*sentence.span)]
    case = _CASE.match(said)
    if sentence.lead is not None or case is None or not slots.words("sanction").search(said):
        return ""
    return said[case.end() :].rstrip("。；")


def _first_item(article: ArticleView, lead: int) -> str:
    """The first item of the list that a sentence leads, shortened; "" where it leads none."""
    items = [s for s in article.sentences if s.lead == lead]
    if not items:
        return ""
    first = article.text[slice(*items[0].span)]
    words = first if len(first) <= _FIRST_ITEM else f"{first[:_FIRST_ITEM]}…"
    return f"所列“{words}”等{len(items)}项" if len(items) > 1 else f"所列“{words}”"


def _read_through(said: str, article: ArticleView) -> str:
    """Some words with what the article rules that they only cite by number."""
    return _VIOLATION.sub(lambda found: f"{_cited(found, article) or found[0]}，", said)


def _cited(found: re.Match[str], article: ArticleView) -> str:
    number = numerals.integer(found[1])
    words = article.cited.get(str(number))
    return f"违反第{found[1]}条“{words}”" if words else ""
