"""Mentions: where a text names a policy document or a provision of its own, and what for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.language import document_numbers, document_titles
from pipeline.language.document_numbers import DocNumber
from pipeline.language.document_titles import CitationRules as Rules
from pipeline.language.document_titles import QuotedTitle as Title
from pipeline.language.normalization import fold
from pipeline.references import pinpoints
from pipeline.references.pinpoints import Place

_ALIAS = re.compile(r"(?:[^()。\n]|\([^()。\n]*\)){0,60}?(?:以下|下)(?:统|合并)?(?:简)?称(?:为)?:?[“\"《]{0,2}([^“”\"《》()。\n]{2,30})[”\"》]{0,2}")  # fmt: skip
# Mentions side by side are one; but 根据《甲》,《乙》… parts what is cited from what is spoken of.
_JOINED = re.compile(r"(?P<by>根据|依据|依照|按照)?(?P<run>■+(?:[、,和及与以并\s]+■+)+)")
# 《甲》（以下简称乙）, 《甲》（某发〔2004〕6号）（以下简称乙）
_BRACKET = re.compile(
    r"\s?(?:\([^()\n]{1,40}(?:\(\d{4}\)[^()\n]{1,20})?\)\s?)?\((?=[^()\n]{0,60}(?:\([^()\n]*\))?[^()\n]{0,40}简?称)|\s?\("
)
_NEAR = re.compile(r"(?<![提目当预])前(?:[两二三]|[一1])?(?:条(?![件例约款])|款(?!项)|项(?!目))")
_WITHIN = re.compile(r"本(?:条(?=的?第)|款(?=的?第))")


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing named once: text[start:end].

    `name` is None where only a number is given; `near` holds 前款, 前条, 本条 and the like, which only
    their place can resolve; `own` is a mention of the text itself.
    """

    start: int
    end: int
    relation: str
    name: str | None = None
    number: str | None = None
    place: Place | None = None
    near: str | None = None
    own: bool = False


def find(text: str, rules: Rules) -> list[Mention]:
    """Find all mentions of a text, in order and without overlap."""
    folded = fold(text)
    names = document_titles.find(text, rules)
    numbers = [n for n in document_numbers.find(text) if not _inside(n.start, names)]
    aliases, defining = _aliases(folded, names)
    found: list[Mention] = []
    used: set[int] = set()
    kept = [name for name in names if name.start not in defining]
    for name in kept:
        found += _named(folded, name, numbers, aliases, rules, used)
    found += [m for m in _own(folded, rules) if not _inside(m.start, names)]
    found += _same(folded, kept, rules)
    found += [
        Mention(n.start, n.end, "", number=n.folded)
        for n in numbers
        if n.start not in used and n.issuer_code
    ]
    return _related(folded, _apart(found), rules)


def _inside(at: int, names: list[Title]) -> bool:
    return any(name.start <= at < name.end for name in names)


def _apart(found: list[Mention]) -> list[Mention]:
    """In order; of two that overlap the earlier, then the longer, stays."""
    kept: list[Mention] = []
    for each in sorted(found, key=lambda m: (m.start, -m.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _aliases(text: str, names: list[Title]) -> tuple[dict[str, str], set[int]]:
    """Short names that a text explains (以下简称《条例》), and where the explaining ones stand."""
    found: dict[str, str] = {}
    defining: set[int] = set()
    for name in names:
        opened = _BRACKET.match(text, name.end)
        said = _ALIAS.match(text, opened.end()) if opened else None
        if said:
            found.setdefault(said[1].strip(), name.name)
            defining |= {
                each.start for each in names if said.start() <= each.start < said.end() + 1
            }
    return found, defining


def _named(
    text: str, name: Title, numbers: list[DocNumber], aliases: dict[str, str], rules: Rules,
    used: set[int],
) -> Iterator[Mention]:  # fmt: skip
    """A name with its number and the places named of it."""
    full = aliases.get(name.name, name.name)
    start, end, number = _numbered(text, name, numbers, used)
    at = pinpoints.follow(text, end)
    if not full.strip() or full in rules.generic:
        return
    if not (document_titles.is_policy(full, rules) or number or at):
        return
    folded = number.folded if number else None
    if not at:
        yield Mention(start, end, "", full, folded)
    for begins, place in _spread(start, at):
        yield Mention(begins, place.end, "", full, folded, place)


def _spread(start: int, at: list[Place]) -> Iterator[tuple[int, Place]]:
    """Where the mention of each place begins: the first with the name before it."""
    for count, place in enumerate(at):
        yield (place.start if count else start), place


def _numbered(
    text: str, name: Title, numbers: list[DocNumber], used: set[int]
) -> tuple[int, int, DocNumber | None]:
    """Where a name begins and ends with its number: 《甲》（…号…） or …号《甲》."""
    end = name.end
    if bracket := re.compile(r"\s?\(").match(text, end):
        close = _close(text, bracket.end() - 1)
        inside = [n for n in numbers if bracket.end() <= n.start < close]
        if inside:
            used |= {n.start for n in inside}
            return name.start, close, inside[0]
        if close and re.search("以下|下称|简称", text[end:close]) and pinpoints.follow(text, close):
            end = close  # 《甲》（以下简称乙）第三条
    for n in numbers:
        if n.start in used:
            continue
        if name.end <= n.start <= name.end + 1 and not text[name.end : n.start].strip():
            used.add(n.start)
            return name.start, n.end, n
        gap = text[n.end : name.start]
        if 0 <= name.start - n.end <= 6 and re.fullmatch(
            r"[文件]*(?:公布|发布|颁布|印发|下发)?的?", gap
        ):
            used.add(n.start)
            return n.start, end, n
    return name.start, end, None


def _close(text: str, opened: int) -> int:
    """Just after the bracket that closes the one at `opened`; 0 where none does on the line."""
    depth = 0
    for at in range(opened, min(opened + 120, len(text))):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0:
            return at + 1
        if text[at] == "\n":
            break
    return 0


def _own(text: str, rules: Rules) -> Iterator[Mention]:
    """本办法第三条、第五条; 本条第二款; 前款, 前款第二项."""
    for hit in rules.own.finditer(text):
        for begins, place in _spread(hit.start(), pinpoints.follow(text, hit.end())):
            yield Mention(begins, place.end, "", place=place, own=True)
    for hit in (*_WITHIN.finditer(text), *_NEAR.finditer(text)):
        at = [place for place in pinpoints.follow(text, hit.end()) if not place.article]
        if not at and hit[0].startswith("前"):
            yield Mention(hit.start(), hit.end(), "", near=hit[0], own=True)
        for begins, place in _spread(hit.start(), at):
            yield Mention(begins, place.end, "", place=place, near=hit[0], own=True)


def _same(text: str, names: list[Title], rules: Rules) -> Iterator[Mention]:
    """同法第三条: of the one document named before on the same line that can be meant."""
    for hit in rules.same.finditer(text):
        line = text.rfind("\n", 0, hit.start()) + 1
        noun = re.sub("^(?:同|该|上述)", "", hit[0])
        before = {n.name for n in names if line <= n.start < hit.start()}
        at = pinpoints.follow(text, hit.end())
        if len(before) == 1 and (name := before.pop()).rstrip("》").endswith(noun):
            for begins, place in _spread(hit.start(), at):
                yield Mention(begins, place.end, "", name, place=place)


def _related(text: str, found: list[Mention], rules: Rules) -> list[Mention]:
    """Each mention with what it is made for, read from its sentence."""
    masked = list(text)
    for m in found:
        if not m.own:
            masked[m.start : m.end] = "■" * (m.end - m.start)
    plain = _JOINED.sub(
        lambda hit: (
            hit[0] if hit["by"] and "," in hit[0] else (hit["by"] or "") + "■" * len(hit["run"])
        ),
        "".join(masked),
    )
    return [
        Mention(m.start, m.end, "本文" if m.own else relation(plain, m.start, m.end, rules),
                m.name, m.number, m.place, m.near, m.own)
        for m in found
    ]  # fmt: skip


def relation(masked: str, start: int, end: int, rules: Rules) -> str:
    """What a mention is made for; 引用 where nothing else is said.

    Args:
        masked: the text with all mentions as ■.
        start: of the mention.
        end: of the mention.
        rules: of the patterns file.
    """
    begins = max(masked.rfind(mark, 0, start) for mark in "。\n") + 1
    ends = min((at for mark in "。\n" if (at := masked.find(mark, end)) >= 0), default=len(masked))
    before, after = masked[max(begins, start - 300) : start], masked[end : min(ends, end + 300)]
    for name, left, right in rules.relations:
        if (left is None or left.search(before)) and (right is None or right.search(after)):
            return name
    return "引用"
