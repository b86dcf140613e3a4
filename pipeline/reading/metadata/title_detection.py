"""Title detection: the lines of a document's head that print its title."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.language import official_words
from pipeline.language.lines import Line, unspaced
from pipeline.language.normalization import fold
from pipeline.language.official_words import any_of

_OPEN, _SHUT = "《〈（(〔[【“", "》〉）)〕]】”"
_NUMBER_TAIL = re.compile(r"[（(][^（()）]{1,14}[〔\[［（(【]?\d{4}[〕\]］）)】]?\s*第?\d+号[）)]$")
_DATE_TAIL = re.compile(r"[（(][^（()）]{0,12}\d{4}年\d{1,2}月\d{1,2}日[^（()）]{0,80}[）)]$")
_TAIL = re.compile(r"[（(〔]([^（()）]{1,12})[）)〕]$")
_NUMBER_HEAD = re.compile(
    r"^[\u3400-\u9fff]{1,12}[〔\[［（(【]\d{4}[〕\]］）)】]\s*第?\d+号(?=《|[\u3400-\u9fff]{2,40}关于)"
)
_STATE_TAIL = re.compile(r"[（(](?:已|全文)?(?:废止|失效|现行有效|部分失效)[）)]$")
_NOT_TITLE = re.compile(r"[。；！？，|>›»]|[:：]$|^\d{1,2}[.、．]|^[（(【\[]|^现将|^附件")
_RUN_ON = re.compile(
    r"([^，。；：]{4,80}?)\s*(?:([（(][^（()）]{0,90}[）)])\s*)?(?=第\s*[一1]\s*[章条])"
)
_LONGEST = 110  # characters of a title
_ROWS = 5  # lines of a title
_BELOW = 4  # lines below a short headline in which the whole title stands


@dataclass(frozen=True, slots=True)
class DetectedTitle:
    """A title and the lines that print it."""

    name: str
    rows: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class TitleWords:
    """How titles end, which words never are one, and the notes in brackets behind them."""

    endings: tuple[str, ...]
    never: frozenset[str]
    tails: tuple[str, ...]


@cache
def words() -> TitleWords:
    """The bundled words of printed titles."""
    genres = official_words.genres()
    endings = (*genres.common, *genres.title)
    return TitleWords(endings, frozenset(genres.title_never), genres.title_tails)


@cache
def _speaking() -> re.Pattern[str]:
    """A title that begins with the office that issues it: 某局关于…."""
    offices = official_words.offices()
    office = any_of(offices.common, offices.speaking)
    return re.compile(rf"[\u3400-\u9fff（）()、]{{2,60}}{office}(?:关于|印发|转发|批转)")


@cache
def _joint_office() -> re.Pattern[str]:
    """The end of a line that names an office which issues the document with others."""
    offices = official_words.offices()
    return re.compile(rf"[\u3400-\u9fff]{{2,60}}{any_of(offices.common)}$")


@cache
def _whole_genre() -> re.Pattern[str]:
    """The end of a title that is not the first half of a longer one."""
    genres = official_words.genres()
    return re.compile(rf"{any_of(genres.common, genres.title_whole)}(?:[（(][^（()）]*[）)])?$")


def is_title(name: str, words: TitleWords) -> bool:
    """Whether a text can be a title: ends as titles do, brackets closed, no sentence.

    >>> words = TitleWords(("办法", "通知"), frozenset({"通知"}), ("试行",))
    >>> [is_title(name, words) for name in ("某市甲办法（试行）", "通知", "关于印发《甲", "现印发《甲办法》。")]
    [True, False, False, False]
    """
    bare = without_tail(name, words)
    if not 4 <= len(bare) <= _LONGEST or name in words.never or bare in words.never:
        return False
    if _NOT_TITLE.search(bare):
        return False
    return bare.rstrip("》").endswith(words.endings) and _balanced(name)


def without_tail(name: str, words: TitleWords) -> str:
    """The title without （试行） and the like."""
    while (hit := _TAIL.search(name)) and any(tail in hit[1] for tail in words.tails):
        name = name[: hit.start()]
    return name


def _balanced(name: str) -> bool:
    """Whether every bracket is closed by its own kind."""
    expected: list[str] = []
    for sign in name:
        if sign in _OPEN:
            expected.append(_SHUT[_OPEN.index(sign)])
        elif sign in _SHUT and (not expected or fold(expected.pop()) != fold(sign)):
            return False
    return not expected


def find(lines: Sequence[Line], words: TitleWords, context: str) -> DetectedTitle | None:
    """The first title within lines.

    Args:
        lines: of the letterhead.
        words: of printed titles.
        context: the whole text without blanks; where line breaks allow two readings of a title, the
            one that recurs in it is preferred.
    """
    for first in range(len(lines)):
        runs = [tuple(lines[first:last]) for last in range(first + 1, first + _ROWS + 1)]
        readings = [DetectedTitle(joined(run), run) for run in runs[: len(lines) - first]]
        titles = [title for title in readings if is_title(title.name, words)]
        if titles:
            best = _whole(_best(titles, context, words), lines[first:], words)
            return _without_column(best, words)
    return None


def _whole(title: DetectedTitle, rows: Sequence[Line], words: TitleWords) -> DetectedTitle:
    """The title that contains another, where a page's short headline stands above it."""
    for row in rows[len(title.rows) :][:_BELOW]:
        name = joined([row])
        if title.name in name and name != title.name and is_title(name, words):
            return DetectedTitle(name, (row,))
    return title


def _without_column(title: DetectedTitle, words: TitleWords) -> DetectedTitle:
    """The title without a column's name above it: 财税法规, 某局关于甲的通知."""
    for first in range(1, len(title.rows)):
        rows = title.rows[first:]
        name = joined(rows)
        # a title without its office: the line above has it, and belongs to the title
        has_office = not name.startswith(("关于", "印发", "转发"))
        above = unspaced(title.rows[first - 1].text)
        # so does the name of a joint issuer, other than a letterhead
        if _joint_office().search(above) and above not in name:
            break
        if has_office and _speaking().match(name) and is_title(name, words):
            return DetectedTitle(name, rows)
    return title


def joined(rows: Sequence[Line]) -> str:
    """Lines as one title, without blanks, a number before it, and number, date or state behind it."""
    whole = unspaced("".join(unspaced(row.text.strip("#* ")) for row in rows))
    for pattern in (_NUMBER_HEAD, _DATE_TAIL, _NUMBER_TAIL, _STATE_TAIL):
        whole = pattern.sub("", whole)
    inner = whole[1:-1]
    quoted = whole.startswith("《") and whole.endswith("》") and _balanced(inner)
    return inner if quoted else whole


def run_on(line: Line, words: TitleWords) -> DetectedTitle | None:
    """The title of a text whose first line also has its 题注 and its first article.

    >>> line = Line(0, 30, "某市办法（2013年6月5日公布） 第一章 总则")
    >>> run_on(line, TitleWords(("办法",), frozenset(), ()))
    DetectedTitle(name='某市办法', rows=(Line(start=0, end=18, text='某市办法（2013年6月5日公布）'),))
    """
    hit = _RUN_ON.match(line.text)
    name = joined([Line(0, 0, hit[1])]) if hit else ""
    if not hit or not is_title(name, words):
        return None
    return DetectedTitle(name, (Line(line.start, line.start + hit.end(), hit[0].strip()),))


def _best(titles: list[DetectedTitle], context: str, words: TitleWords) -> DetectedTitle:
    """Of titles that begin at one line, shortest first, the one that is whole."""
    shortest = titles[0]
    for title in reversed(titles[1:]):
        more = title.name[len(shortest.name) :]
        is_tail = _TAIL.fullmatch(more) and without_tail(title.name, words) != title.name
        if context.count(title.name) > 1 or is_tail:
            return title
    if "关于" in shortest.name and not _whole_genre().search(shortest.name):
        return next((title for title in titles if _whole_genre().search(title.name)), shortest)
    return shortest
