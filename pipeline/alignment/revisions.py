"""Revisions: how each clause changed from one version of a document to the next.

Reads   build/document_pairs.jsonl, documents, clauses, tokens, measures, provisions, corpus/background/,
        corpus/patterns/classes.toml, corpus/models/match.json
Writes  build/revisions.jsonl

The comparison table of old and new articles (新旧条文对照表) that drafters make by hand. Identical articles
are paired under any numbers; of the rest, each old article with its likeliest new ones, where the
probability is above the model's threshold.
"""

from collections.abc import Iterator

from scipy import sparse

from pipeline.alignment import match_model, pair_scoring, word_diff
from pipeline.alignment.match_model import Matcher, MatchModel
from pipeline.alignment.pair_scoring import PairScores
from pipeline.core import jsonl
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Clause, DocumentPair, Revision
from pipeline.language.normalization import fold
from pipeline.similarity import (
    article_parts,
    document_features,
    provision_classes,
    reference_corpus,
    vectors,
)

# An article removed and one added, both left over, are likely only for want of others: of 14 such pairs of
# two versions that kept less 11 were no versions of one article.
_SURE = 0.75  # probability
_KEPT = 0.2  # share of the shorter one's characters


def run(work: Workspace) -> None:
    """Compare every two versions of a document."""
    pairs = [
        p for p in jsonl.read(work.rows("document_pairs"), DocumentPair) if p.kind == "revision"
    ]
    count = 0

    def rows() -> Iterator[Revision]:
        nonlocal count
        for row in _tables(work, [(pair.document_a, pair.document_b) for pair in pairs]):
            count += 1
            yield row

    jsonl.write(work.rows("revisions"), rows() if pairs else ())
    print(f"revisions: {len(pairs)} 对新旧文本，{count} 行对照")


def _tables(work: Workspace, names: list[tuple[str, str]]) -> Iterator[Revision]:
    """The rows of all comparison tables."""
    model = match_model.load()
    classes = provision_classes.load(DATA / "patterns/classes.toml")
    matcher = Matcher(model, reference_corpus.load(DATA / "background"), classes)
    feature_rows = document_features.rows_of(work)
    scores = pair_scoring.kept_scores(work, "revision_scores", names, feature_rows, matcher)
    for old, new in names:
        before, after = (
            [clause for clause in feature_rows.clauses.of([name]) if clause.is_unit]
            for name in (old, new)
        )
        words = {row.clause_id: row.words for row in feature_rows.tokens.of({old, new})}
        yield from table(before, after, scores.of((old, new)), model, words)


def table(
    old: list[Clause],
    new: list[Clause],
    scores: PairScores,
    model: MatchModel,
    words: dict[str, list[str]],
) -> Iterator[Revision]:
    """The rows of one comparison table: new clauses in their order, then those removed.

    Args:
        old: unit clauses of the earlier text, at least one.
        new: unit clauses of the later one, at least one.
        scores: how likely each pair of them are counterparts.
        model: its thresholds.
        words: clause id → its words, for the diff.
    """
    links = _links(old, new, scores, model, words)
    document_ids = old[0].document_id, new[0].document_id
    for j, clause in enumerate(new):
        partners = sorted(i for i, k in links if k == j)
        for i in partners:
            is_same = _body(old[i]) == _body(clause)
            ops = word_diff.diff(words[old[i].clause_id], words[clause.clause_id])
            confidence = 1.0 if is_same else float(scores.probability[i, j])
            kind = "unchanged" if is_same else "changed"
            yield _row(document_ids, old[i], clause, kind, confidence, ops)
        if not partners:
            yield _row(document_ids, None, clause, "added")
    for i, clause in enumerate(old):
        if not any(k == i for k, _ in links):
            yield _row(document_ids, clause, None, "removed")


def _body(clause: Clause) -> str:
    """A clause's text without its number and white space, in one width of characters."""
    return fold("".join(clause.text[article_parts.body_start(clause.text) :].split()))


def _links(
    old: list[Clause],
    new: list[Clause],
    scores: PairScores,
    model: MatchModel,
    words: dict[str, list[str]],
) -> set[tuple[int, int]]:
    """Pairs of (old row, new row): identical clauses, which have no other partner, then likely ones."""
    row_by_body = {_body(clause): j for j, clause in reversed(list(enumerate(new)))}
    identical = {(i, row_by_body[_body(c)]) for i, c in enumerate(old) if _body(c) in row_by_body}
    rest = scores.probability.copy()
    rest[sorted({i for i, _ in identical})] = 0
    rest[:, sorted({j for _, j in identical})] = 0
    likely = vectors.links(sparse.csr_matrix(rest), model.floor, model.tie)
    return identical | {
        (i, j)
        for i, j in likely
        if rest[i, j] >= _SURE or _kept(words[old[i].clause_id], words[new[j].clause_id]) >= _KEPT
    }


def _kept(old: list[str], new: list[str]) -> float:
    """The share of the shorter clause's characters that stands in runs of equal words of both.

    >>> _kept(["押金", "专户"], ["押金", "不得", "挪用"])
    0.5
    """
    equal = sum(
        len(text) for op, text, _ in word_diff.diff(old, new) if op == "=" and len(text) > 1
    )
    return equal / max(min(len("".join(old)), len("".join(new))), 1)


def _row(
    document_ids: tuple[str, str],
    old: Clause | None,
    new: Clause | None,
    kind: str,
    confidence: float | None = None,
    ops: list[tuple[str, str, str]] | None = None,
) -> Revision:
    clause_ids = old.clause_id if old else None, new.clause_id if new else None
    revision_id = "__to__".join(
        clause_id or document_id
        for clause_id, document_id in zip(clause_ids, document_ids, strict=True)
    )
    return Revision(revision_id, *document_ids, *clause_ids, kind, confidence, ops)
