"""Gaps: what one region gives or demands that the other does not, or not in the same measure.

Reads   build/alignments.jsonl, clauses, documents, facts, measures, conditions, provisions, topics,
        tokens, validity, corpus/comparisons.toml, corpus/pairs.toml, corpus/natures.toml,
        corpus/background/, corpus/patterns/classes.toml, corpus/models/kinds.json
Writes  build/gaps.jsonl

Every comparison is made for every date of corpus/comparisons.toml; only what was in force then counts. A
baseline clause is held against the target's own level and, apart from that, against each level above it;
without counterpart at its own level it is missing there, if it lies in one of our topics: two aligned
clauses are compared whatever they are about. Every gap keeps its quotes.
"""

from collections.abc import Callable

from pipeline.alignment import expert_pairs
from pipeline.core import comparisons, jsonl
from pipeline.core.gap_records import Gap
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import ASSERTED, Alignment
from pipeline.gaps import evidence as evidences
from pipeline.gaps import kind_model, stacks
from pipeline.gaps.absences import Lookup
from pipeline.gaps.differences import Pairing
from pipeline.gaps.evidence import Evidence
from pipeline.gaps.quantity_contexts import Contexts
from pipeline.language import lexicon
from pipeline.similarity import reference_corpus

_LIKELY = 0.5


def run(work: Workspace) -> None:
    """Find the gaps of every comparison at every date."""
    evidence, wanted, moments = evidences.gather(work)
    contexts = Contexts(
        evidence.words, evidence.measures, lexicon.load(DATA / "lexicon"), reference_corpus.load(DATA / "background")
    )  # fmt: skip
    kinds_of = reader(evidence, contexts)
    pairs = expert_pairs.load(DATA / "pairs.toml", set(evidence.provisions))
    experts = {(p.clause_a, p.clause_b): p for p in pairs if p.verdict != "rejected"}
    found = [
        gap
        for comparison in wanted
        for moment in moments
        for gap in compare(Pairing(comparison, moment, evidence, contexts, kinds_of, experts))
    ]
    jsonl.write(work.rows("gaps"), found)
    print(f"gaps: {len(wanted)} 组比较，{len(moments)} 个日期，{len(found)} 条差异")


def reader(evidence: Evidence, contexts: Contexts) -> Callable[[Alignment], tuple[str, float]]:
    """What tells the kind of difference of two articles, each pair read once; see `kinds`.

    That two rules are practically the same is told only where it is likelier than not.
    """
    model = kind_model.load()
    known: dict[str, tuple[str, float]] = {}

    def side(clause_id: str) -> kind_model.Side:
        terms = contexts.lexicon.terms(evidence.words[clause_id])
        return kind_model.Side(
            terms, evidence.clauses[clause_id].text, evidence.measures[clause_id],
            evidence.provisions[clause_id], evidence.conditions[clause_id],
        )  # fmt: skip

    def read(row: Alignment) -> tuple[str, float]:
        if row.alignment_id not in known:
            sides = side(row.clause_a), side(row.clause_b)
            chances = model.chances(kind_model.features(*sides, evidence.classes))
            if chances["equivalent"] < _LIKELY:
                del chances["equivalent"]
            kind = kind_model.likeliest(chances)
            known[row.alignment_id] = kind, round(chances[kind], 4)
        return known[row.alignment_id]

    return read


def compare(pairing: Pairing) -> list[Gap]:
    """The gaps of one comparison at one date, clause by clause in corpus order."""
    evidence, comparison = pairing.evidence, pairing.comparison
    baseline = comparisons.baseline(comparison, evidence.regions)
    found: list[Gap | None] = []
    for clause_id in evidence.provisions:
        region = evidence.region(clause_id)
        if region in baseline:
            found += _of_baseline(pairing, clause_id)
        elif region == comparison.target_region and clause_id in evidence.topics:
            found.append(_of_target(pairing, clause_id, baseline))
    return [gap for gap in found if gap]


def _of_baseline(pairing: Pairing, clause_id: str) -> list[Gap | None]:
    """A baseline clause against each level of the stack, and whether the target itself lacks it.

    What a county's city and province say stands in its stack, and in comparisons of their own.
    """
    evidence, comparison, on = pairing.evidence, pairing.comparison, pairing.moment.as_of
    searched, target = set(comparison.stack), {comparison.target_region}
    county = evidence.regions[comparison.target_region].level == "county"
    stack = stacks.layers(comparison, clause_id, evidence, on)
    found: list[Gap | None] = []
    own = False
    if evidence.in_force(clause_id, on):
        for row in stacks.partners(clause_id, evidence, target if county else searched):
            if evidence.in_force(row.clause_b, on):
                found += pairing.differences(row, stack)
                own = own or evidence.region(row.clause_b) == comparison.target_region
    if not own and clause_id in evidence.topics:
        near = _near(evidence, clause_id, searched)
        found.append(
            Lookup(pairing, "missing", clause_id, near, target, comparison.stack, stack).absence()
        )
    return found


def _of_target(pairing: Pairing, clause_id: str, baseline: set[str]) -> Gap | None:
    """A clause of the target that nothing in force answers on the baseline's side."""
    near = _near(pairing.evidence, clause_id, baseline)
    answered = any(
        row.status in ASSERTED and pairing.evidence.in_force(row.clause_a, pairing.moment.as_of)
        for row in near
    )
    if answered and pairing.evidence.in_force(clause_id, pairing.moment.as_of):
        return None
    searched = [region for region in pairing.evidence.regions if region in baseline]
    return Lookup(pairing, "extra", clause_id, near, baseline, searched, []).absence()


def _near(evidence: Evidence, clause_id: str, regions: set[str]) -> list[Alignment]:
    """All alignments of a clause with clauses of some regions."""
    return [
        row
        for row in evidence.alignments.get(clause_id, [])
        if evidence.region(stacks.others(row, clause_id)) in regions
    ]
