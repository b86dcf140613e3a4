"""Pinpoint resolver: which clause of a document 第三条第二款第（一）项, 前款 or 前条 means."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property, lru_cache

from pipeline.core.computation.document_rows import DocumentRows
from pipeline.core.records import Clause
from pipeline.language import numerals
from pipeline.references.pinpoints import Pinpoint

_PART = re.compile(r"第([^ 第条款项目]+)(条|款|项|目)(?:之([^ 第]+))?")
_NUMBERED = re.compile(r"([零〇一二三四五六七八九十百]+)、|第([零〇一二三四五六七八九十百]+)项")
_KINDS = {"条": 0, "款": 1, "项": 2, "目": 3}
_KEPT = 200  # documents
ProvisionKey = tuple[str | None, ...]  # numbers of article, paragraph, item, subitem


class ProvisionIndex:
    """The provisions of one document by their numbers.

    Attributes:
        clauses: of the document, in reading order; a clause stands before its parts.
        by_id: clause id → clause.
        children: clause id, or None for the document → the clauses right below.
    """

    def __init__(self, clauses: Iterable[Clause]) -> None:
        self.clauses = list(clauses)
        self.by_id = {c.clause_id: c for c in self.clauses}
        self.children: dict[str | None, list[Clause]] = defaultdict(list)
        for clause in self.clauses:
            self.children[clause.parent_id].append(clause)

    @cached_property
    def _by_key(self) -> dict[ProvisionKey, list[Clause]]:
        """The clauses by their numbers; of many documents nobody asks for one."""
        without_articles = all(clause.article is None for clause in self.clauses)
        by_key: dict[ProvisionKey, list[Clause]] = defaultdict(list)
        for clause in self.clauses:
            key = _key_of_parts(clause) if without_articles else _key(clause)
            if key:
                by_key[key].append(clause)
        return by_key

    @cached_property
    def _by_item(self) -> dict[ProvisionKey, list[Clause]]:
        """Items without their paragraph: 第三条第六项, where the items stand in a paragraph of it."""
        by_item: dict[ProvisionKey, list[Clause]] = defaultdict(list)
        for key, clauses in self._by_key.items():
            if key[1] and key[2]:
                by_item[(key[0], key[2], key[3])] += clauses
        return by_item

    def lowest(self, start: int, end: int) -> Clause | None:
        """The lowest clause that contains text[start:end] of the document."""
        last = bisect_right(self.clauses, start, key=lambda c: c.start) - 1
        clause = self.clauses[last] if last >= 0 else None
        while clause is not None and not clause.start <= start <= end <= clause.end:
            clause = self.by_id.get(clause.parent_id or "")
        return clause

    def resolve(self, pinpoint: Pinpoint, near: Clause | None = None) -> str | None:
        """The id of the clause that a pinpoint means, or of the lowest above it that the text has.

        Args:
            pinpoint: with an article.
            near: where several texts in one document have their own numbers, the text that this
                clause is in is meant.

        Returns:
            None where no clause fits, or several do.
        """
        article, paragraph, item, subitem = pinpoint.key
        keys: list[ProvisionKey] = [(article, paragraph, item, subitem)]
        if paragraph == "1":  # an article of one paragraph is that paragraph
            keys.append((article, None, item, subitem))
        keys.append((article, paragraph, item, None))
        keys.append((article, paragraph, None, None))
        keys.append((article, None, None, None))
        for key in keys:
            clauses = self._by_key.get(key, [])
            if not clauses and key[2] and not key[1]:
                clauses = self._by_item.get((article, item, key[3]), [])
            if len(clauses) > 1 and near is not None:
                clauses = [c for c in clauses if _scope(c) == _scope(near)]
            if len(clauses) == 1:
                return clauses[0].clause_id
        return None

    def resolve_relative(
        self, clause: Clause, words: str, pinpoint: Pinpoint | None
    ) -> tuple[str | None, str | None]:
        """The ids of what 前款, 前条, 本条第二款 or 前两款 mean in a clause: first and, of several, last.

        Args:
            clause: that the words stand in.
            words: 前款, 前两条, 本条 and the like.
            pinpoint: the numbers after these words.

        Returns:
            None where the text does not have it, as for 前款 in a first paragraph.
        """
        kind = words[-1]
        if words.startswith("本") or kind == "条":
            return self._articles(clause, words, pinpoint)
        level = {"款": "paragraph", "项": "item"}[kind]
        ancestor: Clause | None = clause
        while ancestor is not None and ancestor.kind != level:
            ancestor = self.by_id.get(ancestor.parent_id or "")
        if ancestor is None:
            return None, None
        siblings = self.children[ancestor.parent_id]
        before = [c for c in siblings if c.kind == level and c.start < ancestor.start]
        count = _count(words)
        if len(before) < count:
            return None, None
        if pinpoint is not None and pinpoint.item and kind == "款":
            return self._item(before[-1], pinpoint.item), None
        return before[-count].clause_id, (before[-1].clause_id if count > 1 else None)

    def _articles(
        self, clause: Clause, words: str, pinpoint: Pinpoint | None
    ) -> tuple[str | None, str | None]:
        if clause.article is None or not clause.article.isdecimal():
            return None, None
        number = int(clause.article)
        count = 0 if words.startswith("本") else _count(words)
        inner = pinpoint or _article(number)
        first = self.resolve(replace(inner, article=str(number - count)), clause)
        last = self.resolve(_article(number - 1), clause) if count > 1 else None
        return first, last

    def _item(self, paragraph: Clause, number: str) -> str | None:
        items = [c for c in self.children[paragraph.clause_id] if c.kind == "item"]
        items = [c for c in items if (key := _key(c)) and key[2] == number]
        return items[0].clause_id if len(items) == 1 else paragraph.clause_id


class ProvisionIndexes:
    """The provisions of all documents of a build, those of the last ones kept."""

    def __init__(self, rows: DocumentRows[Clause]) -> None:
        self._rows = rows
        self._index = lru_cache(_KEPT)(self._made)

    def get(self, document_id: str) -> ProvisionIndex | None:
        """Those of a document; None where it has none."""
        return self._index(document_id) if document_id in self._rows.places else None

    def __getitem__(self, document_id: str) -> ProvisionIndex:
        return self._index(document_id)

    def _made(self, document_id: str) -> ProvisionIndex:
        return ProvisionIndex(self._rows.of([document_id]))


def _article(number: int) -> Pinpoint:
    return Pinpoint(0, 0, str(number), None, None, None)


def _key_of_parts(clause: Clause) -> ProvisionKey | None:
    """The key in a document of 一、二、三、, whose parts are cited as articles: 本意见第二条第（一）项."""
    parts = [_NUMBERED.fullmatch(part) for part in clause.path.split(" ")]
    numbers = [numerals.integer(part[1] or part[2]) if part else None for part in parts]
    if not numbers or None in numbers or len(numbers) > 2:
        return None
    item = str(numbers[1]) if len(numbers) > 1 else None
    return (str(numbers[0]), None, item, None)


def _key(clause: Clause) -> ProvisionKey | None:
    """The numbers of a clause's path, from its article down."""
    if clause.article is None:
        return None
    numbers: list[str | None] = [clause.article, None, None, None]
    article_end = clause.path.rfind("条") + 1
    if article_end == 0:
        return None
    for number, kind, _ in _PART.findall(clause.path[article_end:]):
        value = int(number) if number.isdecimal() else numerals.integer(number)
        numbers[_KINDS[kind]] = str(value) if value is not None else None
    return tuple(numbers)


def _scope(clause: Clause) -> str:
    """The text of its own numbering that a clause is in: its id up to the article, without parts."""
    return re.sub(r"__(?:part|ch|sec)_[^_]+", "", clause.clause_id).split("__art_")[0]


def _count(words: str) -> int:
    """How many provisions 前款, 前两款 or 前三款 are."""
    return {"两": 2, "二": 2, "三": 3}.get(words[1], 1)
