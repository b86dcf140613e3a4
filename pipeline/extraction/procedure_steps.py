"""Steps: who must do what, and by when, in a procedure: 申请 受理 审查 公示 决定 发证 拨付 备案."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.core.records import Measure

_LINE = re.compile(r"[^\n]+")
_SENTENCE = re.compile(r"[^。;\n]+")
_ITEM = re.compile(r"\s*(?:\([一二三四五六七八九十\d]+\)|\d+[.、])")
_PIECE = re.compile(r"[^,:]+")
_NEXT = re.compile("并(?![网联处购轨入])")
_MARK = re.compile(
    r"\s*(?:第[^\s条]{1,9}条(?:之一)?\s*|\([一二三四五六七八九十\d]+\)|\d+[.、]\s*)?"
)
_OFFICE = re.compile("[^,。;、和或]{0,14}?(?:部门|机构|局)")


@dataclass(frozen=True, slots=True)
class Department:
    """Where a clause names a department, and its canonical name."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a procedure: text[start:end]."""

    type: str
    start: int
    end: int
    deadline: Measure | None
    actor: str | None


@dataclass(frozen=True, slots=True)
class Type:
    """How a type of condition or step is worded.

    `kinds` limits the quantities that a condition is of; of some steps the receiver is who acts.
    """

    name: str
    pattern: re.Pattern[str]
    kinds: frozenset[str]
    receiver: bool


@dataclass(frozen=True, slots=True)
class StepRules:
    """The kinds of steps in order, and what stands in their way."""

    types: list[Type]
    sentence: re.Pattern[str]
    piece: re.Pattern[str]
    list: re.Pattern[str]
    adverb: re.Pattern[str]
    continues: re.Pattern[str]
    receiver: re.Pattern[str]


@dataclass(slots=True)
class _Subject:
    """Who acts, and the deadline last named, as a sentence is read on."""

    actor: str | None = None
    deadline: Measure | None = None


def compile_types(entries: list[dict[str, Any]]) -> list[Type]:
    """Compile `[[type]]` or `[[step]]` of the patterns file."""
    return [
        Type(
            row["name"], re.compile(row["pattern"]), frozenset(row.get("kinds", ())),
            row.get("receiver", False),
        )
        for row in entries
    ]  # fmt: skip


def compile_steps(content: dict[str, Any]) -> StepRules:
    """Compile `[[step]]` and `[step_limits]` of the patterns file."""
    words = ("sentence", "piece", "list", "adverb", "continues", "receiver")
    limits = [re.compile(content["step_limits"][word]) for word in words]
    return StepRules(compile_types(content["step"]), *limits)


def find(
    text: str, measures: Sequence[Measure], departments: Sequence[Department], rules: StepRules
) -> list[Step]:
    """The steps of a folded clause in reading order."""
    if not any(kind.pattern.search(text) for kind in rules.types):
        return []
    found: list[Step] = []
    for sentence in _sentences(text, rules):
        found += _sentence(text, sentence, measures, departments, rules)
    return found


def _sentences(text: str, rules: StepRules) -> Iterator[tuple[int, int]]:
    """The sentences that can tell of a procedure: no penalties, and no items of a list of duties."""
    barred = False
    for line in _LINE.finditer(text):
        if not _ITEM.match(line[0]):
            barred = bool(rules.list.search(line[0].rstrip()))
        elif barred:
            continue
        for sentence in _SENTENCE.finditer(text, *line.span()):
            if not rules.sentence.search(sentence[0]):
                yield sentence.span()


def _sentence(
    text: str,
    span: tuple[int, int],
    measures: Sequence[Measure],
    departments: Sequence[Department],
    rules: StepRules,
) -> Iterator[Step]:
    plain = _without_adverbs(text, span, rules)
    due = [m for m in measures if m.role in ("deadline", "limit") and m.kind == "duration"]
    subject = _Subject()
    for start, end in _pieces(plain, span):
        named = [d for d in departments if start <= d.start < end]
        times = [m for m in due if start <= m.start < end]
        if not rules.continues.match(plain[start:end]) and not times:
            subject = _Subject()  # another speaks: no deadline and no subject goes over
        hit = _first(plain, start, end, rules)
        own = _actor(plain, start, hit[1].start() if hit else end, named, rules)
        other = "由" in plain[start:end] or (named and not hit)
        subject.actor = own or (None if other else subject.actor)
        if hit:
            kind, found = hit
            times = [m for m in times if m.start < found.start() or kind.name == "公示"]
            subject.deadline = times[-1] if times else subject.deadline
            due_by, who = subject.deadline, subject.actor
            if kind.receiver:  # a deadline binds who sends, not who decides
                due_by = times[-1] if times else None
                who = None if times else _receiver(named, found)
            yield Step(kind.name, start, end, due_by, who)
        else:
            subject.deadline = times[-1] if times else subject.deadline


def _without_adverbs(text: str, span: tuple[int, int], rules: StepRules) -> str:
    """The text with 自受理之日起 and the like blanked: the verbs in them are no steps."""
    sentence = rules.adverb.sub(lambda hit: "＿" * len(hit[0]), text[slice(*span)])
    return text[: span[0]] + sentence + text[span[1] :]


def _pieces(text: str, span: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The parts of a sentence that can hold one step each."""
    for piece in _PIECE.finditer(text, *span):
        mark = _MARK.match(text, piece.start(), piece.end())
        start = mark.end() if mark else piece.start()
        for cut in _NEXT.finditer(text, start + 4, max(start + 4, piece.end() - 3)):
            yield start, cut.start()
            start = cut.start()
        if text[start : piece.end()].strip():
            yield start, piece.end()


def _first(text: str, start: int, end: int, rules: StepRules) -> tuple[Type, re.Match[str]] | None:
    if rules.piece.search(text[start:end]):
        return None
    for kind in rules.types:
        if hit := kind.pattern.search(text, start, end):
            return kind, hit
    return None


def _actor(
    text: str, start: int, verb: int, named: Sequence[Department], rules: StepRules
) -> str | None:
    """The department that the piece has as its subject."""
    for department in named:
        before = text[start : department.start]
        if department.start <= verb + 2 and not rules.receiver.search(before):
            return None if _is_of(text, department) else department.name
    return None


def _receiver(named: Sequence[Department], found: re.Match[str]) -> str | None:
    """The department that a paper is sent to for it to act."""
    inside = [d for d in named if found.start() <= d.start and d.end <= found.end()]
    return inside[0].name if len(inside) == 1 and not _is_of(found.string, inside[0]) else None


def _is_of(text: str, department: Department) -> bool:
    """Whether a 人民政府 only says whose the office after it is, one that we have no name for."""
    return department.name == "人民政府" and bool(_OFFICE.match(text, department.end))
