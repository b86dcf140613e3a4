"""Quotations: the sentence of a clause that is quoted as evidence of a gap."""

from pipeline.core.records import Clause, Measure

LONGEST = 120  # characters; a longer sentence is cut
_CONDITION = "（条件："  # begins the condition that a digest appends to a provision
_STOPS = "。；\n"
Quote = tuple[str, int, int, str]  # clause_id, start, end, text; clause.text[start:end] == text


def main_text(clause: Clause) -> str:
    """The text of a clause without the condition that a digest appends."""
    return clause.text.split(_CONDITION)[0]


def parts(clause: Clause, measures: list[Measure]) -> tuple[list[Measure], list[Measure]]:
    """The measures of a clause: those of its provision, and those of the condition of a digest."""
    condition = clause.text.find(_CONDITION)
    if condition < 0:
        return measures, []
    return [m for m in measures if m.start < condition], [
        m for m in measures if m.start >= condition
    ]


def quote(clause: Clause, measures: list[Measure]) -> Quote:
    """The sentence of a clause's first quantity, or its first sentence where it has none.

    Args:
        clause: the clause; its heading is not quoted, for a summary gives it as the subject.
        measures: of the clause's provision, in the order of the text.
    """
    text, body = clause.text, 0
    if clause.heading and (heading := text.find(clause.heading)) >= 0:
        body = heading + len(clause.heading) + 1
    point = next((m.start for m in measures if m.start >= body), body)
    start = max(body, *(text.rfind(stop, 0, point) + 1 for stop in _STOPS))
    stops = [offset + 1 for stop in _STOPS if (offset := text.find(stop, point)) >= 0]
    end = min([*stops, len(text)])
    while text[start].isspace():
        start += 1
    sentence = text[start : min(end, start + LONGEST)].rstrip()
    return clause.clause_id, start, start + len(sentence), sentence
