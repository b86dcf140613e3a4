"""Citations: which documents and provisions every clause names, and which of them the corpus has.

Reads   build/documents.jsonl, clauses, corpus/patterns/citations.toml, corpus/regions.toml
Writes  build/citations.jsonl

The lowest clause that holds a mention has it, once. What is not in the corpus, or could be several
documents of it, has no document_id.
"""

from collections.abc import Iterator
from itertools import groupby

from pipeline import listings, mentions, regions, rows, titles
from pipeline.addresses import Addresses
from pipeline.catalogue import NONE, Catalogue
from pipeline.mentions import Mention
from pipeline.records import Citation, Clause, Document
from pipeline.titles import Rules
from pipeline.workspace import DATA, Workspace


def run(work: Workspace) -> None:
    """Find and resolve the citations of all documents."""
    rules = titles.load(titles.PATH)
    documents = rows.read(work.rows("documents"), Document)
    clauses = {
        key: Addresses(group)
        for key, group in groupby(
            rows.read(work.rows("clauses"), Clause), key=lambda c: c.document_id
        )
    }
    catalogue = Catalogue(documents, regions.load(DATA / "regions.toml"))
    found = [
        citation
        for document in documents
        for citation in cite(document, clauses, catalogue, rules)
    ]
    rows.write(work.rows("citations"), found)
    held = sum(row.document_id is not None for row in found)
    print(f"citations: 引用 {len(found)} 处，其中 {held} 处所引在库中")


def cite(
    document: Document, clauses: dict[str, Addresses], catalogue: Catalogue, rules: Rules
) -> Iterator[Citation]:
    """The citations of one document, in reading order.

    Args:
        document: whose text is read.
        clauses: of every document of the corpus.
        catalogue: of the corpus.
        rules: of the patterns file.
    """
    own = clauses.get(document.document_id)
    if own is None:
        return
    counts: dict[str, int] = {}
    for mention in _all(document, rules):
        placed = _holder(mention, document, own)
        if placed is None or _is_own_number(mention, document):
            continue
        clause, start = placed
        read = _resolved(mention, clause, document, clauses, catalogue, rules)
        if read is None:
            continue
        counts[clause.clause_id] = counts.get(clause.clause_id, 0) + 1
        quote = clause.text[start : start + mention.end - mention.start]
        yield Citation(f"{clause.clause_id}__r{counts[clause.clause_id]}", clause.clause_id, *read,
                       quote, start, start + len(quote))  # fmt: skip


def _all(document: Document, rules: Rules) -> list[Mention]:
    """The mentions of a text; what a list names by title and number wins over the parts of it."""
    listed = [
        Mention(start, end, "引用", name, number)
        for start, end, name, number in listings.find(document.text, rules)
    ]
    others = [
        m
        for m in mentions.find(document.text, rules)
        if not any(each.start < m.end and m.start < each.end for each in listed)
    ]
    taken = {(m.number, document.text.count("\n", 0, m.start)) for m in listed}
    kept = [m for m in others if m.name or (m.number, document.text.count("\n", 0, m.start)) not in taken]  # fmt: skip
    return sorted([*listed, *kept], key=lambda m: m.start)


def _holder(mention: Mention, document: Document, own: Addresses) -> tuple[Clause, int] | None:
    """The lowest clause that has the mention in its text, and where."""
    words = document.text[mention.start : mention.end]
    around = [c for c in own.clauses if c.start <= mention.start and mention.end <= c.end]
    for clause in sorted(around, key=lambda c: (c.end - c.start, -c.ordinal)):
        at = mention.start - clause.start
        if clause.text[at : at + len(words)] == words:
            return clause, at
        if clause.text.count(words) == 1:  # a cell's text repeats its headers
            return clause, clause.text.index(words)
    return None


def _is_own_number(mention: Mention, document: Document) -> bool:
    """A number that stands alone in its line is the document's own letterhead."""
    if mention.name or not mention.number:
        return False
    start = document.text.rfind("\n", 0, mention.start) + 1
    end = document.text.find("\n", mention.end)
    line = document.text[start : end if end >= 0 else None]
    alone = len(line.strip().strip("（）()【】")) <= mention.end - mention.start + 2
    return alone or mention.number == document.number


def _resolved(
    mention: Mention, clause: Clause, document: Document, clauses: dict[str, Addresses],
    catalogue: Catalogue, rules: Rules,
) -> tuple[str, str | None, str | None, str | None, str | None, str | None, str | None, str | None, str | None] | None:  # fmt: skip
    """The columns from relation to target_last_id; None for a title that names its own document."""
    own = clauses[document.document_id]
    place = _printed(mention, document)
    if mention.own:
        target, last = _inside(mention, clause, own)
        return "本文", None, None, None, place, document.document_id, "本文", target, last
    relation = mention.relation
    if relation == "引用" and not mention.place:
        before = own.clauses[: clause.ordinal]
        relation = "废止" if listings.ended(clause, own.by_id, before, rules) else relation
    cited, basis = catalogue.resolve(document, mention.name, mention.number, relation == "废止")
    if cited is document and not mention.place:
        return None
    target, last = None, None
    if cited is not None and mention.place is not None:
        target, last = _at(mention, clauses[cited.document_id], None)
    name = titles.key(mention.name) if mention.name else None
    if cited is document:
        relation, basis = "本文", "本文"
    return (relation, mention.name, name, mention.number, place,
            cited.document_id if cited else NONE[0], basis, target, last)  # fmt: skip


def _printed(mention: Mention, document: Document) -> str | None:
    """The place as it is printed, without what it is a place of."""
    if mention.near:
        return document.text[mention.start : mention.end]
    if mention.place is None:
        return None
    return document.text[max(mention.place.start, mention.start) : mention.end]


def _inside(mention: Mention, clause: Clause, own: Addresses) -> tuple[str | None, str | None]:
    if mention.near:
        return own.nearby(clause, mention.near, mention.place)
    return _at(mention, own, clause)


def _at(
    mention: Mention, addresses: Addresses, near: Clause | None
) -> tuple[str | None, str | None]:
    place = mention.place
    if place is None or place.article is None:
        return None, None
    first = addresses.find(place, near)
    return first, addresses.find(place.last, near) if first and place.last else None
