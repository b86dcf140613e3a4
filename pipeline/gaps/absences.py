"""Absences: a clause of one side with no counterpart in force at the other region's own level.

Missing is a claim about this corpus, never about the world: 未查得, not 没有. It says what was searched
for, what the corpus covers, and what came nearest.
"""

from dataclasses import dataclass
from typing import Any

from pipeline.core import comparisons, regions
from pipeline.core.gap_records import Coverage, Gap, Layer
from pipeline.core.records import ASSERTED, Alignment
from pipeline.core.settings import GAPS
from pipeline.gaps import instruments, severity, summaries
from pipeline.gaps.differences import Pairing
from pipeline.gaps.quotations import Quote
from pipeline.gaps.stacks import others

_TANGIBLE = ("award", "fee", "fine", "price", "points", "share", "deadline", "validity")
_UNCOUNTED = 0.7
_APPLIES = "（上级的规定是否在此适用，以文件为准。）"


@dataclass(frozen=True, slots=True)
class Lookup:
    """One clause looked up on the other side; `near` are its alignments there, `own` the other side's own regions."""

    pairing: Pairing
    kind: str  # missing: the target lacks it; extra: the baseline does
    clause_id: str
    near: list[Alignment]
    own: set[str]
    searched: list[str]
    stack: list[Layer]

    def absence(self) -> Gap | None:
        """The gap that a clause without counterpart is, if it gives or demands something."""
        known, on, clause = self.pairing.evidence, self.pairing.moment.as_of, self.clause_id
        past = known.lapsed(clause, on)
        if not known.provides(clause) or not (past or known.in_force(clause, on)):
            return None
        if past and any(row.status in ASSERTED for row in self.near):
            return None  # both sides are known, and this one's term is over: nothing is missing
        grade, found = ("expired", None) if past else self._grade()
        topic, quote = known.topics[clause][0].topic_id, known.quote(clause)
        close = self._close(found)
        rival = close[0].confidence if close and grade == "not_in_corpus" else 0.0
        sure = GAPS.alone * (1 - rival)
        provision, doubt = known.provisions[clause], known.doubt(clause, on)
        factors = severity.factors(
            self._size(),
            "lapsed" if past else grade,
            provision.beneficiary,
            sure,
            bool(doubt) or any(known.later_wording(c, on) for c in (clause, found) if c),
        )
        coverage = known.coverage(self.searched, topic, on)
        return Gap(
            **self._sides(),
            topic_id=topic,
            grade=grade,
            level="own",
            favours=self._favours(past or grade in ("not_in_corpus", "excluded")),
            severity=severity.severity(factors),
            factors=factors,
            confidence=round(sure, 4),
            summary=self._summary(quote, grade, found, doubt, coverage),
            instrument=provision.instrument,
            beneficiary=provision.beneficiary,
            evidence=[("a" if self.kind == "missing" else "b", *quote)],
            nearest=[(others(r, clause), r.similarity, r.confidence) for r in close],
            stack=self.stack,
            coverage=coverage,
            **self._search(topic),
        )

    def _favours(self, alone: bool) -> str:
        """Whom the absence favours; where it is not `alone`, the gap with the other clause tells."""
        if not alone or self._within():
            return "unclear"
        known, clause = self.pairing.evidence, self.clause_id
        missing = self.kind == "missing"
        return instruments.favours(known.provisions[clause], known.main_text(clause), missing)

    def _search(self, topic: str) -> dict[str, Any]:
        """What was searched for, and the search records and unused facts that bear on it."""
        searches = self.pairing.evidence.searches
        return {
            "terms": self.pairing.contexts.telling(self.clause_id, GAPS.terms),
            "records": [i for region in self.searched for i in searches.get((region, topic), [])],
            "left_out": [fact for region, fact in self._left_out()],
        }

    def _within(self) -> bool:
        """Whether the clause is of a region that the target lies in: its rules may hold there by themselves."""
        known, comparison = self.pairing.evidence, self.pairing.comparison
        below = regions.within(comparison.baseline_region, known.regions)
        return self.kind == "missing" and comparison.target_region in below

    def _sides(self) -> dict[str, Any]:
        """Which gap it is, and what holds on each side."""
        known, comparison, moment = (
            self.pairing.evidence,
            self.pairing.comparison,
            self.pairing.moment,
        )
        topic, state = known.topic(self.clause_id), known.state(self.clause_id, moment.as_of)
        a, b = (self.clause_id, None) if self.kind == "missing" else (None, self.clause_id)
        return {
            "gap_id": f"{comparisons.prefix(comparison, moment)}__{self.kind}__{self.clause_id}",
            "comparison_id": comparison.comparison_id,
            "kind": self.kind,
            "as_of": moment.as_of,
            "clause_a": a,
            "clause_b": b,
            "state_a": state if a else None,
            "state_b": state if b else None,
            "department_a": known.departments(a, comparison.baseline_region, topic),
            "department_b": known.departments(b, comparison.target_region, topic),
        }

    def _size(self) -> float:
        """How surely the clause is of its topic; less where it names nothing that could be counted."""
        measures = self.pairing.evidence.parts(self.clause_id)[0]
        counted = any(m.role in _TANGIBLE for m in measures)
        return self.pairing.evidence.topics[self.clause_id][0].score * (
            1 if counted else _UNCOUNTED
        )

    def _grade(self) -> tuple[str, str | None]:
        """Why nothing is found at the other side's own level, and the clause that the reason rests on."""
        known, on = self.pairing.evidence, self.pairing.moment.as_of
        asserted = [row for row in self.near if row.status in ASSERTED]
        partners = [others(row, self.clause_id) for row in asserted]
        named = [clause for clause in self._other_names() if known.in_force(clause, on)]
        for grade, clauses in (
            ("upper_level_only", [c for c in partners if known.in_force(c, on)]),
            ("other_name", named),
            ("expired", [c for c in partners if known.lapsed(c, on)]),
        ):
            if clauses:
                return grade, clauses[0]
        return ("excluded" if self._left_out() else "not_in_corpus"), None

    def _other_names(self) -> list[str]:
        """What a person called the same thing under another name."""
        rows = [row for row in self.near if row.status not in ASSERTED]
        return [
            others(row, self.clause_id)
            for row in rows
            if (pair := self.pairing.experts.get((row.clause_a, row.clause_b)))
            and pair.verdict == "other_name"
        ]

    def _left_out(self) -> list[tuple[str, str]]:
        found = self.pairing.evidence.left_out.get(self.clause_id, [])
        return [each for each in found if each[0] in self.searched]

    def _close(self, found: str | None) -> list[Alignment]:
        """What came nearest and counted on the day, asserted or not; what the grade rests on first."""
        known, on = self.pairing.evidence, self.pairing.moment.as_of
        shown = [
            row
            for row in self.near
            if known.in_force(other := others(row, self.clause_id), on) or known.lapsed(other, on)
        ]
        shown.sort(
            key=lambda row: (
                others(row, self.clause_id) != found,
                -row.confidence,
                -row.similarity,
                row.alignment_id,
            )
        )
        return shown[: GAPS.nearest]

    def _summary(
        self,
        quote: Quote,
        grade: str,
        found: str | None,
        doubt: str | None,
        coverage: list[Coverage],
    ) -> str:
        known, comparison, on = (
            self.pairing.evidence,
            self.pairing.comparison,
            self.pairing.moment.as_of,
        )
        missing = self.kind == "missing"
        other = comparison.target_region if missing else comparison.baseline_region
        searched = [row for row in coverage if row[0] in self.own]
        newest = max((row[3] for row in searched if row[3]), default=None)
        name = known.regions[other].name
        counted = summaries.coverage(
            name, sum(r[1] for r in searched), sum(r[2] for r in searched), newest
        )
        state = known.state(self.clause_id, on) if known.lapsed(self.clause_id, on) else None
        rests_on = f"{known.name(found)}《{known.document(found).title}》" if found else None
        if found and grade == "expired":
            rests_on = f"{known.state(found, on)}，{rests_on}"
        told = summaries.absence(
            quote[3], known.name(self.clause_id), name, grade, rests_on, counted, state
        )
        doubts = f"（{known.name(self.clause_id)}：{doubt}。）" if doubt and not state else ""
        applies = _APPLIES if self._within() else ""
        return f"{known.subject(self.clause_id)}｜{told}{doubts}{applies}"
