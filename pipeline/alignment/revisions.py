"""Revisions: what became of each clause from one version of a document to the next.

Reads   build/document_pairs.jsonl, documents, clauses, tokens, measures, provisions, corpus/background/,
        corpus/patterns/classes.toml, corpus/gold/model.json
Writes  build/revisions.jsonl

The old–new table (新旧条文对照表) that a drafter makes by hand. Equal articles are paired whatever their
numbers; of the rest, each old article with its likeliest new ones where that is probable enough.
"""

from collections import defaultdict
from collections.abc import Iterator

from scipy import sparse

from pipeline.alignment import match_model, pair_scoring, word_diff
from pipeline.alignment.match_model import Matcher, Model
from pipeline.alignment.pair_scoring import Judged
from pipeline.core import jsonl
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Clause, DocumentPair, Revision
from pipeline.language.normalization import fold
from pipeline.similarity import article_parts, document_features, reference_corpus, vectors


def run(work: Workspace) -> None:
    """Set every two versions of a document side by side."""
    pairs = [
        p for p in jsonl.read(work.rows("document_pairs"), DocumentPair) if p.kind == "revision"
    ]
    found: list[Revision] = []
    if pairs:
        clauses: dict[str, list[Clause]] = defaultdict(list)
        for clause in jsonl.read(work.rows("clauses"), Clause):
            clauses[clause.document_id].append(clause)
        reader = document_features.reader(work, document_features.tokens(work))
        model = match_model.load(DATA / "gold/model.json")
        judge = Matcher(model, reference_corpus.load(DATA / "background"), reader.classes)
        names = [(pair.document_a, pair.document_b) for pair in pairs]
        judged = pair_scoring.read(names, clauses, reader, judge, work.jobs)
        for old, new in names:
            before, after = ([c for c in clauses[name] if c.is_unit] for name in (old, new))
            found += table(before, after, judged[old, new], model, reader.words)
    jsonl.write(work.rows("revisions"), found)
    print(f"revisions: {len(pairs)} 对新旧文本，{len(found)} 行对照")


def table(
    old: list[Clause], new: list[Clause], judged: Judged, model: Model, words: dict[str, list[str]]
) -> Iterator[Revision]:
    """The rows of one old–new table: new clauses in their order, then those that are gone.

    Args:
        old: unit clauses of the earlier text, at least one.
        new: unit clauses of the later one, at least one.
        judged: how likely each pair of them is.
        model: its thresholds.
        words: clause id → its words, for the diff.
    """
    links = _links(old, new, judged, model)
    names = old[0].document_id, new[0].document_id
    for j, clause in enumerate(new):
        partners = sorted(i for i, k in links if k == j)
        for i in partners:
            same = _own(old[i]) == _own(clause)
            ops = word_diff.diff(words[old[i].clause_id], words[clause.clause_id])
            chance = 1.0 if same else float(judged.chance[i, j])
            yield _row(names, old[i], clause, "unchanged" if same else "changed", chance, ops)
        if not partners:
            yield _row(names, None, clause, "added")
    for i, clause in enumerate(old):
        if not any(k == i for k, _ in links):
            yield _row(names, clause, None, "removed")


def _own(clause: Clause) -> str:
    """A clause's own words without its number, in one width of characters."""
    return fold("".join(clause.text[article_parts.body(clause.text) :].split()))


def _links(
    old: list[Clause], new: list[Clause], judged: Judged, model: Model
) -> set[tuple[int, int]]:
    """Equal clauses first; they take no other partner."""
    places = {_own(clause): j for j, clause in reversed(list(enumerate(new)))}
    same = {(i, places[_own(c)]) for i, c in enumerate(old) if _own(c) in places}
    rest = judged.chance.copy()
    rest[sorted({i for i, _ in same})] = 0
    rest[:, sorted({j for _, j in same})] = 0
    return same | set(vectors.links(sparse.csr_matrix(rest), model.floor, model.tie))


def _row(
    names: tuple[str, str],
    old: Clause | None,
    new: Clause | None,
    kind: str,
    chance: float | None = None,
    ops: list[tuple[str, str, str]] | None = None,
) -> Revision:
    ids = old.clause_id if old else None, new.clause_id if new else None
    places = "__to__".join(own or name for own, name in zip(ids, names, strict=True))
    return Revision(places, *names, *ids, kind, chance, ops)
