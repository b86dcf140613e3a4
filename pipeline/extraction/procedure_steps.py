"""Procedure steps: who must do what, and by when: 申请 受理 审查 公示 决定 发证 拨付 备案 审批."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.core.records import Measure

LIMITS = ("adverb", "continues", "list", "piece", "receiver", "sentence")  # keys of [step_limits]
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
    """A department named in a clause: text[start:end]; `name` is its canonical name."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a procedure: text[start:end], with its deadline and the department that takes it."""

    type: str
    start: int
    end: int
    deadline: Measure | None
    actor: str | None


@dataclass(frozen=True, slots=True)
class TypeRule:
    """A type of condition or step, and the expression that finds it.

    `kinds` are the kinds of quantity that the condition may have, "" for none; all where it is empty.
    `receiver` is set for steps that the receiver of a paper takes, not its sender.
    """

    name: str
    pattern: re.Pattern[str]
    kinds: frozenset[str]
    receiver: bool


@dataclass(frozen=True, slots=True)
class StepRules:
    """The types of steps in order, and the expressions of `[step_limits]`.

    Attributes:
        types: the first that matches counts.
        sentence: a sentence with this has no steps.
        piece: a part of a sentence with this is no step.
        list: a line that ends so leads a list whose items are no steps.
        adverb: adverbials of time, in which verbs do not count.
        continues: how a part begins that goes on with the subject of the part before.
        receiver: before a department that is addressed and does not act.
    """

    types: list[TypeRule]
    sentence: re.Pattern[str]
    piece: re.Pattern[str]
    list: re.Pattern[str]
    adverb: re.Pattern[str]
    continues: re.Pattern[str]
    receiver: re.Pattern[str]


@dataclass(slots=True)
class _Subject:
    """The department that acts, and the deadline last named, while a sentence is read on."""

    actor: str | None = None
    deadline: Measure | None = None


def compile_types(entries: list[dict[str, Any]]) -> list[TypeRule]:
    """Compile `[[type]]` or `[[step]]` of the pattern file, checked before."""
    return [
        TypeRule(
            name=row["name"],
            pattern=row["pattern"],
            kinds=frozenset(row.get("kinds", ())),
            receiver=row.get("receiver", False),
        )
        for row in entries
    ]


def compile_steps(content: dict[str, Any]) -> StepRules:
    """Compile `[[step]]` and `[step_limits]` of the pattern file, checked before."""
    return StepRules(compile_types(content["step"]), **content["step_limits"])


def find(
    text: str, measures: Sequence[Measure], departments: Sequence[Department], rules: StepRules
) -> list[Step]:
    """The steps of a clause in reading order.

    Args:
        text: of the clause, folded.
        measures: of the clause.
        departments: that the clause names.
        rules: of the pattern file.
    """
    if not any(type_.pattern.search(text) for type_ in rules.types):
        return []
    return [
        step
        for sentence in _sentences(text, rules)
        for step in _steps(text, sentence, measures, departments, rules)
    ]


def _sentences(text: str, rules: StepRules) -> Iterator[tuple[int, int]]:
    """The sentences that may contain steps: no penalties, and no items of a list of duties."""
    excluded = False
    for line in _LINE.finditer(text):
        if not _ITEM.match(line[0]):
            excluded = bool(rules.list.search(line[0].rstrip()))
        elif excluded:
            continue
        for sentence in _SENTENCE.finditer(text, *line.span()):
            if not rules.sentence.search(sentence[0]):
                yield sentence.span()


def _steps(
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
            subject = _Subject()  # a new subject: neither deadline nor department is carried over
        step = _first(plain, start, end, rules)
        own = _actor(plain, start, step[1].start() if step else end, named, rules)
        other = "由" in plain[start:end] or (named and not step)
        subject.actor = own or (None if other else subject.actor)
        if step:
            type_, verb = step
            times = [m for m in times if m.start < verb.start() or type_.name == "公示"]
        subject.deadline = times[-1] if times else subject.deadline
        if step:
            deadline, actor = subject.deadline, subject.actor
            if type_.receiver:  # a deadline binds the sender, not the department that decides
                deadline = times[-1] if times else None
                actor = None if times else _receiver(named, verb)
            yield Step(type_.name, start, end, deadline, actor)


def _without_adverbs(text: str, span: tuple[int, int], rules: StepRules) -> str:
    """The text with 自受理之日起 and the like blanked: the verbs in them are no steps."""
    sentence = rules.adverb.sub(lambda match: "＿" * len(match[0]), text[slice(*span)])
    return text[: span[0]] + sentence + text[span[1] :]


def _pieces(text: str, span: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The parts of a sentence that can hold one step each."""
    for piece in _PIECE.finditer(text, *span):
        marker = _MARK.match(text, piece.start(), piece.end())
        start = marker.end() if marker else piece.start()
        for conjunction in _NEXT.finditer(text, start + 4, max(start + 4, piece.end() - 3)):
            yield start, conjunction.start()
            start = conjunction.start()
        if text[start : piece.end()].strip():
            yield start, piece.end()


def _first(
    text: str, start: int, end: int, rules: StepRules
) -> tuple[TypeRule, re.Match[str]] | None:
    """The first type of step that text[start:end] is of, and the match of its verb."""
    if rules.piece.search(text[start:end]):
        return None
    for type_ in rules.types:
        if verb := type_.pattern.search(text, start, end):
            return type_, verb
    return None


def _actor(
    text: str, start: int, verb: int, named: Sequence[Department], rules: StepRules
) -> str | None:
    """The department that is the subject of the part of a sentence, before its verb."""
    for department in named:
        before = text[start : department.start]
        if department.start <= verb + 2 and not rules.receiver.search(before):
            return None if _is_owner(text, department) else department.name
    return None


def _receiver(named: Sequence[Department], verb: re.Match[str]) -> str | None:
    """The department to which a paper is sent for it to act."""
    inside = [d for d in named if verb.start() <= d.start and d.end <= verb.end()]
    return inside[0].name if len(inside) == 1 and not _is_owner(verb.string, inside[0]) else None


def _is_owner(text: str, department: Department) -> bool:
    """Whether a 人民政府 only qualifies the office named after it, which has no canonical name."""
    return department.name == "人民政府" and bool(_OFFICE.match(text, department.end))
