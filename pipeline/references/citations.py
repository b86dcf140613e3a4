"""Citations: which documents and provisions every clause names, and which of them the corpus has.

Reads   build/documents.jsonl, clauses, corpus/patterns/citations.toml, corpus/regions.toml
Writes  build/citations.jsonl

The lowest clause that holds a mention has it, once. What is not in the corpus, or could be several
documents of it, has no document_id.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import groupby

from pipeline.core import jsonl, regions
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Citation, Clause, Document
from pipeline.language import document_titles, official_words
from pipeline.language.document_titles import CitationRules as Rules
from pipeline.references import document_lists, mentions
from pipeline.references.catalogue import Catalogue, numbered
from pipeline.references.mentions import Mention
from pipeline.references.pinpoint_resolver import Addresses

_LABEL = re.compile(r"^[【\[]?(?:发?文件?(?:编|字)?号|发文字号|文号)[】\]]?[：: ]*")
_CAPTION = re.compile(
    r".{0,30}\d日[^。；]{0,60}(?:公布|发布|通过)$"
)  # 题注, its brackets taken off
_CITING = re.compile(r"[。；]|根据|依据|依照|按照|贯彻|落实|执行|废止|修改")


@cache
def _titled() -> re.Pattern[str]:
    """The end of a title behind which a document's own number stands."""
    genres = official_words.genres()
    return re.compile(rf"{official_words.any_of(genres.common, genres.numbered)}\s*[（(]?$")


def run(work: Workspace) -> None:
    """Find and resolve the citations of all documents."""
    rules = document_titles.load(document_titles.PATH)
    documents = jsonl.read(work.rows("documents"), Document)
    clauses = {
        key: Addresses(group)
        for key, group in groupby(
            jsonl.read(work.rows("clauses"), Clause), key=lambda c: c.document_id
        )
    }
    catalogue = Catalogue(documents, regions.load(DATA / "regions.toml"))
    found = [
        citation for document in documents for citation in cite(document, clauses, catalogue, rules)
    ]
    jsonl.write(work.rows("citations"), found)
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
    counts: dict[str, int] = {}
    for mention in _all(document, rules) if own else ():
        assert own
        holder = _holder(mention, own)
        if holder is None or _is_letterhead(mention, document):
            continue
        read = _read(mention, holder, document, clauses, catalogue, rules)
        if read:
            count = counts[holder[0].clause_id] = counts.get(holder[0].clause_id, 0) + 1
            yield replace(read, citation_id=f"{read.clause_id}__r{count}")


def _all(document: Document, rules: Rules) -> list[Mention]:
    """The mentions of a text; what a list names by title and number wins over the parts of it."""
    text = document.text
    listed = [
        Mention(start, end, "引用", name, number)
        for start, end, name, number in document_lists.find(text, rules)
    ]
    lines = {(each.number, text.count("\n", 0, each.start)) for each in listed}
    kept = [
        m
        for m in mentions.find(text, rules)
        if not any(each.start < m.end and m.start < each.end for each in listed)
        and (m.name or m.own or (m.number, text.count("\n", 0, m.start)) not in lines)
    ]
    return sorted([*listed, *kept], key=lambda m: m.start)


def _holder(mention: Mention, own: Addresses) -> tuple[Clause, int] | None:
    """The lowest clause that has the mention in its text, and where."""
    clause = own.lowest(mention.start, mention.end)
    return (clause, mention.start - clause.start) if clause else None


def _is_letterhead(mention: Mention, document: Document) -> bool:
    """Whether a number is the document's own: entered so, alone in its line, or in its head.

    In the head, before any sentence ends and after nothing that leads to a citation.
    """
    if mention.name or not mention.number:
        return False
    text = document.text
    start = text.rfind("\n", 0, mention.start) + 1
    end = text.find("\n", mention.end)
    line = text[start : end if end >= 0 else None].strip(" 　（）()【】|")
    alone = len(_LABEL.sub("", line)) <= mention.end - mention.start + 2
    before = text[: mention.start]
    head = len(before) < 200 and _titled().search(before) and not _CITING.search(before)
    return alone or bool(head or _CAPTION.match(line)) or mention.number == numbered(document)


def _read(
    mention: Mention, holder: tuple[Clause, int], document: Document,
    clauses: dict[str, Addresses], catalogue: Catalogue, rules: Rules,
) -> Citation | None:  # fmt: skip
    """A mention with what it means; None for a title that only names its own document."""
    clause, start = holder
    own = clauses[document.document_id]
    end = start + mention.end - mention.start
    read = Citation("", clause.clause_id, "本文", None, None, None, _printed(mention, document),
                    document.document_id, "本文", None, None, clause.text[start:end], start, end)  # fmt: skip
    if mention.own:
        first, last = _inside(mention, clause, own)
        return replace(read, target_clause_id=first, target_last_id=last)
    relation = mention.relation
    if relation == "引用" and not mention.place:
        ended = document_lists.ended(clause, own.by_id, own.clauses[: clause.ordinal], rules)
        relation = "废止" if ended else relation
    cited, basis = catalogue.resolve(document, mention.name, mention.number, relation == "废止")
    if cited is document:
        relation, basis = "本文", "本文"
        if mention.place is None:
            return None
    first, last = _at(mention, clauses[cited.document_id], None) if cited else (None, None)
    return replace(
        read, relation=relation, title=mention.name, number=mention.number, basis=basis,
        name=document_titles.key(mention.name) if mention.name else None,
        document_id=cited.document_id if cited else None,
        target_clause_id=first, target_last_id=last,
    )  # fmt: skip


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
