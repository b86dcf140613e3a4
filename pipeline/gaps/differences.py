"""Differences: what two clauses on one matter do not share, as gaps with their proof."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pipeline.alignment.expert_pairs import ExpertPair
from pipeline.core import comparisons
from pipeline.core.gap_records import Comparison, Gap, Layer, Moment
from pipeline.core.records import Alignment, document_of
from pipeline.core.settings import GAPS
from pipeline.gaps import severity, summaries
from pipeline.gaps.comparison import quantity_comparison
from pipeline.gaps.comparison.quantity_comparison import Contrast
from pipeline.gaps.comparison.quantity_contexts import Contexts
from pipeline.gaps.evidence import Evidence
from pipeline.gaps.instruments import BENEFITS
from pipeline.validity.force import LAPSED

Experts = dict[tuple[str, str], ExpertPair]
_TELLING = (
    "money",
    "rate",
    "points",
)  # 满6个月 of insurance equals 满6个月 of residence in number only
_ACTING = re.compile("办结|审批|审核|核定|核发|受理|答复|作出.{0,12}决定|发放")
_CUT = re.compile("降|减|下浮|优惠")


@dataclass(frozen=True, slots=True)
class Pairing:
    """One comparison at one date, with all that its pairs of clauses are judged by."""

    comparison: Comparison
    moment: Moment
    evidence: Evidence
    contexts: Contexts
    kind_of: Callable[[Alignment], tuple[str, float]]
    experts: Experts

    def differences(self, row: Alignment, stack: list[Layer]) -> list[Gap]:
        """The gaps of two aligned clauses: one for each quantity that differs, or one for the pair.

        Two figures, goals or pieces of background are no difference of policy, unless a person says so.
        """
        expert = self.experts.get((row.clause_a, row.clause_b))
        bare = {row.clause_a, row.clause_b} <= self.evidence.natures.keys()
        if bare and not (expert and expert.kind):
            return []
        if expert and expert.favours in ("neutral", "unclear"):
            return [self._of_words(row, stack)]  # who says so means that the figures do not compare
        pairs = self._contrasts(row)
        differing = [pair for pair in pairs if not pair.equal]
        if differing:
            return [self._of_contrast(row, pair, stack) for pair in differing]
        if expert and expert.kind:
            return [self._of_words(row, stack)]
        same = next((pair for pair in pairs if pair.a.kind in _TELLING), None)
        if same and (row.status == "accepted" or row.similarity >= GAPS.equivalent):
            return [self._of_contrast(row, same, stack)]
        return [self._of_words(row, stack)]

    def _contrasts(self, row: Alignment) -> list[Contrast]:
        """Digests say one thing each and are compared whole; articles quantity by quantity.

        Where it is likelier that two articles are no counterparts, their figures are not compared.
        """
        clauses = row.clause_a, row.clause_b
        if self._digest(row):
            parts = zip(*(self.evidence.parts(c) for c in clauses), strict=True)
            return [
                pair for left, right in parts for pair in quantity_comparison.whole(left, right)
            ]
        if row.confidence < GAPS.sure:
            return []
        left, right = (self.evidence.measures[c] for c in clauses)
        return quantity_comparison.among(left, right, self.contexts.near, GAPS.context)

    def _of_words(self, row: Alignment, stack: list[Layer]) -> Gap:
        """Two clauses without quantities that could be held against each other.

        What kind of difference it is, a person may have said; else the model tells it from the words of
        two articles, and of digests nothing is told. Whom it favours, words alone do not tell.
        """
        expert = self.experts.get((row.clause_a, row.clause_b))
        chance: float | None = None
        if expert and expert.kind:
            kind = expert.kind
        elif self._digest(row):
            kind = "scope"
        else:
            kind, chance = self.kind_of(row)
        names = self.evidence.name(row.clause_a), self.evidence.name(row.clause_b)
        favours = (expert and expert.favours) or ("neutral" if kind == "equivalent" else "unclear")
        quotes = [
            ("a", *self.evidence.quote(row.clause_a)),
            ("b", *self.evidence.quote(row.clause_b)),
        ]
        size = 0.0 if kind == "equivalent" else severity.WORDING * (chance or 1.0)
        figured = all(self.evidence.measures[c] for c in (row.clause_a, row.clause_b))
        told = summaries.words(kind, names, figured, expert.note if expert else None)
        return self._gap(row, kind, "", size, favours, told, quotes, stack, kind_chance=chance)

    def _digest(self, row: Alignment) -> bool:
        """Whether either clause restates a fact."""
        clauses = row.clause_a, row.clause_b
        return "digest" in {self.evidence.document(c).text_kind for c in clauses}

    def _of_contrast(self, row: Alignment, pair: Contrast, stack: list[Layer]) -> Gap:
        expert = self.experts.get((row.clause_a, row.clause_b))
        kind = (expert and expert.kind) or quantity_comparison.kind(pair)
        favours = quantity_comparison.favours(pair, self._waits(row), self._gives(pair))
        names = self.evidence.name(row.clause_a), self.evidence.name(row.clause_b)
        sides = self.evidence.measures[row.clause_a], self.evidence.measures[row.clause_b]
        detail = f"__{pair.a.kind}_{pair.a.role}_{pair.a.start}"
        evidence = [
            ("a", row.clause_a, pair.a.start, pair.a.end, pair.a.quote),
            ("b", row.clause_b, pair.b.start, pair.b.end, pair.b.quote),
        ]
        values = pair.values or (None, None)
        return self._gap(
            row,
            kind,
            detail,
            severity.size(pair),
            (expert and expert.favours) or favours,
            summaries.amount(kind, pair, sides, names, expert.note if expert else None),
            evidence,
            stack,
            attribute=pair.attribute,
            value_a=values[0],
            value_b=values[1],
            unit=pair.a.unit if pair.values else None,
            ratio=pair.ratio,
            basis=pair.basis,
        )

    def _gap(
        self,
        row: Alignment,
        kind: str,
        detail: str,
        size: float,
        favours: str,
        told: str,
        quotes: list[tuple[str, str, int, int, str]],
        stack: list[Layer],
        **values: object,
    ) -> Gap:
        known, on = self.evidence, self.moment.as_of
        topic, (a, b) = known.topic(row.clause_a), (row.clause_a, row.clause_b)
        provision = known.provisions[a]
        later = [c for c in (a, b) if known.later_wording(c, on)]
        doubts = [f"{known.name(c)}：{words}" for c in (a, b) if (words := known.doubt(c, on))]
        doubtful = bool(later or doubts)
        factors = severity.factors(size, kind, provision.beneficiary, row.confidence, doubtful)
        level = "own" if known.region(b) == self.comparison.target_region else "upper"
        return Gap(
            gap_id=f"{comparisons.prefix(self.comparison, self.moment)}__{kind}__{a}__vs__{b}{detail}",
            comparison_id=self.comparison.comparison_id,
            topic_id=topic,
            kind=kind,
            clause_a=a,
            clause_b=b,
            alignment_id=row.alignment_id,
            level=level,
            favours=favours,
            severity=severity.severity(factors),
            factors=factors,
            confidence=round(row.confidence * (severity.DOUBTFUL if doubtful else 1.0), 4),
            summary=f"{known.subject(a)}｜{told}{self._above(b, stack)}{self._wording(later)}"
            + (f"（{'；'.join(doubts)}。）" if doubts else ""),
            evidence=quotes,
            stack=stack,
            **self._sides(a, b, topic),
            **values,  # type: ignore[arg-type]
        )

    def _sides(self, a: str, b: str, topic: str | None) -> dict[str, Any]:
        """The date, state and department of each side, instrument and beneficiary of either."""
        known, on = self.evidence, self.moment.as_of
        first, second = known.provisions[a], known.provisions[b]
        return {
            "as_of": on,
            "state_a": known.state(a, on),
            "state_b": known.state(b, on),
            "instrument": first.instrument or second.instrument,
            "beneficiary": first.beneficiary or second.beneficiary,
            "department_a": known.departments(a, self.comparison.baseline_region, topic),
            "department_b": known.departments(b, self.comparison.target_region, topic),
        }

    def _above(self, clause_b: str, stack: list[Layer]) -> str:
        """What the other levels say beside the clause that the gap is about."""
        others = [
            (self.evidence.regions[region].name, layer_words(self.evidence, clause, state))
            for region, clause, state, _, _, _ in stack
            if clause and state and region != self.evidence.region(clause_b)
        ]
        return summaries.stack(others)

    def _wording(self, later: list[str]) -> str:
        titles = "、".join(f"《{self.evidence.document(c).title}》" for c in later)
        return f"（所读{titles}为后来修正的文本，当时的文字未核。）" if titles else ""

    def _waits(self, row: Alignment) -> bool:
        """Whether both clauses bind an authority to act in time."""
        texts = [self.evidence.clauses[c].text for c in (row.clause_a, row.clause_b)]
        return all(map(_ACTING.search, texts))

    def _gives(self, pair: Contrast) -> bool:
        """Whether both quantities are gains: a share of an award, or what a charge is cut by."""
        if pair.a.role in ("award", "points", "fine", "threshold", "deadline", "validity"):
            return False
        clauses = pair.a.clause_id, pair.b.clause_id
        shared = pair.a.role in ("share", "other") and pair.a.kind != "duration"
        if shared and {self.evidence.provisions[c].instrument for c in clauses} <= BENEFITS:
            return True
        texts = [
            self.evidence.clauses[m.clause_id].text[max(0, m.start - 4) : m.end]
            for m in (pair.a, pair.b)
        ]
        return pair.a.kind in ("percent", "money", "rate") and all(map(_CUT.search, texts))


def layer_words(evidence: Evidence, clause_id: str, state: str) -> str:
    """What one level says, in few words: its first sum or share, else where it stands; and if it is over."""
    start = evidence.forces[document_of(clause_id)].start
    past = f"（{start}起）" if state == "尚未施行" else f"（{state}）" if state in LAPSED else ""
    told = [
        m
        for m in evidence.parts(clause_id)[0]
        if m.role in ("award", "fee", "price", "points", "fine") and m.kind != "duration"
    ]
    if told:
        return "、".join(summaries.quantity(m) for m in told[:3]) + past
    return f"见《{evidence.document(clause_id).title}》{past}"
