"""Clauses: every part, chapter, article, paragraph, item and heading of every document.

Reads   build/documents.jsonl
Writes  build/clauses.jsonl

A unit is what is compared as a whole: an article or, outside articles, a list item with all that
lies in it, a paragraph, or a cell of a table. An article that prints a table is no unit itself: its
paragraphs and the table's cells are. Signatures, tables of contents and excerpts of other laws are none.
"""

import json
import re

from pipeline.core import jsonl
from pipeline.core.errors import CorpusError
from pipeline.core.paths import Workspace
from pipeline.core.records import Clause, Document
from pipeline.language import numerals
from pipeline.structure.outline import ASIDE, CONTAINERS, Node, outline

_HEADING = re.compile(r"[ 　]*[（(【]([^（()）【】\n。；]{2,30})[）)】](?=\S|[ 　]|$)")
_BRIEF = 80  # characters of a title, and of a list of offices addressed
_ATTRIBUTE = re.compile(r"[ 　]*([^：:。\n]{2,60})：")
_PLACES = {"part": "part", "chapter": "ch", "section": "sec", "article": "art", "paragraph": "para",
           "item": "item", "subitem": "sub", "heading": "h", "attachment": "att", "excerpt": "att",
           "division": "part", "scope": "scope", "contents": "toc", "signature": "sign", "list": "atts",
           "head": "head", "row": "row", "cell": "cell"}  # fmt: skip
# What a clause's kind is called in the table, where the outline tells more.
_KINDS = {"attachment": "heading", "excerpt": "heading", "contents": "heading", "division": "part",
          "signature": "paragraph", "list": "paragraph", "head": "row", "cell": "row"}  # fmt: skip
_ASIDES = {"contents": "目录", "signature": "署名", "list": "附件说明", "head": "表头"}
_LABELS = {"part": "第{}编", "division": "第{}部分", "chapter": "第{}章", "section": "第{}节", "article": "第{}条",
           "paragraph": "第{}款", "item": "第{}项", "subitem": "第{}目",
           "row": "第{}行", "cell": "第{}格"}  # fmt: skip


def run(work: Workspace) -> None:
    """Split every document that changed."""

    def compute(lines: list[str]) -> list[Clause]:
        return [clause for line in lines for clause in split(Document(**json.loads(line)))]

    fresh, kept = jsonl.per_document(work.rows("documents"), work.rows("clauses"), compute)
    print(f"clauses: {fresh} 件新分，{kept} 件未变")


def split(document: Document) -> list[Clause]:
    """Split one document into clauses in reading order, parents before children.

    Raises:
        CorpusError: a digest whose numbered clause has no fact, or more than one.
    """
    splitter = _Splitter(document)
    splitter.walk(outline(document.text), None, document.document_id, "", None)
    if len(splitter.facts_used) < len(document.marks):
        raise CorpusError(
            f"[{document.document_id}]",
            "摘编的事实标记不在编号条目之内",
            "每条编号条目末尾写一个 [^编号]",
        )
    return splitter.clauses


class _Splitter:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.clauses: list[Clause] = []
        self.ids: dict[str, int] = {}  # and how often each was asked for
        self.facts_used: set[str] = set()
        self.leads: set[int] = set()  # where titles and addresses before the first number begin
        self.closed: set[str] = set()  # units and excerpts of other laws: no unit lies in them

    def walk(
        self, node: Node, parent: str | None, place: str, path: str, article: str | None
    ) -> None:
        """Add a node's children, and theirs."""
        counts: dict[str, int] = {}
        children = _shown(node)
        if node.kind in ("scope", "attachment"):
            self.leads |= _leads(children, self.document)
        for child in children:
            counts[child.kind] = counts.get(child.kind, 0) + 1
            number = child.number or str(counts[child.kind])
            clause_id = self._unique(self._place(child, place, number))
            inside = child.number if child.kind == "article" else article
            label = _label(child, number, inside is not None, self.document.text_kind)
            here = f"{path} {label}".strip()
            if child.kind == "scope":
                self.walk(child, parent, clause_id, path, None)
                continue
            self.clauses.append(self._clause(child, clause_id, parent, here, inside))
            self.walk(child, clause_id, clause_id, here, inside)

    def _place(self, node: Node, place: str, number: str) -> str:
        if self.document.text_kind == "digest" and node.kind == "item":
            return f"{self.document.document_id}__{self._fact(node)}"
        if node.kind == "article":  # one numbering through all chapters
            place = re.sub(r"__(?:part|ch|sec)_[0-9_]*[0-9]", "", place)
        return f"{place}__{_PLACES[node.kind]}_{number}"

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
        kind = _KINDS.get(node.kind, node.kind)
        heading = node.heading or _heading(
            node.kind, text[node.words - node.start :], self.document
        )
        inside = parent in self.closed
        unit = not inside and self._is_unit(node, parent)
        if inside or unit or node.kind == "excerpt":
            self.closed.add(clause_id)
        return Clause(
            clause_id, self.document.document_id, parent, len(self.clauses), kind, article, path,
            heading, text, node.start, node.end, int(unit),
        )  # fmt: skip

    def _is_unit(self, node: Node, parent: str | None) -> bool:
        if node.kind == "article":
            return not _prints_table(node)
        if node.kind in (*CONTAINERS, *ASIDE, "heading", "head", "row"):
            return False
        if node.kind != "paragraph":
            return True
        # a title or 题注 left in the body is none
        return node.start not in self.leads and not (
            parent is None and self.document.scheme == "articles"
        )


def _prints_table(node: Node) -> bool:
    return any(child.kind == "row" for child in node.children)


def _leads(children: list[Node], document: Document) -> set[int]:
    """Where the lines begin that say nothing before numbered text: a title, a 文号, who is addressed."""
    lead = []
    for child in children:
        if child.kind not in ("paragraph", *ASIDE):
            break
        lead.append(child)
    if document.text_kind == "digest" or len(lead) == len(children):
        return set()
    return {child.start for child in lead if _is_brief(document.text[child.start : child.end])}


def _is_brief(words: str) -> bool:
    return len(words) <= _BRIEF and not re.search("[。；;|]", words)


def _shown(node: Node) -> list[Node]:
    """An article's only paragraph is the article itself: its items are the article's own."""
    if node.kind == "article" and len(node.children) == 1:
        return node.children[0].children
    return node.children


def _heading(kind: str, words: str, document: Document) -> str | None:
    if kind == "contents":
        return "目录"
    if kind in (*CONTAINERS, "heading"):
        return words.strip() or None
    if kind == "article" and (hit := _HEADING.match(words)):
        return hit[1].strip()
    if document.text_kind == "digest" and kind == "item" and (hit := _ATTRIBUTE.match(words)):
        return hit[1].strip()
    return None


def _label(node: Node, number: str, in_article: bool, text_kind: str) -> str:
    if node.kind in ("attachment", "excerpt"):
        return f"附件{number}"
    if node.kind in _ASIDES:
        return _ASIDES[node.kind]
    if text_kind == "digest" and node.kind == "item":
        return f"摘编第{number}条"
    if node.kind in ("heading", "item") and not in_article:
        return (
            f"第{numerals.chinese(int(number))}项"
            if node.kind == "item"
            else f"{numerals.chinese(int(number))}、"
        )
    if node.kind == "paragraph" and not in_article:
        return f"第{number}段"
    base, _, more = number.partition("-")
    label = _LABELS.get(node.kind, "{}").format(numerals.chinese(int(base)))
    return label + (f"之{numerals.chinese(int(more))}" if more else "")
