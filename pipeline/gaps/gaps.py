"""Gaps: how the clauses of two regions differ, and which have no counterpart, on each date.

Reads   build/alignments.jsonl, clauses, documents, facts, measures, conditions, provisions, topics,
        tokens, validity, corpus/comparisons.toml, corpus/regions.toml, corpus/topics.toml,
        corpus/pairs.toml, corpus/natures.toml, corpus/labels.toml, corpus/facts/, corpus/lexicon/,
        corpus/background/, corpus/patterns/classes.toml, corpus/models/kinds.json
Writes  build/gaps.jsonl

Every comparison is made for every date of corpus/comparisons.toml, of the rules in force on that date.
A baseline clause is compared with the target's own level and, separately, with each level above it. One
without counterpart at the target's own level is missing there; a target clause without counterpart in the
baseline is extra. Both only where the clause lies in one of our topics and has an instrument or a quantity;
two aligned clauses are compared on any matter. Every gap keeps its quotations.
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

_EQUIVALENT_FROM = 0.5  # probability from which two clauses count as equivalent


def run(work: Workspace) -> None:
    """Compute the gaps of every comparison at every date."""
    evidence, all_comparisons, moments = gather(work)
    reference = reference_corpus.load(DATA / "background")
    word_lexicon = lexicon.load(DATA / "lexicon")
    contexts = Contexts(evidence.words, evidence.measures, word_lexicon, reference)
    kind_of = kind_classifier(evidence, contexts)
    pairs = expert_pairs.load(DATA / "pairs.toml", set(evidence.provisions))
    expert_verdicts = {(p.clause_a, p.clause_b): p for p in pairs if p.verdict != "rejected"}
    gaps = [
        gap
        for comparison in all_comparisons
        for moment in moments
        for gap in compare(
            Pairing(comparison, moment, evidence, contexts, kind_of, expert_verdicts)
        )
    ]
    jsonl.write(work.rows("gaps"), gaps)
    print(f"gaps: {len(all_comparisons)} 组比较，{len(moments)} 个日期，{len(gaps)} 条差异")


def kind_classifier(
    evidence: Evidence, contexts: Contexts
) -> Callable[[Alignment], tuple[str, float]]:
    """A function from an alignment to its likeliest kind of gap and the probability; see `kind_model`.

    Each pair is classified once. It is equivalent only where that is likelier than not.
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
            if chances["equivalent"] < _EQUIVALENT_FROM:
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
            gaps += _baseline_gaps(pairing, clause_id)
        elif region == comparison.target_region and clause_id in evidence.topics:
            gaps += _target_gaps(pairing, clause_id, baseline)
    return gaps


def _baseline_gaps(pairing: Pairing, clause_id: str) -> Iterator[Gap]:
    """The gaps between a baseline clause and each level of the stack, and its absence in the target.

    A county is compared at its own level only: the levels above it are listed in the stack, and have
    comparisons of their own.
    """
    evidence, comparison, day = pairing.evidence, pairing.comparison, pairing.moment.as_of
    levels, target = set(comparison.stack), {comparison.target_region}
    is_county = evidence.regions[comparison.target_region].level == "county"
    stack = stacks.layers(comparison, clause_id, evidence, day)
    has_counterpart = False
    if evidence.in_force(clause_id, day):
        for row in stacks.partners(clause_id, evidence, target if is_county else levels):
            if evidence.in_force(row.clause_b, day):
                yield from pairing.differences(row, stack)
                has_counterpart = has_counterpart or evidence.region(row.clause_b) in target
    if not has_counterpart and clause_id in evidence.topics:
        alignments = _alignments_with(evidence, clause_id, levels)
        lookup = Lookup(pairing, "missing", clause_id, alignments, target, comparison.stack, stack)
        yield from filter(None, [lookup.absence()])


def _target_gaps(pairing: Pairing, clause_id: str, baseline: set[str]) -> Iterator[Gap]:
    """The absence of a target clause in the baseline, where no clause in force is aligned with it."""
    evidence, day = pairing.evidence, pairing.moment.as_of
    alignments = _alignments_with(evidence, clause_id, baseline)
    has_counterpart = any(
        row.status in ASSERTED and evidence.in_force(row.clause_a, day) for row in alignments
    )
    if not (has_counterpart and evidence.in_force(clause_id, day)):
        searched_regions = [region for region in evidence.regions if region in baseline]
        lookup = Lookup(pairing, "extra", clause_id, alignments, baseline, searched_regions, [])
        yield from filter(None, [lookup.absence()])


def _alignments_with(evidence: Evidence, clause_id: str, regions: set[str]) -> list[Alignment]:
    """All alignments of a clause with clauses of some regions."""
    return [
        row
        for row in evidence.alignments.get(clause_id, [])
        if evidence.region(stacks.others(row, clause_id)) in regions
    ]
