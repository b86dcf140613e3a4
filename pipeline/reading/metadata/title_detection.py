"""Titles: which lines of a paper's head are its title, and the name in 《》 that it carries."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.language.lines import Line, close
from pipeline.language.normalization import fold

_OPEN, _SHUT = "《〈（(〔[【“", "》〉）)〕]】”"
_NUMBER_TAIL = re.compile(r"[（(][^（()）]{1,14}[〔\[［（(【]?\d{4}[〕\]］）)】]?\s*第?\d+号[）)]$")
_DATE_TAIL = re.compile(r"[（(][^（()）]{0,12}\d{4}年\d{1,2}月\d{1,2}日[^（()）]{0,80}[）)]$")
_TAIL = re.compile(r"[（(〔]([^（()）]{1,12})[）)〕]$")
_NUMBER_HEAD = re.compile(
    r"^[\u3400-\u9fff]{1,12}[〔\[［（(【]\d{4}[〕\]］）)】]\s*第?\d+号(?=《|[\u3400-\u9fff]{2,40}关于)"
)
_STATE_TAIL = re.compile(r"[（(](?:已|全文)?(?:废止|失效|现行有效|部分失效)[）)]$")
_SPEAKING = re.compile(
    r"[\u3400-\u9fff（）()、]{2,60}(?:政府|委员会|局|厅|办公室|办公厅|部|院|会|委|办|署)(?:关于|印发|转发|批转)"
)
_GENRE = re.compile(
    r"(?:通知|意见|公告|通告|决定|决议|批复|函|请示|报告|命令|公报|解读|说明|解释|规定|办法|措施|方案|细则|条例)(?:[（(][^（()）]*[）)])?$"
)
_OFFICE = re.compile(r"[\u3400-\u9fff]{2,60}(?:委员会|局|厅|办公室|办公厅|部|院|会|委|办|署)$")
_RUN_ON = re.compile(
    r"([^，。；：]{4,80}?)\s*([（(][^（()）]{0,90}[）)])?\s*(?=第\s*[一1]\s*[章条])"
)
_LONGEST, _ROWS = 110, 5


@dataclass(frozen=True, slots=True)
class Title:
    """A title and the lines that print it."""

    name: str
    rows: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class TitleWords:
    """How titles end, what only looks like one, and what stands behind in brackets."""

    endings: tuple[str, ...]
    never: frozenset[str]
    tails: tuple[str, ...]


def is_title(name: str, words: TitleWords) -> bool:
    """Whether words can be a title: ends as titles do, brackets closed, no sentence.

    >>> words = TitleWords(("办法", "通知"), frozenset({"通知"}), ("试行",))
    >>> [is_title(name, words) for name in ("某市甲办法（试行）", "通知", "关于印发《甲", "现印发《甲办法》。")]
    [True, False, False, False]
    """
    bare = without_tail(name, words)
    if not 4 <= len(bare) <= _LONGEST or name in words.never or bare in words.never:
        return False
    if re.search(r"[。；！？，|>›»]|[:：]$|^\d{1,2}[.、．]|^[（(【\[]|^现将|^附件", bare):
        return False
    return bare.rstrip("》").endswith(words.endings) and _balanced(name)


def without_tail(name: str, words: TitleWords) -> str:
    """The name without （试行） and the like."""
    while (hit := _TAIL.search(name)) and any(tail in hit[1] for tail in words.tails):
        name = name[: hit.start()]
    return name


def _balanced(name: str) -> bool:
    depth: list[str] = []
    for c in name:
        if c in _OPEN:
            depth.append(_SHUT[_OPEN.index(c)])
        elif c in _SHUT and (not depth or fold(depth.pop()) != fold(c)):
            return False
    return not depth


def find(lines: Sequence[Line], words: TitleWords, known: str) -> Title | None:
    """The first title within lines.

    Args:
        lines: of the masthead.
        words: how titles look.
        known: the whole text without blanks; of two ways to read broken lines, the one holds that is said again.
    """
    for first in range(len(lines)):
        rows = [tuple(lines[first:last]) for last in range(first + 1, first + _ROWS + 1)]
        named = [Title(joined(each), each) for each in rows[: len(lines) - first]]
        found = [title for title in named if is_title(title.name, words)]
        if found:
            best = _whole(_best(found, known, words), lines[first:], words)
            return _without_column(best, words)
    return None


def _whole(title: Title, rows: Sequence[Line], words: TitleWords) -> Title:
    """The title that holds another, where a page's short headline stands above it."""
    for row in rows[len(title.rows) :][:4]:
        name = joined([row])
        if title.name in name and name != title.name and is_title(name, words):
            return Title(name, (row,))
    return title


def _without_column(title: Title, words: TitleWords) -> Title:
    """The title without a column's name above it: 财税法规, 某局关于甲的通知."""
    for first in range(1, len(title.rows)):
        rows = title.rows[first:]
        name = joined(rows)
        own = not name.startswith(
            ("关于", "印发", "转发")
        )  # an office on the line above belongs to it
        above = close(title.rows[first - 1].text)
        if _OFFICE.search(above) and above not in name:
            break  # so does one that speaks with it, other than a letterhead
        if own and _SPEAKING.match(name) and is_title(name, words):
            return Title(name, rows)
    return title


def joined(rows: Sequence[Line]) -> str:
    """Lines as one title: no blanks; no number, date or state in brackets behind; no number before."""
    whole = close("".join(close(row.text.strip("#* ")) for row in rows))
    for pattern in (_NUMBER_HEAD, _DATE_TAIL, _NUMBER_TAIL, _STATE_TAIL):
        whole = pattern.sub("", whole)
    inner = whole[1:-1]
    quoted = whole.startswith("《") and whole.endswith("》") and _balanced(inner)
    return inner if quoted else whole


def run_on(line: Line, words: TitleWords) -> Title | None:
    """The title of a text whose first line goes on with its 题注 and its first article.

    >>> line = Line(0, 30, "某市办法（2013年6月5日公布） 第一章 总则")
    >>> run_on(line, TitleWords(("办法",), frozenset(), ()))
    Title(name='某市办法', rows=(Line(start=0, end=18, text='某市办法（2013年6月5日公布）'),))
    """
    hit = _RUN_ON.match(line.text)
    name = joined([Line(0, 0, hit[1])]) if hit else ""
    if not hit or not is_title(name, words):
        return None
    return Title(name, (Line(line.start, line.start + hit.end(), hit[0].strip()),))


def _best(found: list[Title], known: str, words: TitleWords) -> Title:
    """Of titles that begin at one line the shortest that is whole."""
    shortest = found[0]
    for title in reversed(found[1:]):
        more = title.name[len(shortest.name) :]
        if known.count(title.name) > 1 or (
            _TAIL.fullmatch(more) and without_tail(title.name, words) != title.name
        ):
            return title
    if "关于" in shortest.name and not _GENRE.search(shortest.name):
        return next((title for title in found if _GENRE.search(title.name)), shortest)
    return shortest
