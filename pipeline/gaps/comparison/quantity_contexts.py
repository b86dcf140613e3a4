"""Quantity contexts: the words around a quantity that say what it is a quantity of.

Two articles on one matter hold many periods and sums; thirty days to reply are no counterpart of ten
days to report. What two quantities are of is told by the words of the sentences that they stand in.
"""

import math
import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate

from pipeline.core.records import Measure
from pipeline.language.lexicon import Lexicon
from pipeline.similarity.reference_corpus import ReferenceCorpus

Terms = dict[str, float]  # telling word → how rare it is in regulations at large
_SENTENCE, _PHRASE = "。；：\n", "，。；：\n"
_FINE = "。\n"  # 逾期不改正的，处… says of what only before the semicolon
_GRAVER = ("情节严重", "情节较重", "严重后果", "造成后果", "造成损失", "再次", "屡教不改")
_PERSISTING = ("逾期", "拒不", "仍不", "不改正", "未改正")
_CASE = re.compile("[^，。；]{0,12}的[^，。；]{0,4}，")
_PERSONS = ("直接负责", "直接责任", "责任人员", "主管人员", "负责人")
_TELLING = (
    5.0  # weight of a word that fewer than one article in fifty holds: 责令 and 改正 tell nothing
)


@dataclass(frozen=True, slots=True)
class Contexts:
    """Words and measures by clause, and how rare each word is."""

    words: dict[str, list[str]]
    measures: dict[str, list[Measure]]
    lexicon: Lexicon
    background: ReferenceCorpus
    known: dict[tuple[str, str], Terms] = field(default_factory=dict)

    def near(self, a: Measure, b: Measure) -> float:
        """How far two quantities are of one thing, 0 to 1: by their sentences and by their phrases.

        0 where the sentences hang on different thresholds (五十人以上的… and 一千人以上的…), where two
        fines stand at different steps, or where no telling word is shared.
        """
        if self.standing(a) != self.standing(b) or self._hung_on(a) != self._hung_on(b):
            return 0.0
        stops = (_FINE, _FINE) if a.role == "fine" else (_SENTENCE, _PHRASE)
        sentence, phrase = (_cosine(self.terms(a, each), self.terms(b, each)) for each in stops)
        shared = self.terms(a, stops[0]).keys() & self.terms(b, stops[0]).keys()
        told = any(self.terms(a, stops[0])[term] >= _TELLING for term in shared)
        return min(sentence, phrase) if told else 0.0

    def standing(self, fine: Measure) -> str:
        """At which step of a penalty, and against whom, a fine stands; "" of other quantities.

        A fine for a breach, for not mending it in time and for a grave one are three matters, and so are
        those against a unit, a person, and whoever is in charge.
        """
        if fine.role != "fine":
            return ""
        clause = re.split("[。；\n]", self._text(fine)[: fine.start])[-1]
        near = clause.rsplit("，", 1)[-1] or clause[-20:]
        steps = (("重", _GRAVER), ("逾期", _PERSISTING))
        step = next((name for name, marks in steps if _holds(clause, marks)), "")
        whom = "责任人" if _holds(near, _PERSONS) else ""
        return step + (whom or next((each for each in ("个人", "单位") if f"对{each}" in near), ""))

    def terms(self, measure: Measure, stops: str) -> Terms:
        """The telling words between the stops around a quantity, without the quantity itself."""
        key = (measure.measure_id, stops)
        if key not in self.known:
            low, high = self._bounds(measure, stops)
            words = self.words[measure.clause_id]
            starts = list(accumulate(map(len, words), initial=0))
            inside = [
                words[i]
                for i in range(bisect_left(starts, low), bisect_left(starts, high))
                if not measure.start <= starts[i] < measure.end
            ]
            terms = sorted(set(self.lexicon.terms(inside)))
            weights = self.background.idf(terms, self.background.word_counts)
            self.known[key] = dict(zip(terms, map(float, weights), strict=True))
        return self.known[key]

    def telling(self, clause_id: str, count: int) -> list[str]:
        """A clause's most telling words: often said here, seldom in regulations at large."""
        said = Counter(self.lexicon.terms(self.words[clause_id]))
        terms = sorted(said)
        weights = self.background.idf(terms, self.background.word_counts)
        ranked = sorted(zip(terms, weights, strict=True), key=lambda t: (-said[t[0]] * t[1], t[0]))
        return [term for term, _ in ranked[:count]]

    def _hung_on(self, measure: Measure) -> set[tuple[str, float | None, float | None]]:
        """The thresholds that stand before a quantity in its sentence (人数在五百人以上的村，…)."""
        low, _ = self._bounds(measure, "。；\n")
        text = self._text(measure)
        return {
            (m.unit, m.min, m.max)
            for m in self.measures[measure.clause_id]
            if low <= m.start < measure.start
            and (m.role == "threshold" or _CASE.match(text[m.end : measure.start]))
        }

    def _bounds(self, measure: Measure, stops: str) -> tuple[int, int]:
        """Where the words around a quantity begin and end."""
        text = self._text(measure)
        low = _last(text, stops, measure.start)
        if stops == _FINE and text[low:].lstrip().startswith((*_GRAVER, *_PERSISTING)):
            low = _last(text, stops, max(low - 1, 0))  # of what, the sentence before says
        ends = [at for stop in stops if (at := text.find(stop, measure.end)) >= 0]
        return low, min(ends, default=len(text))

    def _text(self, measure: Measure) -> str:
        return "".join(self.words[measure.clause_id])


def _last(text: str, stops: str, before: int) -> int:
    return max(text.rfind(stop, 0, before) for stop in stops) + 1


def _holds(text: str, marks: tuple[str, ...]) -> bool:
    return any(mark in text for mark in marks)


def _cosine(left: Terms, right: Terms) -> float:
    shared = sum(left[term] ** 2 for term in left.keys() & right.keys())
    sizes = [sum(w * w for w in side.values()) for side in (left, right)]
    return shared / math.sqrt(sizes[0] * sizes[1]) if shared else 0.0
