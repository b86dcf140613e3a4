"""Completeness: official texts in articles that stop before their end, as a copy that was cut off.

Reads corpus/patterns/completeness.toml. A law, regulation or rule must state when it begins, so one that
does not, and closes with none of what laws close with, is taken for cut; any other text needs a trace of
the missing part as well. Missing numbers alone prove nothing: the words often stand there without them
(numbering_checks.py reports those).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache

from pipeline.core import pattern_files
from pipeline.core.paths import DATA
from pipeline.core.records import Clause, Document
from pipeline.language import numerals
from pipeline.language.normalization import fold
from pipeline.structure import summary

PATH = DATA / "patterns" / "completeness.toml"


@dataclass(frozen=True, slots=True)
class _ClosingPatterns:
    """What the pattern file holds: `levels` is a list of words, the others are expressions."""

    levels: tuple[str, ...]
    other_titles: re.Pattern[str]
    closing: re.Pattern[str]
    commencement: re.Pattern[str]
    commencement_before: re.Pattern[str]
    first_chapter: re.Pattern[str]
    last_chapter: re.Pattern[str]
    cited_article: re.Pattern[str]
    listed_chapter: re.Pattern[str]
    broken_end: re.Pattern[str]
    forbidding_title: re.Pattern[str]
    sanction: re.Pattern[str]


@cache
def _patterns() -> _ClosingPatterns:
    expressions = {field.name for field in fields(_ClosingPatterns)} - {"levels"}
    return _ClosingPatterns(**pattern_files.load(PATH, expressions, {"levels"}, {}))


def last_article(clauses: Sequence[Clause]) -> Clause | None:
    """The last article of a document; None where it has none."""
    return next((clause for clause in reversed(clauses) if clause.kind == "article"), None)


def unfinished(document: Document, clauses: Sequence[Clause]) -> str | None:
    """Why a text is taken to stop before its end, in Chinese.

    Args:
        document: of any kind; only official texts can be unfinished.
        clauses: all of the document's, in reading order.

    Returns:
        收录文本止于第十八条，…，疑不完整. None where the text is complete, or where nothing can be said:
        it is not divided into articles or only in part, has several numberings, begins after its first
        article, goes on after the last one, or changes another document (决定).
    """
    articles = _main_articles(document, clauses)
    if not articles or _is_closed(articles):
        return None
    trace = _trace(document, clauses, articles[-1])
    if trace is None and not _must_state_commencement(document, clauses, articles[0]):
        return None
    place = articles[-1].path.rpartition(" ")[2]
    return "，".join(
        filter(None, (f"收录文本止于{place}", "未见施行日期等附则", trace, "疑不完整"))
    )


def _main_articles(document: Document, clauses: Sequence[Clause]) -> list[Clause]:
    """The articles of a text that consists of them from the first one to its end; else none."""
    patterns = _patterns()  # read whatever the document is, so that a build always names the file
    articles = [clause for clause in clauses if clause.kind == "article"]
    if (
        document.text_kind != "official"
        or summary.scheme(clauses) != "articles"
        or patterns.other_titles.search(fold(document.title))
        or len({clause.clause_id.rpartition("__art_")[0] for clause in articles}) > 1
        or articles[0].article != "1"
        or document.text[articles[-1].end :].strip()
    ):
        return []
    return articles


def _is_closed(articles: Sequence[Clause]) -> bool:
    """Whether the last article is a closing one, or any of them states when the text begins."""
    patterns = _patterns()
    return bool(
        patterns.closing.search(fold(articles[-1].text))
        or any(patterns.commencement.search(fold(article.text)) for article in articles)
    )


def _must_state_commencement(document: Document, clauses: Sequence[Clause], first: Clause) -> bool:
    """Whether the missing commencement alone proves that a part is missing."""
    patterns = _patterns()
    before = fold(f"{document.head}\n{document.text[: first.start]}")
    chapters = _chapters(clauses)
    return (
        document.level in patterns.levels
        and not patterns.commencement_before.search(before)
        and not (chapters and patterns.last_chapter.search(chapters[-1]))
    )


def _trace(document: Document, clauses: Sequence[Clause], last: Clause) -> str | None:
    """The first trace of a missing part: as words of the reason, empty where 附则 says it; else None."""
    patterns, text = _patterns(), fold(document.text)
    cited = _largest(patterns.cited_article, text)
    if cited > int((last.article or "0").partition("-")[0]):
        return f"文中引用的第{numerals.chinese(cited)}条也未见"
    contents = fold("\n".join(c.text for c in clauses if c.path.endswith("目录")))
    listed = _largest(patterns.listed_chapter, contents)
    printed = _largest(patterns.listed_chapter, "\n".join(_chapter_lines(clauses)))
    if listed > printed:
        return f"目录所列的第{numerals.chinese(listed)}章也未见"
    if patterns.broken_end.search(text.rstrip()):
        return "末句没有写完"
    if patterns.forbidding_title.search(document.title) and not patterns.sanction.search(text):
        return "题名所说的禁止没有罚则"
    chapters = _chapters(clauses)
    opened = bool(chapters) and patterns.first_chapter.search(chapters[0])
    return "" if opened and not patterns.last_chapter.search(chapters[-1]) else None


def _largest(expression: re.Pattern[str], text: str) -> int:
    """The largest `number` that an expression finds; 0 where it finds none."""
    numbers = [match["number"] for match in expression.finditer(text)]
    values = [int(n) if n.isdecimal() else numerals.integer(n) or 0 for n in numbers]
    return max(values, default=0)


def _chapter_lines(clauses: Sequence[Clause]) -> list[str]:
    """The first lines of the chapters, folded: 第一章 总则."""
    return [fold(c.text.split("\n", 1)[0]) for c in clauses if c.kind == "chapter"]


def _chapters(clauses: Sequence[Clause]) -> list[str]:
    """The titles of the chapters without number and blanks."""
    lines = (re.sub(r"\s", "", line) for line in _chapter_lines(clauses))
    return [_patterns().listed_chapter.sub("", line, count=1) for line in lines]
