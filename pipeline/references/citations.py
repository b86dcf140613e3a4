"""Citations: which documents and provisions every clause names, and which of them the corpus has.

Reads   build/documents.jsonl, clauses.jsonl, corpus/patterns/citations.toml, corpus/regions.toml
Writes  build/citations.jsonl

A mention is a citation of the lowest clause that contains it. Where what is cited is not in the corpus,
or could be several documents of it, document_id is null.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from pipeline.core import jsonl, regions
from pipeline.core.computation import document_rows
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Citation, Clause, Document
from pipeline.language import document_titles, official_words
from pipeline.language.document_titles import CitationRules as Rules
from pipeline.references import document_lists, mentions
from pipeline.references.catalogue import Catalogue, folded_number
from pipeline.references.mentions import Mention
from pipeline.references.pinpoint_resolver import ProvisionIndex, ProvisionIndexes

Indexes = Mapping[str, ProvisionIndex] | ProvisionIndexes
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
    indexes = ProvisionIndexes(document_rows.index(work.rows("clauses"), Clause))
    documents = document_rows.heads(work.rows("documents"))
    catalogue = Catalogue(documents, regions.load(DATA / "regions.toml"))
    count: Counter[bool] = Counter()
    citations = (
        citation
        for document in jsonl.each(work.rows("documents"), Document)
        for citation in cite(document, indexes, catalogue, rules)
    )
    counted = jsonl.counted(citations, count, lambda row: row.document_id is not None)
    jsonl.write(work.rows("citations"), counted)
    print(f"citations: 引用 {count.total()} 处，其中 {count[True]} 处所引在库中")


def cite(
    document: Document, indexes: Indexes, catalogue: Catalogue, rules: Rules
) -> Iterator[Citation]:
    """The citations of one document, in reading order.

    Args:
        document: whose text is read.
        indexes: of every document of the corpus, by id.
        catalogue: of the corpus.
        rules: of the pattern file.
    """
    index = indexes.get(document.document_id)
    if index is None:
        return
    counts: Counter[str] = Counter()
    for mention in _mentions(document, rules):
        clause = index.lowest(mention.start, mention.end)
        if clause is None or _is_letterhead(mention, document):
            continue
        citation = _citation(mention, clause, document, indexes, catalogue, rules)
        if citation:
            counts[clause.clause_id] += 1
            yield replace(citation, citation_id=f"{clause.clause_id}__r{counts[clause.clause_id]}")


def _mentions(document: Document, rules: Rules) -> list[Mention]:
    """The mentions of a text; a list's entry of title and number replaces mentions of either alone."""
    text = document.text
    entries = [
        Mention(start, end, "引用", name, number)
        for start, end, name, number in document_lists.find(text, rules)
    ]
    entry_lines = {(m.number, _line(text, m.start)) for m in entries}
    others = [
        m
        for m in mentions.find(text, rules)
        if not any(entry.start < m.end and m.start < entry.end for entry in entries)
        and (m.name or m.own or (m.number, _line(text, m.start)) not in entry_lines)
    ]
    return sorted([*entries, *others], key=lambda m: m.start)


def _line(text: str, offset: int) -> int:
    """The number of the line of an offset."""
    return text.count("\n", 0, offset)


def _is_letterhead(mention: Mention, document: Document) -> bool:
    """Whether a number is the document's own: so entered, alone in its line, or in the document's head.

    The head is the text before any sentence ends or a word leads to a citation.
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
    return alone or bool(head or _CAPTION.match(line)) or mention.number == folded_number(document)


def _citation(
    mention: Mention,
    clause: Clause,
    document: Document,
    indexes: Indexes,
    catalogue: Catalogue,
    rules: Rules,
) -> Citation | None:
    """A mention with what it means, without id; None for a title that only names its own document."""
    index = indexes[document.document_id]
    own = _own_citation(mention, clause, document)
    if mention.own:
        first, last = _own_target(mention, clause, index)
        return replace(own, target_clause_id=first, target_last_id=last)
    relation = mention.relation
    if relation == "引用" and not mention.pinpoint:
        before = index.clauses[: clause.ordinal]
        if document_lists.is_ended(clause, index.by_id, before, rules):
            relation = "废止"
    cited, basis = catalogue.resolve(document, mention.name, mention.number, relation == "废止")
    if cited and cited.document_id == document.document_id:
        relation, basis = "本文", "本文"
        if mention.pinpoint is None:
            return None
    first, last = _target(mention, indexes[cited.document_id], None) if cited else (None, None)
    return replace(
        own,
        relation=relation,
        title=mention.name,
        name=document_titles.key(mention.name) if mention.name else None,
        number=mention.number,
        document_id=cited.document_id if cited else None,
        basis=basis,
        target_clause_id=first,
        target_last_id=last,
    )


def _own_citation(mention: Mention, clause: Clause, document: Document) -> Citation:
    """A mention as a citation of its own document, without id and target."""
    start, end = mention.start - clause.start, mention.end - clause.start
    return Citation(
        citation_id="",
        clause_id=clause.clause_id,
        relation="本文",
        title=None,
        name=None,
        number=None,
        place=_pinpoint_text(mention, document),
        document_id=document.document_id,
        basis="本文",
        target_clause_id=None,
        target_last_id=None,
        quote=clause.text[start:end],
        start=start,
        end=end,
    )


def _pinpoint_text(mention: Mention, document: Document) -> str | None:
    """The pinpoint as it is printed, without the name before it."""
    if mention.relative:
        return document.text[mention.start : mention.end]
    if mention.pinpoint is None:
        return None
    return document.text[max(mention.pinpoint.start, mention.start) : mention.end]


def _own_target(
    mention: Mention, clause: Clause, index: ProvisionIndex
) -> tuple[str | None, str | None]:
    if mention.relative:
        return index.resolve_relative(clause, mention.relative, mention.pinpoint)
    return _target(mention, index, clause)


def _target(
    mention: Mention, index: ProvisionIndex, near: Clause | None
) -> tuple[str | None, str | None]:
    """The ids of the first and, of a range, the last clause that a mention means."""
    pinpoint = mention.pinpoint
    if pinpoint is None or pinpoint.article is None:
        return None, None
    first = index.resolve(pinpoint, near)
    return first, index.resolve(pinpoint.last, near) if first and pinpoint.last else None
