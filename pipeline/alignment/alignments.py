"""Alignments: which clause of one region answers which clause of another.

Reads   build/documents.jsonl, document_pairs, clauses, tokens, topics, measures, provisions,
        corpus/comparisons.toml, corpus/pairs.toml, corpus/background/, corpus/patterns/classes.toml, corpus/gold/model.json
Writes  build/alignments.jsonl

Each region of a comparison's stack is held against the baseline by itself, so that a province's clause
never hides a city's. Documents that answer each other, or touch on common matters, are read article
by article; elsewhere mutual best and near ties by likeness are asserted. The other neighbours are kept as 'candidate'. What a person
paired or parted in corpus/pairs.toml wins over both. A clause without partner is no error here: gaps
tells of it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.alignment import candidates, expert_pairs, match_model, pair_scoring, word_diff
from pipeline.alignment.candidates import Cell, Counterparts, Judgements
from pipeline.alignment.match_model import Matcher, Model
from pipeline.core import comparisons, jsonl, regions
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Alignment, Clause, ClauseTopic, Document, DocumentPair, Region
from pipeline.core.settings import ALIGNMENTS
from pipeline.similarity import clause_index, document_features, reference_corpus, vectors
from pipeline.similarity.clause_index import Units

ASSERTED = ("auto", "accepted")
_STATUS = {"other_name": "candidate"}  # another institution for the same need: shown, not compared
SURE = 0.95  # a person's pair; people err too: two annotators agree at 0.97
Verdicts = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Side:
    """A comparison's baseline against one region of its stack, as rows of the units."""

    comparison_id: str
    left: list[int]
    right: list[int]


def run(work: Workspace) -> None:
    """Align every comparison."""
    known = regions.load(DATA / "regions.toml")
    tokens = document_features.tokens(work)
    reader = document_features.reader(work, tokens)
    headings, clauses = gather(work)
    space = clause_index.gather(
        jsonl.read(work.rows("documents"), Document), tokens,
        jsonl.read(work.rows("topics"), ClauseTopic), reader.lexicon, headings, reader.classes,
    )  # fmt: skip
    experts = expert_pairs.load(DATA / "pairs.toml", {t.clause_id for t in space.tokens})
    verdicts = {(p.clause_a, p.clause_b): _STATUS.get(p.verdict, p.verdict) for p in experts}
    model = match_model.load(DATA / "gold/model.json")
    judge = Matcher(model, reference_corpus.load(DATA / "background"), reader.classes)
    kinds = {
        (p.document_a, p.document_b): p.kind
        for p in jsonl.read(work.rows("document_pairs"), DocumentPair)
        if p.kind != "revision"
    }
    judged = pair_scoring.read(list(kinds), clauses, reader, judge, work.jobs)
    answering, related = (
        {names: each for names, each in judged.items() if kinds[names] == kind}
        for kind in ("counterpart", "related")
    )
    count: Counter[bool] = Counter()

    def found() -> Iterator[Alignment]:
        for side in sides(known, space):
            for row in align(side, space, answering, related, model, verdicts):
                count[row.status in ASSERTED] += 1
                yield row

    jsonl.write(work.rows("alignments"), found())
    print(f"alignments: {len(judged)} 对文件逐条对读，{count[True]} 对确认，{count[False]} 对候选")


def gather(work: Workspace) -> tuple[dict[str, str], dict[str, list[Clause]]]:
    """All headings by clause, and the clauses of the documents that will be read, in reading order."""
    pairs = jsonl.read(work.rows("document_pairs"), DocumentPair)
    wanted = {name for pair in pairs for name in (pair.document_a, pair.document_b)}
    headings: dict[str, str] = {}
    clauses: dict[str, list[Clause]] = defaultdict(list)
    for clause in jsonl.read(work.rows("clauses"), Clause):
        if clause.heading:
            headings[clause.clause_id] = clause.heading
        if clause.document_id in wanted:
            clauses[clause.document_id].append(clause)
    return headings, clauses


def sides(known: dict[str, Region], space: Units) -> Iterator[Side]:
    """Every baseline against each region that some comparison holds against it, each two once.

    A pair of clauses belongs to the first comparison that has their regions; gaps read it for all.
    """
    seen = set()
    for comparison in comparisons.load(DATA / "comparisons.toml", known, set(space.region)):
        names = comparisons.baseline(comparison, known)
        left = space.of(names)
        for region in comparison.stack:
            if (key := (frozenset(names), region)) not in seen:
                seen.add(key)
                yield Side(comparison.comparison_id, left, space.of({region}))


def align(
    side: Side,
    space: Units,
    answering: Judgements,
    related: Judgements,
    model: Model,
    verdicts: Verdicts,
) -> Iterator[Alignment]:
    """Align the baseline's clauses with one region's.

    Args:
        side: rows of both sides.
        space: all clauses.
        answering: documents that answer each other, as they were read; those of this side are used.
        related: documents that touch on common matters, likewise.
        model: its thresholds, and the probability of what searching finds.
        verdicts: (clause_a, clause_b) → status, where a person said so.
    """
    found = candidates.find(side.left, side.right, space, answering, related, model)
    names_a, names_b = (
        [space.tokens[row].clause_id for row in part] for part in (side.left, side.right)
    )
    places = [{name: i for i, name in enumerate(names)} for names in (names_a, names_b)]
    said = {
        (places[0][a], places[1][b]): verdict
        for (a, b), verdict in verdicts.items()
        if a in places[0] and b in places[1]
    }
    cells = sorted(candidates.kept(found, ALIGNMENTS.kept) | set(said))
    near = vectors.cosines(
        space.features, [side.left[a] for a, _ in cells], [side.right[b] for _, b in cells]
    )
    for cell, similarity in zip(cells, near, strict=True):
        status = said.get(cell, "auto" if cell in found.asserted else "candidate")
        yield _alignment(side, space, found, cell, similarity, status)


def _alignment(
    side: Side, space: Units, found: Counterparts, cell: Cell, similarity: float, status: str
) -> Alignment:
    a, b = side.left[cell[0]], side.right[cell[1]]
    clause_a, clause_b = space.tokens[a], space.tokens[b]
    candidate = found.cells.get(cell, candidates.UNSEEN)  # a person saw what words do not show
    asserted = status in ASSERTED
    extent = found.extent(cell) if status == "auto" and candidate.scope == "pair" else None
    return Alignment(
        f"{side.comparison_id}__{clause_a.clause_id}__vs__{clause_b.clause_id}",
        side.comparison_id, clause_a.clause_id, clause_b.clause_id,
        round(similarity, 4), SURE if status == "accepted" else candidate.chance,
        found.rank(cell), vectors.shared_terms(space.features, a, b), status,
        candidate.scope, extent, candidate.reasons,
        word_diff.diff(clause_a.words, clause_b.words) if asserted else None,
    )  # fmt: skip
