"""Titles: names of documents in 《》, as printed and folded for matching, and what a longer name holds.

《〈甲〉实施细则》, 《甲》实施细则 and 关于修改《甲》的决定 are one name each.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.core import pattern_files
from pipeline.core.paths import DATA
from pipeline.language.normalization import fold

PATH = DATA / "patterns" / "citations.toml"
_LISTS = {"policy", "never", "generic"}
_EXPRESSIONS = {"after_title", "before_title", "after_before", "wrapped_before", "wrapped_after", "own", "same", "listed_ended", "listed_kept"}  # fmt: skip
_LONGEST = 160
_REVISED = re.compile(
    r"\((?:试行|暂行|修订|修正|[^()]{0,16}(?:修正|修订|修改)(?:版|本|稿)?|(?:19|20)\d\d年?版?)\)$"
)
_MARKS = re.compile(r"[\s()《》<>“”‘’\"'·•・‧∙⋅.,、—\-_]")
_ISSUING = re.compile(
    r"(?:关于)?(?:(?:公开|再次|向社会)*征求(?=[《〈])|(?:同意|批准)(?=[《〈])|印发|发布|公布|颁布|颁发|下发|批转|转发|印送)"
)
_NOTICE = re.compile(r"的?(?:通知|公告|通告|决定|命令|函|批复)$")
_LEAD = re.compile(
    r"^(?:根据|依据|依照|按照|按|见|和|与|及|以及|对|将|在|由|的|等|遵照|参照|违反|符合)+"
)

Relation = tuple[str, re.Pattern[str] | None, re.Pattern[str] | None]  # name, before, after


@dataclass(frozen=True, slots=True)
class Title:
    """A name in a text: text[start:end] is all of it, name without its own outer 书名号."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Rules:
    """What corpus/patterns/citations.toml says of names."""

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


def load(path: Path) -> Rules:
    """Read the rules.

    Raises:
        CorpusError: an unknown or missing key, a faulty expression, a relation without any.
    """
    content = pattern_files.load(
        path, _EXPRESSIONS, _LISTS, {"relation": {"name", "before", "after"}}
    )
    relations: list[Relation] = []
    for count, row in enumerate(content["relation"], 1):
        where = f"{path} [[relation]] 第 {count} 条"
        left, right = (
            pattern_files.expression(where, key, row[key]) if key in row else None
            for key in ("before", "after")
        )
        relations.append((str(row["name"]), left, right))
    named = {key: content[key] for key in _EXPRESSIONS}
    return Rules(
        policy=_endings(content["policy"]), never=_endings(content["never"]),
        generic=frozenset(content["generic"]), relations=relations, **named,
    )  # fmt: skip


def _endings(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(map(re.escape, words)) + ")$")


def find(text: str, rules: Rules) -> list[Title]:
    """Find the names in a text, in order and without overlap; whether they are policy is not asked.

    >>> [t.name for t in find("见《某条例》实施细则和《关于修改〈某法〉的决定》", load(PATH))]
    ['《某条例》实施细则', '关于修改〈某法〉的决定']
    """
    folded = fold(text)
    found: list[Title] = []
    for start, end in _spans(folded):
        if not found or start >= found[-1].end:
            begins, ends = _whole(folded, start, end, rules)
            shown = text[begins + 1 : ends - 1] if (begins, ends) == (start, end) else text[begins:ends]  # fmt: skip
            found.append(Title(begins, ends, re.sub(r"\s", "", shown)))
    return found


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Outermost 《…》 of one line; where they do not match, the innermost."""
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


def _whole(text: str, start: int, end: int, rules: Rules) -> tuple[int, int]:
    """Where the name begins and ends with what belongs to it outside its 书名号."""
    line = text.rfind("\n", 0, start) + 1
    before = text[max(line, start - 40) : start]
    wrapped = rules.wrapped_before.search(before)
    if wrapped and (after := rules.wrapped_after.match(text, end)):
        return start - len(before) + wrapped.start(), after.end()
    placed = rules.before_title.search(before)
    if placed and (after := rules.after_before.match(text, end)):
        lead = _LEAD.match(placed[0])
        return start - len(placed[0]) + (lead.end() if lead else 0), after.end()
    if after := rules.after_title.match(text, end):
        return start, after.end()
    return start, end


def is_policy(name: str, rules: Rules) -> bool:
    """Whether a name is that of a policy text, by its ending.

    >>> rules = load(PATH)
    >>> [is_policy(n, rules) for n in ("某条例（试行）", "居住证", "某市居住证管理办法", "某某日报")]
    [True, False, True, False]
    """
    plain = re.sub(r"\([^()]*\)$", "", fold(name).replace(" ", "")).rstrip("》)")
    return bool(rules.policy.search(plain)) and not rules.never.search(plain)


def key(title: str) -> str:
    """A title's form for matching: no brackets, blanks, dots, 中华人民共和国, （试行）, （…修正）.

    >>> key("中华人民共和国土地管理法（2019年修正）"), key("某省实施〈中华人民共和国土地管理法〉办法（试行）")
    ('土地管理法', '某省实施土地管理法办法')
    """
    plain = re.sub(r"\s", "", fold(title))
    while revised := _REVISED.search(plain):
        plain = plain[: revised.start()]
    return _MARKS.sub("", plain).replace("中华人民共和国", "")


def inner(title: str) -> str | None:
    """The name of the text that a notice hands out, approves or asks opinions on.

    >>> inner("某市人民政府关于印发《某办法（试行）》的通知"), inner("关于印发某市甲细则的通知")
    ('某办法（试行）', '某市甲细则')
    >>> inner("关于公开征求《某办法（征求意见稿）》意见的公告"), inner("关于同意〈某规划〉的批复")
    ('某办法（征求意见稿）', '某规划')
    >>> inner("关于实施《某法》若干问题的意见"), inner("印发《甲〈乙〉办法》的通知"), inner("某办法")
    (None, '甲〈乙〉办法', None)
    """
    plain = re.sub(r"\s", "", title)
    hit = _ISSUING.search(plain)
    if not hit or not _NOTICE.search(plain):
        return None
    rest = _NOTICE.sub("", plain[hit.end() :])
    if rest[:1] in ("《", "〈"):
        return _quoted(rest)
    return rest if len(rest) >= 4 else None


def _quoted(text: str) -> str | None:
    """What stands in the outermost brackets at the beginning."""
    depth = 0
    for place, c in enumerate(text):
        depth += (c in "《〈") - (c in "》〉")
        if depth == 0:
            return text[1:place]
    return None


def issuer(title: str) -> str:
    """Who speaks, where a title says 某机关关于…; empty where it does not.

    >>> issuer("某市人民政府办公厅关于某事的意见"), issuer("某办法")
    ('某市人民政府', '')
    """
    plain = re.sub(r"\s", "", fold(title))
    found = re.match(r"([^《》,。]{3,60}?)关于", plain)
    return re.sub(r"办公[厅室]$", "", found[1]) if found else ""
