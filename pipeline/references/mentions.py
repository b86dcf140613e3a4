"""Mentions: where a text names a policy document or a provision of its own, and for what purpose."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.language import document_numbers, document_titles
from pipeline.language.document_numbers import DocNumber
from pipeline.language.document_titles import CitationRules as Rules
from pipeline.language.document_titles import QuotedTitle as Title
from pipeline.language.normalization import fold
from pipeline.references import pinpoints
from pipeline.references.pinpoints import Pinpoint

_ALIAS = re.compile(
    r"(?:[^()。\n]|\([^()。\n]*\)){0,60}?(?:以下|下)(?:统|合并)?(?:简)?称(?:为)?:?"
    r"[“\"《]{0,2}([^“”\"《》()。\n]{2,30})[”\"》]{0,2}"
)
# Mentions side by side are one; but in 根据《甲》,《乙》… the comma parts what is cited from the subject.
_JOINED = re.compile(r"(?P<by>根据|依据|依照|按照)?(?P<run>■+(?:[、,和及与以并\s]+■+)+)")
# 《甲》（以下简称乙）, 《甲》（某发〔2004〕6号）（以下简称乙）
_BRACKET = re.compile(
    r"\s?(?:\([^()\n]{1,40}(?:\(\d{4}\)[^()\n]{1,20})?\)\s?)?\((?=[^()\n]{0,60}(?:\([^()\n]*\))?[^()\n]{0,40}简?称)|\s?\("
)
_OPENING = re.compile(r"\s?\(")
_ISSUING = re.compile("[文件]*(?:公布|发布|颁布|印发|下发)?的?")  # between a number and a title
_PRECEDING = re.compile(
    r"(?<![提目当预])前(?:[两二三]|[一1])?(?:条(?![件例约款])|款(?!项)|项(?!目))"
)
_WITHIN = re.compile(r"本(?:条(?=的?第)|款(?=的?第))")


@dataclass(frozen=True, slots=True)
class Mention:
    """A document or provision named once: text[start:end].

    Attributes:
        start: offset of the mention.
        end: offset after it.
        relation: the purpose for which it is named: 引用, 依据, 废止 …; 本文 where `own`.
        name: of the document; None where only a number is given.
        number: of the document, folded.
        pinpoint: the provision named.
        relative: 前款, 前条, 本条 and the like, which mean a provision by where they stand.
        own: it is a provision of the text itself.
    """

    start: int
    end: int
    relation: str
    name: str | None = None
    number: str | None = None
    pinpoint: Pinpoint | None = None
    relative: str | None = None
    own: bool = False


def find(text: str, rules: Rules) -> list[Mention]:
    """Find all mentions of a text, in order and without overlap.

    Args:
        text: of a document.
        rules: of the pattern file.
    """
    folded = fold(text)
    titles = document_titles.find(text, rules)
    numbers = [n for n in document_numbers.find(text) if not _inside(n.start, titles)]
    aliases, definitions = _aliases(folded, titles)
    titles_in_use = [title for title in titles if title.start not in definitions]
    mentions: list[Mention] = []
    used: set[int] = set()  # offsets of the numbers that belong to a title
    for title in titles_in_use:
        mentions += _of_title(folded, title, numbers, aliases, rules, used)
    mentions += [m for m in _own(folded, rules) if not _inside(m.start, titles)]
    mentions += _same(folded, titles_in_use, rules)
    mentions += [
        Mention(n.start, n.end, "", number=n.folded)
        for n in numbers
        if n.start not in used and n.issuer_code
    ]
    return _with_relations(folded, _disjoint(mentions), rules)


def _inside(offset: int, titles: list[Title]) -> bool:
    return any(title.start <= offset < title.end for title in titles)


def _disjoint(mentions: list[Mention]) -> list[Mention]:
    """In order; of two that overlap the earlier, then the longer, stays."""
    disjoint: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not disjoint or mention.start >= disjoint[-1].end:
            disjoint.append(mention)
    return disjoint


def _aliases(text: str, titles: list[Title]) -> tuple[dict[str, str], set[int]]:
    """Alias → title, as a text defines it (以下简称《条例》); and the offsets of the aliases in definitions."""
    aliases: dict[str, str] = {}
    definitions: set[int] = set()
    for title in titles:
        bracket = _BRACKET.match(text, title.end)
        definition = _ALIAS.match(text, bracket.end()) if bracket else None
        if definition:
            aliases.setdefault(definition[1].strip(), title.name)
            start, end = definition.span()
            definitions |= {other.start for other in titles if start <= other.start <= end}
    return aliases, definitions


def _of_title(
    text: str,
    title: Title,
    numbers: list[DocNumber],
    aliases: dict[str, str],
    rules: Rules,
    used: set[int],
) -> Iterator[Mention]:
    """The mentions that a title makes with its number and the pinpoints after it, one for each pinpoint."""
    name = aliases.get(title.name, title.name)
    start, end, number = _with_number(text, title, numbers, used)
    following = pinpoints.follow(text, end)
    if not name.strip() or name in rules.generic:
        return
    if not (document_titles.is_policy(name, rules) or number or following):
        return
    folded = number.folded if number else None
    if not following:
        yield Mention(start, end, "", name, folded)
    for first, pinpoint in _starts(start, following):
        yield Mention(first, pinpoint.end, "", name, folded, pinpoint)


def _starts(start: int, following: list[Pinpoint]) -> Iterator[tuple[int, Pinpoint]]:
    """Each pinpoint with the start of its mention: the first begins with the name before it."""
    for count, pinpoint in enumerate(following):
        yield (pinpoint.start if count else start), pinpoint


def _with_number(
    text: str, title: Title, numbers: list[DocNumber], used: set[int]
) -> tuple[int, int, DocNumber | None]:
    """Start and end of a title with its number: 《甲》（…号…） or …号《甲》; and the number."""
    end = title.end
    if bracket := _OPENING.match(text, end):
        close = _close(text, bracket.end() - 1)
        inside = [n for n in numbers if bracket.end() <= n.start < close]
        if inside:
            used |= {n.start for n in inside}
            return title.start, close, inside[0]
        if close and re.search("以下|下称|简称", text[end:close]) and pinpoints.follow(text, close):
            end = close  # 《甲》（以下简称乙）第三条
    for n in numbers:
        if n.start in used:
            continue
        if title.end <= n.start <= title.end + 1 and not text[title.end : n.start].strip():
            used.add(n.start)
            return title.start, n.end, n
        near = 0 <= title.start - n.end <= 6
        if near and _ISSUING.fullmatch(text[n.end : title.start]):
            used.add(n.start)
            return n.start, end, n
    return title.start, end, None


def _close(text: str, opened: int) -> int:
    """Just after the bracket that closes the one at `opened`; 0 where none does on the line."""
    depth = 0
    for offset in range(opened, min(opened + 120, len(text))):
        depth += {"(": 1, ")": -1}.get(text[offset], 0)
        if depth == 0:
            return offset + 1
        if text[offset] == "\n":
            break
    return 0


def _own(text: str, rules: Rules) -> Iterator[Mention]:
    """本办法第三条、第五条; 本条第二款; 前款, 前款第二项."""
    for match in rules.own.finditer(text):
        for start, pinpoint in _starts(match.start(), pinpoints.follow(text, match.end())):
            yield Mention(start, pinpoint.end, "", pinpoint=pinpoint, own=True)
    for match in (*_WITHIN.finditer(text), *_PRECEDING.finditer(text)):
        following = [p for p in pinpoints.follow(text, match.end()) if not p.article]
        if not following and match[0].startswith("前"):
            yield Mention(match.start(), match.end(), "", relative=match[0], own=True)
        for start, pinpoint in _starts(match.start(), following):
            yield Mention(start, pinpoint.end, "", pinpoint=pinpoint, relative=match[0], own=True)


def _same(text: str, titles: list[Title], rules: Rules) -> Iterator[Mention]:
    """同法第三条: of the document named before on the same line, if it is the only one and of that genre."""
    for match in rules.same.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        genre = re.sub("^(?:同|该|上述)", "", match[0])
        names = {title.name for title in titles if line <= title.start < match.start()}
        if len(names) == 1 and (name := names.pop()).rstrip("》").endswith(genre):
            for start, pinpoint in _starts(match.start(), pinpoints.follow(text, match.end())):
                yield Mention(start, pinpoint.end, "", name, pinpoint=pinpoint)


def _with_relations(text: str, mentions: list[Mention], rules: Rules) -> list[Mention]:
    """Each mention with its relation, read from its sentence."""
    characters = list(text)
    for m in mentions:
        if not m.own:
            characters[m.start : m.end] = "■" * (m.end - m.start)
    masked = _JOINED.sub(_join, "".join(characters))
    return [
        replace(m, relation="本文" if m.own else relation(masked, m.start, m.end, rules))
        for m in mentions
    ]


def _join(match: re.Match[str]) -> str:
    """Mask what stands between mentions side by side."""
    if match["by"] and "," in match[0]:
        return match[0]
    return (match["by"] or "") + "■" * len(match["run"])


def relation(masked: str, start: int, end: int, rules: Rules) -> str:
    """The purpose for which a document is mentioned; 引用 where its sentence shows no other.

    Args:
        masked: the text with all mentions as ■.
        start: of the mention.
        end: of the mention.
        rules: of the patterns file.
    """
    sentence_start = max(masked.rfind(mark, 0, start) for mark in "。\n") + 1
    marks = [offset for mark in "。\n" if (offset := masked.find(mark, end)) >= 0]
    before = masked[max(sentence_start, start - 300) : start]
    after = masked[end : min([end + 300, *marks])]
    for name, left, right in rules.relations:
        if (left is None or left.search(before)) and (right is None or right.search(after)):
            return name
    return "引用"
