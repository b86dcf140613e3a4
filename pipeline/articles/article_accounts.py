"""Article accounts: what became of every article of two documents that answer each other.

Reads   build/documents.jsonl, clauses, document_pairs, alignments, corpus/patterns/classes.toml
Writes  build/article_accounts.jsonl

aligned       an article of the other document answers it
boilerplate   purpose, scope, commencement and the like, which has none
only_here     any other; of documents that answer each other in part it is listed, not concluded
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from pipeline.articles import asserted_pairs
from pipeline.core import jsonl
from pipeline.core.computation import document_rows
from pipeline.core.computation.document_rows import DocumentRows
from pipeline.core.paths import DATA, Workspace
from pipeline.core.point_records import ArticleAccount
from pipeline.core.records import Clause, DocumentPair
from pipeline.similarity import boilerplate, provision_classes
from pipeline.similarity.provision_classes import ArticleClass

ALIGNED, BOILERPLATE, ONLY_HERE = "aligned", "boilerplate", "only_here"
_KEPT = 200  # documents
_ANSWERING = ("counterpart", "part")


def run(work: Workspace) -> None:
    """Account for the articles of all official documents that answer each other."""
    documents = document_rows.heads(work.rows("documents"))
    official = {d.document_id for d in documents if d.text_kind == "official"}
    pairs = [
        pair
        for pair in jsonl.read(work.rows("document_pairs"), DocumentPair)
        if pair.kind in _ANSWERING and {pair.document_a, pair.document_b} <= official
    ]
    articles = _Articles(document_rows.index(work.rows("clauses"), Clause))
    aligned = {(row.clause_a, row.clause_b) for row in asserted_pairs.read(work.rows("alignments"))}
    classes = boilerplate.only(provision_classes.load(DATA / "patterns/classes.toml"))
    count: Counter[str] = Counter()
    rows = jsonl.counted(accounts(pairs, articles, aligned, classes), count, lambda r: r.account)
    jsonl.write(work.rows("article_accounts"), rows)
    print(
        f"article_accounts: {len(pairs)} 对相应的文件，{count[ALIGNED]} 条已对齐，"
        f"{count[ONLY_HERE]} 条只见于一侧，{count[BOILERPLATE]} 条套话"
    )


class _Articles:
    """The articles of any document of a build, those of the last ones kept."""

    def __init__(self, rows: DocumentRows[Clause]) -> None:
        self._rows = rows
        self._of = lru_cache(_KEPT)(self._read)

    def get(self, document_id: str, default: Sequence[Clause] = ()) -> Sequence[Clause]:
        """Those of a document, in reading order."""
        return self._of(document_id) or default

    def _read(self, document_id: str) -> list[Clause]:
        is_article = jsonl.having("kind", "article")
        rows = self._rows.of([document_id], is_article)
        return [clause for clause in rows if clause.kind == "article"]


def accounts(
    pairs: Sequence[DocumentPair],
    articles: Mapping[str, Sequence[Clause]] | _Articles,
    aligned: set[tuple[str, str]],
    classes: Sequence[ArticleClass],
) -> Iterator[ArticleAccount]:
    """The account of every article of some pairs of documents, side by side in reading order.

    Args:
        pairs: of documents that answer each other.
        articles: by document.
        aligned: the pairs of articles that answer each other.
        classes: of boilerplate.
    """
    partners: dict[str, set[str]] = defaultdict(set)
    for a, b in aligned:
        partners[a].add(b)
        partners[b].add(a)
    for pair in pairs:
        names = pair.document_a, pair.document_b
        own = {name: {clause.clause_id for clause in articles.get(name, ())} for name in names}
        for side, name, other in zip("ab", names, reversed(names), strict=True):
            for clause in articles.get(name, ()):
                if partners[clause.clause_id] & own[other]:
                    account = ALIGNED
                elif boilerplate.is_boilerplate(clause.text, classes):
                    account = BOILERPLATE
                else:
                    account = ONLY_HERE
                yield ArticleAccount(*names, side, clause.clause_id, account)
