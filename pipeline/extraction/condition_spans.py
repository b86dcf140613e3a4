"""Spans of conditions: where a clause lays conditions down, each with the quantity that it requires."""

import re
from collections.abc import Iterator, Sequence

from pipeline.core.records import Measure
from pipeline.extraction.condition_rules import ConditionRules

_ITEM = re.compile(
    r"[;。]?\s*(?:\([一二三四五六七八九十\d]+\)|\d{1,2}[.、]|[①-⑳])\s*"
    r"(?P<quote>[^\n]+?)(?=[;。]?\s*(?:\n|$)|[;。]\s*\([一二三四五六七八九十]+\))"
)
_DIGEST = re.compile(r"\(条件:(?P<parts>.+?)。?\)\s*$", re.S)
_PART = re.compile("[^;。]+")
_COMMA = re.compile("(?:并?且|并)?([^,;]+)")
_JOIN = "并且|或者|以及|[且并或](?![者且购列])|和(?![国平谐])"
_EDGE = re.compile(rf"[,。;:、\n()]|{_JOIN}|必须|应当|(?<![相针面绝反应])对(?![象应口外接方比])")
_TAIL = re.compile(rf"(?:(?!{_JOIN}|[,。;:、\n()的]).){{0,16}}(?=的)")
_BEFORE = re.compile(",?(?:(?:或者?|并?且)[^,。;的]{4,30})?的")
_UNDER = re.compile("须[^,]{0,24}$|应当[^,]{0,6}$")
_WINDOW = re.compile("最?近|.*内$")  # a period in which something is counted: 最近3年

Span = tuple[int, int]  # start, end


def find(
    text: str, floor: int, measures: Sequence[Measure], rules: ConditionRules
) -> Iterator[tuple[Span, Measure | None]]:
    """Each condition with its quantity; one that has several is divided.

    Args:
        text: of a clause, folded.
        floor: the offset at which the clause's own words begin.
        measures: of the clause, from there on.
        rules: of the pattern file.
    """
    spans = _spans(text, floor, measures, rules)
    for span in spans:
        yield from _divided(text, span, measures, rules)
    outside = [
        m
        for m in measures
        if m.role == "threshold" and not any(s < m.end and m.start < e for s, e in spans)
    ]
    for span, m in _phrases(text, outside, rules, floor):
        if _is_condition(text, span, m, rules):
            yield span, m


def type_of(quote: str, m: Measure | None, rules: ConditionRules) -> str | None:
    """The type of a condition: the first whose expression and kinds of quantity fit."""
    kind = m.kind if m else ""
    for type_ in rules.types:
        if (not type_.kinds or kind in type_.kinds) and type_.pattern.search(quote):
            return type_.name
    return None


def _spans(text: str, floor: int, measures: Sequence[Measure], rules: ConditionRules) -> list[Span]:
    """Where conditions are laid down as such, in order and without overlap."""
    listed, digest = _listed(text, rules), _digest(text, measures, rules)
    candidates = [*listed, *digest, *_protases(text, floor, rules)]
    spans: list[Span] = []
    for start, end in sorted(candidates, key=lambda span: (span[0], -span[1])):
        if start >= max(floor, spans[-1][1] if spans else 0):
            spans.append((start, end))
    return spans


def _listed(text: str, rules: ConditionRules) -> Iterator[Span]:
    """The items under 应当符合下列条件：."""
    for head in rules.words["list_head"].finditer(text):
        end = head.end()
        while item := _ITEM.match(text, end):
            end = item.end()
            if not item["quote"].endswith(":") and not rules.words["vague"].search(item["quote"]):
                yield item.span("quote")


def _digest(text: str, measures: Sequence[Measure], rules: ConditionRules) -> Iterator[Span]:
    """The parts of a digest's （条件：…） that are conditions, not notes or further amounts."""
    if not (match := _DIGEST.search(text)):
        return
    for part in _PART.finditer(text, *match.span("parts")):
        if rules.words["digest_note"].search(part[0]):
            continue
        for piece in _COMMA.finditer(text, *part.span()):
            inside = _inside(measures, piece.span(1))
            worded = rules.words["digest_part"].search(piece[1]) or type_of(piece[1], None, rules)
            if any(_is_required(m) for m in inside) or (worded and not inside):
                yield piece.span(1)


def _inside(measures: Sequence[Measure], span: Span) -> list[Measure]:
    return [m for m in measures if span[0] <= m.start and m.end <= span[1]]


def _protases(text: str, floor: int, rules: ConditionRules) -> Iterator[Span]:
    """…的 before a benefit: 对…的，给予…; …的，可以享受…."""
    excluded = (rules.words["not_protasis"], rules.words["vague"])
    for match in re.finditer("的,", text[floor:]):
        end = floor + match.start()
        if rules.words["benefit"].match(text, end + 2):
            edge = max(floor, *(text.rfind(c, floor, end) + 1 for c in "。;\n:)"))
            start = _protasis_start(text, edge, end, rules)
            if 4 <= end - start <= 80 and not any(e.search(text[start:end]) for e in excluded):
                yield start, end


def _protasis_start(text: str, floor: int, end: int, rules: ConditionRules) -> int:
    """Where the protasis begins: after the last part of its sentence that is a statement of its own."""
    start = end
    for piece in reversed(list(_COMMA.finditer(text, floor, end))):
        if start < end and rules.words["breaks"].search(piece[0]):
            break
        start = piece.start()
        if re.match("[对凡]", piece[0]):
            break
    return _after_lead(text, start, end, rules)


def _is_required(m: Measure) -> bool:
    """Whether a quantity inside a condition is what the condition requires."""
    if m.role == "threshold":
        return True
    bounded = m.bound == "at_least" or (m.bound == "at_most" and m.kind != "count")
    return bounded and m.role in ("limit", "other", "share", "validity")


def _divided(
    text: str, span: Span, measures: Sequence[Measure], rules: ConditionRules
) -> Iterator[tuple[Span, Measure | None]]:
    """A condition with its quantity; its parts or phrases where it has several."""
    inside = _inside(measures, span)
    required = [m for m in inside if _is_required(m)]
    main = [m for m in required if not _WINDOW.match(m.quote)]
    if len(main) == 1 or len(inside) < 2:
        required = main or required
    if len(required) < 2:
        window = len(inside) > 1 and not main  # 最近3年累计…5000万元: three years are not required
        yield span, required[0] if required and not window else None
        return
    pieces = [match.span(1) for match in _COMMA.finditer(text, *span)]
    if len(pieces) == 1:
        yield from _phrases(text, required, rules, span[0])
        return
    for start, end in pieces:
        if end - start >= 4:
            yield from _divided(text, (start, end), measures, rules)


def _phrases(
    text: str, measures: Sequence[Measure], rules: ConditionRules, floor: int
) -> Iterator[tuple[Span, Measure]]:
    """Quantities with the words around them; 一年内…三次以上 is one phrase, of three times."""
    phrases: list[tuple[Span, Measure]] = []
    for m in measures:
        start, end = _phrase(text, m, rules, floor)
        if phrases and start < phrases[-1][0][1]:
            (before, stop), other = phrases[-1]
            if stop > m.start or _WINDOW.match(other.quote):
                phrases.pop()
                start = before
            else:
                start = _after_lead(text, stop, m.start, rules)
        phrases.append(((start, end), m))
    yield from phrases


def _phrase(text: str, m: Measure, rules: ConditionRules, floor: int) -> Span:
    """The words around a quantity: its subject before it, what is done so long or so often after it."""
    floor = max(floor, m.start - 40)
    edges = [match.end() for match in _EDGE.finditer(text, floor, m.start)]
    tail = _TAIL.match(text, m.end)
    start = _after_lead(text, edges[-1] if edges else floor, m.start, rules)
    return start, tail.end() if tail else m.end


def _after_lead(text: str, start: int, end: int, rules: ConditionRules) -> int:
    """The offset after the words that lead in a condition (其中, 凡) but are no part of it."""
    lead = rules.words["lead"].match(text, start, end)
    return lead.end() if lead else start


def _is_condition(text: str, span: Span, m: Measure, rules: ConditionRules) -> bool:
    """Whether a phrase stands where a condition does: before 的, or under 须 or 应当."""
    sentence = max(text.rfind(c, 0, span[0]) for c in "。;\n") + 1
    if rules.words["not_threshold"].search(text[max(sentence, span[0] - 12) : span[1] + 8]):
        return False
    under = m.bound != "exact" and _UNDER.search(text[sentence : m.start])
    return bool(under or _BEFORE.match(text, span[1]))
