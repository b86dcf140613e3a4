"""Title matters: what a document's title says that it regulates, and to what it restricts itself.

Reads   corpus/patterns/title_matters.toml

Two titles can be as good as equal and speak of two matters: 消防 and 森林消防, the standing committee's rules
of procedure and the congress's. Which words exclude each other is therefore a list that a lawyer keeps.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.core import pattern_files, schema, toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA
from pipeline.core.schema import Keys
from pipeline.language import document_titles
from pipeline.language.lexicon import Lexicon
from pipeline.language.normalization import fold

PATH = DATA / "patterns/title_matters.toml"
_MARKS = re.compile(r"[〈〉《》<>()“”\"、,，\s]")
_ISSUER = re.compile(r"^[^关]{3,40}?关于(?=.*(?:决定|规定)$)")
_IMPLEMENTING = re.compile(r"^(?:组织)?实施(.+?)法?(?:实施)?办法$")
_IMPLEMENTED = re.compile(r"实施[〈《]([^〉》]+)[〉》]")
Restrictions = Mapping[str, frozenset[int]]  # group → numbers of its members that a title names


@dataclass(frozen=True, slots=True)
class RestrictionGroup:
    """Words that exclude one another: two of them, on two titles, are two matters.

    Attributes:
        pattern: finds the words, the longest first.
        member_by_word: word → number of the member that it names; synonyms share one.
    """

    group_id: str
    name: str
    pattern: re.Pattern[str]
    member_by_word: dict[str, int]


@dataclass(frozen=True, slots=True)
class TitleRules:
    """The words of titles that name no matter, and those that restrict one."""

    generic: frozenset[str]
    groups: list[RestrictionGroup]


@dataclass(frozen=True, slots=True)
class TitleMatter:
    """What one title is about: the terms of its matter, and its restrictions."""

    terms: list[str]
    restrictions: Restrictions


def load(path: Path = PATH) -> TitleRules:
    """Read the rules.

    Raises:
        CorpusError: an unknown or missing key, a word in two members of a group.
    """
    keys: Keys = {"id": str, "name": str, "members": schema.each(pattern_files.words)}
    groups = schema.tables(keys, label="id")
    content = toml_files.read(path, {"generic": pattern_files.words, "group": groups})
    return TitleRules(
        frozenset(content["generic"]),
        [
            _group(f"{path} [{row['id']}]", row["id"], row["name"], row["members"])
            for row in content["group"]
        ],
    )


def _group(
    where: str, group_id: str, name: str, members: list[tuple[str, ...]]
) -> RestrictionGroup:
    member_by_word: dict[str, int] = {}
    for number, member in enumerate(members):
        for word in member:
            if member_by_word.setdefault(word, number) != number:
                raise CorpusError(where, f"“{word}”同时属于两行", "只留一处")
    longest_first = sorted(member_by_word, key=lambda word: (-len(word), word))
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    return RestrictionGroup(group_id, name, pattern, member_by_word)


def subject(title: str, place: str) -> str:
    """A title without its place, its issuer before 关于, its marks, and 实施…法办法.

    >>> subject("甲市实施〈中华人民共和国档案法〉办法", "甲市"), subject("甲市人民代表大会关于代表议案的规定", "甲市")
    ('档案', '代表议案的规定')
    >>> subject("甲市人民代表大会议事规则", "甲市")
    '人民代表大会议事规则'
    """
    plain = _MARKS.sub("", fold(title)).replace("中华人民共和国", "").removeprefix(fold(place))
    plain = _ISSUER.sub("", plain)
    implementing = _IMPLEMENTING.match(plain)
    return implementing[1] if implementing else plain


def implemented(title: str) -> set[str]:
    """The act that a title says it implements, folded for matching; empty where there is none.

    >>> implemented("甲市实施《中华人民共和国档案法》办法"), implemented("甲市档案条例")
    ({'档案法'}, set())
    """
    return {document_titles.key(name) for name in _IMPLEMENTED.findall(title)}


def read(title: str, place: str, rules: TitleRules, words: Lexicon) -> TitleMatter:
    """The matter of a title.

    Args:
        title: of the document.
        place: name of its region, which the title begins with or not.
        rules: of the pattern file.
        words: the segmenter.
    """
    text = subject(title, place)
    terms = words.terms(words.cut(text))
    kept = [term for term in terms if term not in rules.generic]
    restrictions = {
        group.group_id: frozenset(group.member_by_word[word] for word in words_of_group)
        for group in rules.groups
        if (words_of_group := group.pattern.findall(text))
    }
    return TitleMatter(kept or terms, restrictions)


def excludes(a: Restrictions, b: Restrictions) -> bool:
    """Whether two titles name words of one group that exclude each other.

    >>> excludes({"medium": frozenset({0})}, {"medium": frozenset({1})}), excludes({"medium": frozenset({0})}, {})
    (True, False)
    """
    return any(not a[group] & b[group] for group in a.keys() & b.keys())


def is_narrower(a: Restrictions, b: Restrictions) -> bool:
    """Whether b restricts itself in a way that a does not: the special beside the general.

    >>> is_narrower({}, {"medium": frozenset({0})}), is_narrower({"medium": frozenset({0})}, {})
    (True, False)
    >>> is_narrower({"stage": frozenset({0})}, {"stage": frozenset({0, 1})})
    True
    """
    return any(named > a.get(group, frozenset()) for group, named in b.items())
