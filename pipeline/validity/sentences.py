"""Sentences of clauses, with their dates read and masked, so that expressions need not spell out dates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.core.records import Clause
from pipeline.language import dates
from pipeline.language.normalization import fold

_SENTENCE = re.compile(r"[^。;\n]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a clause, folded; `masked` is its text with every character of a date as ◆."""

    clause: Clause
    text: str
    masked: str
    dates: list[dates.Date]

    def date(self, match: re.Match[str]) -> str | None:
        """The last date inside a match in the sentence."""
        start, end = match.span()
        inside = [d.iso for d in self.dates if start <= d.start and d.end <= end]
        return inside[-1] if inside else None


def split(clause: Clause, words: str) -> Iterator[Sentence]:
    """The sentences of some words of a clause."""
    for match in _SENTENCE.finditer(fold(words)):
        dates_of_sentence = dates.find(match[0])
        masked = match[0]
        for date in dates_of_sentence:
            mask = "◆" * (date.end - date.start)
            masked = masked[: date.start] + mask + masked[date.end :]
        yield Sentence(clause, match[0], masked, dates_of_sentence)
