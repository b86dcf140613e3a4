"""Gaps: what one region gives or demands that the other does not, or not in the same measure.

Reads   build/alignments.jsonl, clauses, documents, measures, provisions, topics, corpus/pairs.toml
Writes  build/gaps.jsonl

Every gap keeps its quotes. A baseline clause is held against the target's own level and, apart from
that, against each level above it; without counterpart at its own level it is missing there.
"""

import re
from collections import defaultdict

from pipeline import absences, comparisons, contrasts, expertpairs, regions, rows, summaries
from pipeline import evidence as evidences
from pipeline.contrasts import Contrast
from pipeline.evidence import Evidence
from pipeline.expertpairs import ExpertPair
from pipeline.records import Alignment, Comparison, Gap
from pipeline.settings import GAPS
from pipeline.workspace import DATA, Workspace

Experts = dict[tuple[str, str], ExpertPair]
_TELLING = (
    "money",
    "rate",
    "points",
)  # 满6个月 of insurance equals 满6个月 of residence in number only
_ACTING = re.compile("办结|审批|审核|核定|核发|受理|答复|作出.{0,12}决定|发放")
_CUT = re.compile("降|减|下浮|优惠")
_ASSERTED = ("auto", "accepted")


def run(work: Workspace) -> None:
    """Find the gaps of every comparison."""
    evidence = evidences.gather(work)
    pairs = expertpairs.load(DATA / "pairs.toml", set(evidence.provisions))
    experts = {(pair.clause_a, pair.clause_b): pair for pair in pairs if pair.verdict == "accepted"}
    found = [
        gap
        for comparison in comparisons.load(DATA / "comparisons.toml", set(evidence.regions))
        for gap in compare(comparison, evidence, experts)
    ]
    rows.write(work.rows("gaps"), found)
    print(f"gaps: {len(found)} 条差异")


def compare(comparison: Comparison, evidence: Evidence, experts: Experts) -> list[Gap]:
    """The gaps of one comparison, clause by clause in corpus order."""
    near_a: dict[str, list[Alignment]] = defaultdict(list)
    near_b: dict[str, list[Alignment]] = defaultdict(list)
    for row in evidence.alignments:
        if row.comparison_id == comparison.comparison_id:
            near_a[row.clause_a].append(row)
            near_b[row.clause_b].append(row)
    baseline = regions.within(comparison.baseline_region, evidence.regions)
    found: list[Gap | None] = []
    for clause_id in evidence.topics:
        region = evidence.region(clause_id)
        if region in baseline:
            found += _of_baseline(comparison, clause_id, near_a[clause_id], evidence, experts)
        elif region == comparison.target_region:
            near = near_b[clause_id]
            if not any(row.status in _ASSERTED for row in near):
                found.append(
                    absences.absence(comparison, "extra", clause_id, near, False, evidence)
                )
    return [gap for gap in found if gap]


def _of_baseline(
    comparison: Comparison,
    clause_id: str,
    near: list[Alignment],
    evidence: Evidence,
    experts: Experts,
) -> list[Gap | None]:
    partners = [row for row in near if row.status in _ASSERTED]
    found: list[Gap | None] = [
        gap for row in partners for gap in _of_pair(comparison, row, evidence, experts)
    ]
    own = any(evidence.region(row.clause_b) == comparison.target_region for row in partners)
    if not own:
        upper = bool(partners)
        found.append(absences.absence(comparison, "missing", clause_id, near, upper, evidence))
    return found


def _of_pair(
    comparison: Comparison, row: Alignment, evidence: Evidence, experts: Experts
) -> list[Gap]:
    """The gaps of two aligned clauses: one for each quantity that differs, or one for the pair."""
    parts = zip(evidence.parts(row.clause_a), evidence.parts(row.clause_b), strict=True)
    pairs = [pair for left, right in parts for pair in contrasts.contrasts(left, right)]
    differing = [pair for pair in pairs if not pair.equal]
    if differing:
        return [_of_contrast(comparison, row, pair, evidence) for pair in differing]
    same = next((pair for pair in pairs if pair.a.kind in _TELLING), None)
    if same and (row.status == "accepted" or row.similarity >= GAPS.equivalent):
        return [_of_contrast(comparison, row, same, evidence)]
    return [_of_words(comparison, row, evidence, experts)]


def _of_words(comparison: Comparison, row: Alignment, evidence: Evidence, experts: Experts) -> Gap:
    """Two clauses on one matter without quantities that could be held against each other.

    What kind of difference it is and whom it favours, words alone do not tell; a person may.
    """
    expert = experts.get((row.clause_a, row.clause_b))
    same = row.similarity >= GAPS.equivalent and not expert
    kind = (expert and expert.kind) or ("equivalent" if same else "scope")
    names = evidence.name(row.clause_a), evidence.name(row.clause_b)
    return Gap(
        gap_id=_gap_id(row.alignment_id, kind, ""),
        comparison_id=comparison.comparison_id,
        topic_id=evidence.topic(row.clause_a),
        kind=kind,
        clause_a=row.clause_a,
        clause_b=row.clause_b,
        alignment_id=row.alignment_id,
        favours=(expert and expert.favours) or ("neutral" if same else "unclear"),
        severity=0.0 if same else 0.3 if expert and expert.favours else 0.15,
        confidence=row.confidence,
        summary=summaries.words(kind, evidence.subject(row.clause_a), *names),
        as_of=comparison.as_of,
        evidence=[("a", *evidence.quote(row.clause_a)), ("b", *evidence.quote(row.clause_b))],
    )


def _of_contrast(comparison: Comparison, row: Alignment, pair: Contrast, evidence: Evidence) -> Gap:
    kind, names = contrasts.kind(pair), (evidence.name(row.clause_a), evidence.name(row.clause_b))
    return Gap(
        gap_id=_gap_id(row.alignment_id, kind, f"__{pair.a.kind}_{pair.a.role}_{pair.a.start}"),
        comparison_id=comparison.comparison_id,
        topic_id=evidence.topic(row.clause_a),
        kind=kind,
        clause_a=row.clause_a,
        clause_b=row.clause_b,
        alignment_id=row.alignment_id,
        attribute=pair.attribute,
        value_a=pair.value_a,
        value_b=pair.value_b,
        unit=pair.a.unit,
        ratio=pair.ratio,
        favours=contrasts.favours(pair, _waits(row, evidence), _gives(pair, evidence)),
        severity=round(contrasts.severity(pair) * (0.5 + 0.5 * row.confidence), 4),
        confidence=row.confidence,
        summary=summaries.amount(kind, pair, *names, evidence.subject(row.clause_a)),
        as_of=comparison.as_of,
        evidence=[
            ("a", row.clause_a, pair.a.start, pair.a.end, pair.a.quote),
            ("b", row.clause_b, pair.b.start, pair.b.end, pair.b.quote),
        ],
    )


def _waits(row: Alignment, evidence: Evidence) -> bool:
    """Whether both clauses bind an authority to act in time."""
    return all(_ACTING.search(evidence.clauses[c].text) for c in (row.clause_a, row.clause_b))


def _gives(pair: Contrast, evidence: Evidence) -> bool:
    """Whether both quantities are gains: a share of an award, or what a charge is cut by."""
    if pair.a.role in ("award", "points", "fine", "threshold", "deadline", "validity"):
        return False
    clauses = pair.a.clause_id, pair.b.clause_id
    if pair.a.role in ("share", "other") and pair.a.kind != "duration":
        instruments = {evidence.provisions[clause_id].instrument for clause_id in clauses}
        if instruments <= absences.BENEFITS:
            return True
    texts = [
        evidence.clauses[m.clause_id].text[max(0, m.start - 4) : m.end] for m in (pair.a, pair.b)
    ]
    return pair.a.kind in ("percent", "money", "rate") and all(map(_CUT.search, texts))


def _gap_id(alignment_id: str, kind: str, detail: str) -> str:
    comparison, _, clauses = alignment_id.partition("__")
    return f"{comparison}__{kind}__{clauses}{detail}"
