"""Clauses: every document in its parts, from 编 down to 目, with its headings, tables and signatures.

Reads   build/documents.jsonl, corpus/patterns/genres.toml, offices.toml, signatures.toml
Writes  build/clauses.jsonl

A unit is compared as a whole: an article or, outside articles, a list item with all that it contains,
a paragraph, or a cell of a table. An article that prints a table is no unit itself: its paragraphs and
the table's cells are. Signatures, tables of contents and excerpts of other laws are never units. An
article's only paragraph is no clause beside the article.
"""

import re
from dataclasses import replace

from pipeline.core.computation import kept_rows
from pipeline.core.errors import CorpusError
from pipeline.core.paths import Workspace
from pipeline.core.records import Clause, Document
from pipeline.language import numerals
from pipeline.structure import layout, summary
from pipeline.structure.layout import Layout
from pipeline.structure.nodes import ASIDES, CONTAINERS, Node

_ATTRIBUTE = re.compile(r"[ 　]*([^：:。\n]{2,60})：")
_BRIEF = 80  # longest title or list of addressees, in characters
# Kind of a node → its name in clause ids.
_ID_NAMES = {
    "part": "part",
    "division": "part",
    "chapter": "ch",
    "section": "sec",
    "article": "art",
    "paragraph": "para",
    "item": "item",
    "subitem": "sub",
    "heading": "h",
    "attachment": "att",
    "excerpt": "att",
    "scope": "scope",
    "contents": "toc",
    "signature": "sign",
    "list": "atts",
    "head": "head",
    "row": "row",
    "cell": "cell",
}
# Kind of a node → kind of its clause, where they differ.
_KINDS = {
    "attachment": "heading",
    "excerpt": "heading",
    "contents": "heading",
    "division": "part",
    "signature": "paragraph",
    "list": "paragraph",
    "head": "row",
    "cell": "row",
}
# Kind of a node → its name in paths, where that holds no number.
_UNNUMBERED_NAMES = {"contents": "目录", "signature": "署名", "list": "附件说明", "head": "表头"}
# Kind of a node → its name in paths, with its number.
_NUMBERED_NAMES = {
    "part": "第{}编",
    "division": "第{}部分",
    "chapter": "第{}章",
    "section": "第{}节",
    "article": "第{}条",
    "paragraph": "第{}款",
    "item": "第{}项",
    "subitem": "第{}目",
    "row": "第{}行",
    "cell": "第{}格",
}


def run(work: Workspace) -> None:
    """Split every document that changed."""
    fresh, kept = kept_rows.compute_per_document(
        (work.rows("documents"), Document), work.rows("clauses"), of_document, work.workers
    )
    print(f"clauses: {fresh} 件新分，{kept} 件未变")


def of_document(rows: list[Document]) -> list[Clause]:
    """The clauses of one document, which is one row."""
    return [clause for document in rows for clause in split(document)]


def split(document: Document, document_layout: Layout | None = None) -> list[Clause]:
    """Split one document into clauses in reading order, parents before children.

    Args:
        document: the document.
        document_layout: the layout of its text, where the caller has it already.

    Raises:
        CorpusError: a digest with a numbered clause that has no fact or several, or with a mark outside
            all of them.
    """
    splitter = _Splitter(document)
    root = (document_layout or layout.read(document.text)).root
    splitter.walk(root, None, document.document_id, "", None)
    if len(splitter.facts_used) < len(document.marks):
        raise CorpusError(
            f"[{document.document_id}]",
            "摘编的事实标记不在编号条目之内",
            "每条编号条目末尾写一个 [^编号]",
        )
    if summary.scheme(splitter.clauses) != "articles":
        return splitter.clauses
    return [_without_preamble_unit(clause) for clause in splitter.clauses]


def _without_preamble_unit(clause: Clause) -> Clause:
    """The clause, no longer a unit where it is a top-level paragraph (title, 题注, preamble)."""
    is_preamble = clause.parent_id is None and clause.kind == "paragraph" and clause.is_unit
    return replace(clause, is_unit=0) if is_preamble else clause


class _Splitter:
    """One document being split: its clauses so far, and what the next ones depend on."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.clauses: list[Clause] = []
        self.ids: dict[str, int] = {}  # clause id → how often it was asked for
        self.facts_used: set[str] = set()
        self.lead_starts: set[int] = set()  # offsets of titles and addressees above numbered text
        self.closed_ids: set[str] = set()  # of units and excerpts, and of all that lies inside them

    def walk(
        self, node: Node, parent: str | None, id_prefix: str, path: str, article: str | None
    ) -> None:
        """Add the descendants of a node.

        Args:
            node: the node.
            parent: id of the clause that the node's children belong to.
            id_prefix: what the ids of the node's children begin with.
            path: names of the node and those above it, as one cites them.
            article: number of the article that the node lies in.
        """
        counts: dict[str, int] = {}
        children = _visible_children(node)
        if node.kind in ("scope", "attachment"):
            self.lead_starts |= _lead_starts(children, self.document)
        for child in children:
            counts[child.kind] = counts.get(child.kind, 0) + 1
            number = child.number or str(counts[child.kind])
            clause_id = self._unique(self._clause_id(child, id_prefix, number))
            child_article = child.number if child.kind == "article" else article
            label = _label(child, number, child_article is not None, self.document.text_kind)
            child_path = f"{path} {label}".strip()
            if child.kind == "scope":
                self.walk(child, parent, clause_id, path, None)
                continue
            self.clauses.append(self._clause(child, clause_id, parent, child_path, child_article))
            self.walk(child, clause_id, clause_id, child_path, child_article)

    def _clause_id(self, node: Node, id_prefix: str, number: str) -> str:
        if self.document.text_kind == "digest" and node.kind == "item":
            return f"{self.document.document_id}__{self._fact(node)}"
        if node.kind == "article":  # articles are numbered through all chapters
            id_prefix = re.sub(r"__(?:part|ch|sec)_[0-9_]*[0-9]", "", id_prefix)
        return f"{id_prefix}__{_ID_NAMES[node.kind]}_{number}"

    def _fact(self, node: Node) -> str:
        facts = [fact for at, fact in self.document.marks if node.start <= at < node.end]
        if len(facts) != 1:
            where = f"[{self.document.document_id}] 第 {node.number} 条"
            raise CorpusError(
                where, f"摘编条目标明了 {len(facts)} 个事实", "每条末尾写一个 [^事实编号]"
            )
        self.facts_used.add(facts[0])
        return facts[0]

    def _unique(self, clause_id: str) -> str:
        count, unique = self.ids.get(clause_id, 0), clause_id
        while unique in self.ids:
            count += 1
            unique = f"{clause_id}_{count}"
        self.ids[clause_id] = max(count, 1)
        self.ids.setdefault(unique, 1)
        return unique

    def _clause(
        self, node: Node, clause_id: str, parent: str | None, path: str, article: str | None
    ) -> Clause:
        text = self.document.text[node.start : node.end]
        content = text[node.content_start - node.start :]
        is_inside = parent in self.closed_ids
        is_unit = not is_inside and self._is_unit(node)
        if is_inside or is_unit or node.kind == "excerpt":
            self.closed_ids.add(clause_id)
        return Clause(
            clause_id=clause_id,
            document_id=self.document.document_id,
            parent_id=parent,
            ordinal=len(self.clauses),
            kind=_KINDS.get(node.kind, node.kind),
            article=article,
            path=path,
            heading=node.heading or _heading(node.kind, content, self.document),
            text=text,
            start=node.start,
            end=node.end,
            is_unit=int(is_unit),
        )

    def _is_unit(self, node: Node) -> bool:
        if node.kind == "article":
            return not any(child.kind == "row" for child in node.children)
        if node.kind in (*CONTAINERS, *ASIDES, "heading", "head", "row"):
            return False
        return node.kind != "paragraph" or node.start not in self.lead_starts


def _lead_starts(children: list[Node], document: Document) -> set[int]:
    """Offsets of the short lines (title, 文号, addressees) before the first numbered line."""
    lead_nodes = []
    for child in children:
        if child.kind not in ("paragraph", *ASIDES):
            break
        lead_nodes.append(child)
    if document.text_kind == "digest" or len(lead_nodes) == len(children):
        return set()
    return {
        child.start for child in lead_nodes if _is_brief(document.text[child.start : child.end])
    }


def _is_brief(text: str) -> bool:
    return len(text) <= _BRIEF and not re.search("[。；;|]", text)


def _visible_children(node: Node) -> list[Node]:
    """The children that become clauses: an article's only paragraph is the article itself."""
    if node.kind == "article" and len(node.children) == 1:
        return node.children[0].children
    return node.children


def _heading(kind: str, content: str, document: Document) -> str | None:
    if kind == "contents":
        return "目录"
    if kind in (*CONTAINERS, "heading"):
        return content.strip() or None
    if document.text_kind == "digest" and kind == "item" and (hit := _ATTRIBUTE.match(content)):
        return hit[1].strip()
    return None


def _label(node: Node, number: str, in_article: bool, text_kind: str) -> str:
    """The name of a node as one cites it: 第三条, 第二款, 附件1."""
    if node.kind in ("attachment", "excerpt"):
        return f"附件{number}"
    if node.kind in _UNNUMBERED_NAMES:
        return _UNNUMBERED_NAMES[node.kind]
    if text_kind == "digest" and node.kind == "item":
        return f"摘编第{number}条"
    if node.kind == "heading" and not in_article:
        return f"{numerals.chinese(int(number))}、"
    if node.kind == "paragraph" and not in_article:
        return f"第{number}段"
    base, _, inserted = number.partition("-")
    label = _NUMBERED_NAMES.get(node.kind, "{}").format(numerals.chinese(int(base)))
    return label + (f"之{numerals.chinese(int(inserted))}" if inserted else "")
