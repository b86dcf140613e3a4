"""Document titles in 《》: found in a text, folded for matching, and taken apart.

《〈甲〉实施细则》, 《甲》实施细则 and 关于修改《甲》的决定 are one title each.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.core import pattern_files
from pipeline.core.paths import DATA
from pipeline.language import official_words
from pipeline.language.normalization import fold

PATH = DATA / "patterns" / "citations.toml"
_EXPRESSIONS = {
    "after_title",
    "before_title",
    "after_before",
    "wrapped_before",
    "wrapped_after",
    "own",
    "same",
    "listed_ended",
    "listed_kept",
}
_LONGEST = 160  # characters of a title
_REVISED = re.compile(
    r"\((?:试行|暂行|修订|修正|[^()]{0,16}(?:修正|修订|修改)(?:版|本|稿)?|(?:19|20)\d\d年?版?)\)$"
)
_MARKS = re.compile(r"[\s()《》<>“”‘’\"'·•・‧∙⋅.,、—\-_]")
_ISSUING = re.compile(
    r"(?:关于)?(?:(?:公开|再次|向社会)*征求(?=[《〈])|(?:同意|批准)(?=[《〈])|印发|发布|公布|颁布|颁发|下发|批转|转发|印送)"
)
_LEAD = re.compile(
    r"^(?:根据|依据|依照|按照|按|见|和|与|及|以及|对|将|在|由|的|等|遵照|参照|违反|符合)+"
)

Relation = tuple[str, re.Pattern[str] | None, re.Pattern[str] | None]  # name, before, after


@dataclass(frozen=True, slots=True)
class QuotedTitle:
    """A title in a text: text[start:end] is all of it, name is without its own outer 书名号."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class CitationRules:
    """corpus/patterns/citations.toml, and the genres of cited documents from genres.toml."""

    policy: re.Pattern[str]
    never: re.Pattern[str]
    generic: frozenset[str]
    after_title: re.Pattern[str]
    before_title: re.Pattern[str]
    after_before: re.Pattern[str]
    wrapped_before: re.Pattern[str]
    wrapped_after: re.Pattern[str]
    own: re.Pattern[str]
    same: re.Pattern[str]
    listed_ended: re.Pattern[str]
    listed_kept: re.Pattern[str]
    relations: list[Relation]


def load(path: Path) -> CitationRules:
    """Read the rules.

    Raises:
        CorpusError: an unknown or missing key, a faulty expression, a relation without any.
    """
    content = pattern_files.load(
        path, _EXPRESSIONS, set(), {"relation": {"name", "before", "after"}}
    )
    relations: list[Relation] = []
    for count, row in enumerate(content["relation"], 1):
        where = f"{path} [[relation]] 第 {count} 条"
        before, after = (
            pattern_files.expression(where, key, row[key]) if key in row else None
            for key in ("before", "after")
        )
        relations.append((str(row["name"]), before, after))
    genres = official_words.genres()
    return CitationRules(
        policy=re.compile(official_words.any_of(genres.common, genres.policy) + "$"),
        never=re.compile(official_words.any_of(genres.policy_never) + "$"),
        generic=frozenset(genres.generic),
        relations=relations,
        **{key: content[key] for key in _EXPRESSIONS},
    )


def find(text: str, rules: CitationRules) -> list[QuotedTitle]:
    """Find the titles in a text, in order and without overlap; they need not be of policy documents.

    >>> [t.name for t in find("见《某条例》实施细则和《关于修改〈某法〉的决定》", load(PATH))]
    ['《某条例》实施细则', '关于修改〈某法〉的决定']
    """
    folded = fold(text)
    titles: list[QuotedTitle] = []
    for start, end in _spans(folded):
        if titles and start < titles[-1].end:
            continue
        first, last = _extended(folded, start, end, rules)
        is_quoted_whole = (first, last) == (start, end)
        name = text[first + 1 : last - 1] if is_quoted_whole else text[first:last]
        titles.append(QuotedTitle(first, last, re.sub(r"\s", "", name)))
    return titles


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """The bounds of outermost 《…》 within a line; where brackets do not match, of the innermost."""
    at = 0
    while (start := text.find("《", at)) >= 0:
        end = _closing(text, start)
        if end is None:
            end = text.find("》", start) + 1
            line = text.find("\n", start)
            if not end or (line >= 0 and line < end) or end - start > _LONGEST:
                at = start + 1
                continue
            start = text.rfind("《", start, end)
        yield start, end
        at = end


def _closing(text: str, start: int) -> int | None:
    depth = 0
    for at in range(start, min(start + _LONGEST, len(text))):
        if text[at] == "《":
            depth += 1
        elif text[at] == "》":
            depth -= 1
            if depth == 0:
                return at + 1
        elif text[at] in "\n。":
            return None
    return None


def _extended(text: str, start: int, end: int, rules: CitationRules) -> tuple[int, int]:
    """The bounds of a title, with the words outside its 书名号 that belong to it."""
    line = text.rfind("\n", 0, start) + 1
    before = text[max(line, start - 40) : start]
    wrapped = rules.wrapped_before.search(before)
    if wrapped and (after := rules.wrapped_after.match(text, end)):
        return start - len(before) + wrapped.start(), after.end()
    place = rules.before_title.search(before)
    if place and (after := rules.after_before.match(text, end)):
        lead = _LEAD.match(place[0])
        return start - len(place[0]) + (lead.end() if lead else 0), after.end()
    if after := rules.after_title.match(text, end):
        return start, after.end()
    return start, end


def is_policy(name: str, rules: CitationRules) -> bool:
    """Whether a title is that of a policy document, by its ending.

    >>> rules = load(PATH)
    >>> [is_policy(n, rules) for n in ("某条例（试行）", "居住证", "某市居住证管理办法", "某某日报")]
    [True, False, True, False]
    """
    plain = re.sub(r"\([^()]*\)$", "", fold(name).replace(" ", "")).rstrip("》)")
    return bool(rules.policy.search(plain)) and not rules.never.search(plain)


def key(title: str) -> str:
    """A title folded for matching: no brackets, blanks, dots, 中华人民共和国, （试行）, （…修正）.

    >>> key("中华人民共和国土地管理法（2019年修正）"), key("某省实施〈中华人民共和国土地管理法〉办法（试行）")
    ('土地管理法', '某省实施土地管理法办法')
    """
    plain = re.sub(r"\s", "", fold(title))
    while revised := _REVISED.search(plain):
        plain = plain[: revised.start()]
    return _MARKS.sub("", plain).replace("中华人民共和国", "")


@cache
def _notice() -> re.Pattern[str]:
    return re.compile(f"的?{official_words.any_of(official_words.genres().notice)}$")


def inner(title: str) -> str | None:
    """The title of the document that a notice issues, approves or asks opinions on.

    >>> inner("某市人民政府关于印发《某办法（试行）》的通知"), inner("关于印发某市甲细则的通知")
    ('某办法（试行）', '某市甲细则')
    >>> inner("关于公开征求《某办法（征求意见稿）》意见的公告"), inner("关于同意〈某规划〉的批复")
    ('某办法（征求意见稿）', '某规划')
    >>> inner("关于实施《某法》若干问题的意见"), inner("印发《甲〈乙〉办法》的通知"), inner("某办法")
    (None, '甲〈乙〉办法', None)
    """
    plain = re.sub(r"\s", "", title)
    hit = _ISSUING.search(plain)
    if not hit or not _notice().search(plain):
        return None
    rest = _notice().sub("", plain[hit.end() :])
    if rest[:1] in ("《", "〈"):
        return _quoted(rest)
    return rest if len(rest) >= 4 else None


def _quoted(text: str) -> str | None:
    """The text in the outermost brackets at the beginning; None where they are not closed."""
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign in "《〈") - (sign in "》〉")
        if depth == 0:
            return text[1:at]
    return None


def issuer(title: str) -> str:
    """The office before 关于 in a title, 某机关关于…; empty where there is none.

    >>> issuer("某市人民政府办公厅关于某事的意见"), issuer("某办法")
    ('某市人民政府', '')
    """
    plain = re.sub(r"\s", "", fold(title))
    hit = re.match(r"([^《》,。]{3,60}?)关于", plain)
    return re.sub(r"办公[厅室]$", "", hit[1]) if hit else ""
