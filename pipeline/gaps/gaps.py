"""Gaps: what one region gives or demands that another does not, or not in the same measure.

Reads   build/alignments.jsonl, clauses, documents, facts, measures, conditions, provisions, topics,
        tokens, validity, corpus/comparisons.toml, corpus/pairs.toml, corpus/natures.toml,
        corpus/labels.toml, corpus/background/, corpus/patterns/classes.toml, corpus/models/kinds.json
Writes  build/gaps.jsonl

Every comparison is made for every date of corpus/comparisons.toml, of the rules in force on that date.
A baseline clause is compared with the target's own level and, separately, with each level above it. One
without counterpart at the target's own level is missing there, if it lies in one of our topics; two
aligned clauses are compared on any matter. Every gap keeps its quotations.
"""

from collections.abc import Callable, Iterator

from pipeline.alignment import expert_pairs
from pipeline.core import comparisons, jsonl
from pipeline.core.gap_records import Gap
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import ASSERTED, Alignment
from pipeline.gaps import kind_model, stacks
from pipeline.gaps.absences import Lookup
from pipeline.gaps.comparison.quantity_contexts import Contexts
from pipeline.gaps.differences import Pairing
from pipeline.gaps.evidence import Evidence, gather
from pipeline.language import lexicon
from pipeline.similarity import reference_corpus

_LIKELY = 0.5  # probability from which two clauses count as equivalent


def run(work: Workspace) -> None:
    """Compute the gaps of every comparison at every date."""
    evidence, compared, moments = gather(work)
    background = reference_corpus.load(DATA / "background")
    words = lexicon.load(DATA / "lexicon")
    contexts = Contexts(evidence.words, evidence.measures, words, background)
    kind_of = kind_classifier(evidence, contexts)
    pairs = expert_pairs.load(DATA / "pairs.toml", set(evidence.provisions))
    experts = {(p.clause_a, p.clause_b): p for p in pairs if p.verdict != "rejected"}
    gaps = [
        gap
        for comparison in compared
        for moment in moments
        for gap in compare(Pairing(comparison, moment, evidence, contexts, kind_of, experts))
    ]
    jsonl.write(work.rows("gaps"), gaps)
    print(f"gaps: {len(compared)} 组比较，{len(moments)} 个日期，{len(gaps)} 条差异")


def kind_classifier(
    evidence: Evidence, contexts: Contexts
) -> Callable[[Alignment], tuple[str, float]]:
    """A function from an alignment to its likeliest kind of gap and the probability; see `kind_model`.

    Each pair is classified once. Equivalent is answered only where it is likelier than not.
    """
    model = kind_model.load()
    kinds: dict[str, tuple[str, float]] = {}

    def side(clause_id: str) -> kind_model.Side:
        return kind_model.Side(
            words=contexts.lexicon.terms(evidence.words[clause_id]),
            text=evidence.clauses[clause_id].text,
            measures=evidence.measures[clause_id],
            provision=evidence.provisions[clause_id],
            conditions=evidence.conditions[clause_id],
        )

    def kind_of(row: Alignment) -> tuple[str, float]:
        if row.alignment_id not in kinds:
            sides = side(row.clause_a), side(row.clause_b)
            chances = model.chances(kind_model.features(*sides, evidence.classes))
            if chances["equivalent"] < _LIKELY:
                del chances["equivalent"]
            kind = kind_model.likeliest(chances)
            kinds[row.alignment_id] = kind, round(chances[kind], 4)
        return kinds[row.alignment_id]

    return kind_of


def compare(pairing: Pairing) -> list[Gap]:
    """The gaps of one comparison at one date, clause by clause in corpus order."""
    evidence, comparison = pairing.evidence, pairing.comparison
    baseline = comparisons.baseline(comparison, evidence.regions)
    gaps: list[Gap] = []
    for clause_id in evidence.provisions:
        region = evidence.region(clause_id)
        if region in baseline:
            gaps += _of_baseline(pairing, clause_id)
        elif region == comparison.target_region and clause_id in evidence.topics:
            gaps += _of_target(pairing, clause_id, baseline)
    return gaps


def _of_baseline(pairing: Pairing, clause_id: str) -> Iterator[Gap]:
    """The gaps between a baseline clause and each level of the stack, and its absence in the target.

    A county is compared at its own level only: the levels above it are listed in the stack, and have
    comparisons of their own.
    """
    evidence, comparison, on = pairing.evidence, pairing.comparison, pairing.moment.as_of
    levels, target = set(comparison.stack), {comparison.target_region}
    is_county = evidence.regions[comparison.target_region].level == "county"
    stack = stacks.layers(comparison, clause_id, evidence, on)
    answered = False
    if evidence.in_force(clause_id, on):
        for row in stacks.partners(clause_id, evidence, target if is_county else levels):
            if evidence.in_force(row.clause_b, on):
                yield from pairing.differences(row, stack)
                answered = answered or evidence.region(row.clause_b) in target
    if not answered and clause_id in evidence.topics:
        near = _alignments_with(evidence, clause_id, levels)
        lookup = Lookup(pairing, "missing", clause_id, near, target, comparison.stack, stack)
        yield from filter(None, [lookup.absence()])


def _of_target(pairing: Pairing, clause_id: str, baseline: set[str]) -> Iterator[Gap]:
    """The absence of a target clause in the baseline, where no clause in force answers it."""
    evidence, on = pairing.evidence, pairing.moment.as_of
    near = _alignments_with(evidence, clause_id, baseline)
    answered = any(row.status in ASSERTED and evidence.in_force(row.clause_a, on) for row in near)
    if not (answered and evidence.in_force(clause_id, on)):
        searched = [region for region in evidence.regions if region in baseline]
        lookup = Lookup(pairing, "extra", clause_id, near, baseline, searched, [])
        yield from filter(None, [lookup.absence()])


def _alignments_with(evidence: Evidence, clause_id: str, regions: set[str]) -> list[Alignment]:
    """All alignments of a clause with clauses of some regions."""
    return [
        row
        for row in evidence.alignments.get(clause_id, [])
        if evidence.region(stacks.others(row, clause_id)) in regions
    ]
