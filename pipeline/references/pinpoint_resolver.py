"""Addresses: which clause of a document 第三条第二款第（一）项, 前款 and 前条 are."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from pipeline.core.records import Clause
from pipeline.language import numerals
from pipeline.references.pinpoints import Place

_PART = re.compile(r"第([^ 第条款项目]+)(条|款|项|目)(?:之([^ 第]+))?")
_PLACE = re.compile(r"([零〇一二三四五六七八九十百]+)、|第([零〇一二三四五六七八九十百]+)项")
_KINDS = {"条": 0, "款": 1, "项": 2, "目": 3}
Key = tuple[str | None, ...]


class Addresses:
    """The provisions of one document by their numbers."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        self.clauses = list(clauses)  # in reading order: what holds a clause stands before it
        self.by_id = {c.clause_id: c for c in self.clauses}
        self.by_key: dict[Key, list[Clause]] = defaultdict(list)
        self.by_item: dict[Key, list[Clause]] = defaultdict(list)
        self.children: dict[str | None, list[Clause]] = defaultdict(list)
        numbered = all(clause.article is None for clause in self.clauses)
        for clause in self.clauses:
            self.children[clause.parent_id].append(clause)
            key = _numbered(clause) if numbered else _key(clause)
            if key:
                self.by_key[key].append(clause)
                if key[1] and key[2]:  # 第三条第六项, where the items stand in a paragraph of it
                    self.by_item[(key[0], key[2], key[3])].append(clause)

    def lowest(self, start: int, end: int) -> Clause | None:
        """The lowest clause that holds text[start:end] of the document."""
        at = bisect_right(self.clauses, start, key=lambda c: c.start) - 1
        found = self.clauses[at] if at >= 0 else None
        while found is not None and not found.start <= start <= end <= found.end:
            found = self.by_id.get(found.parent_id or "")
        return found

    def find(self, place: Place, near: Clause | None = None) -> str | None:
        """The clause at a place, or the lowest above it that the text shows; None where that is not one.

        Args:
            place: with an article.
            near: of several scopes in one document, the one that this clause lies in is meant.
        """
        article, paragraph, item, subitem = place.key
        keys: list[Key] = [(article, paragraph, item, subitem)]
        if paragraph == "1":  # an article of one paragraph is that paragraph
            keys.append((article, None, item, subitem))
        keys += [(article, paragraph, item, None), (article, paragraph, None, None), (article, None, None, None)]  # fmt: skip
        for key in keys:
            found = self.by_key.get(key, [])
            if not found and key[2] and not key[1]:
                found = self.by_item.get((article, item, key[3]), [])
            if len(found) > 1 and near is not None:
                found = [c for c in found if _scope(c) == _scope(near)]
            if len(found) == 1:
                return found[0].clause_id
        return None

    def nearby(
        self, clause: Clause, near: str, place: Place | None
    ) -> tuple[str | None, str | None]:
        """What 前款, 前条, 本条第二款 or 前两款 mean in a clause: first and, of several, last.

        Nothing where the text does not show it, as for 前款 in a first paragraph.
        """
        kind = near[-1]
        if near.startswith("本") or kind == "条":
            return self._articles(clause, near, place)
        level = {"款": "paragraph", "项": "item"}[kind]
        here: Clause | None = clause
        while here is not None and here.kind != level:
            here = self.by_id.get(here.parent_id or "")
        if here is None:
            return None, None
        before = [
            c for c in self.children[here.parent_id] if c.kind == level and c.start < here.start
        ]
        count = _count(near)
        if len(before) < count:
            return None, None
        if place is not None and place.item and kind == "款":
            return self._inside(before[-1], place.item), None
        return before[-count].clause_id, (before[-1].clause_id if count > 1 else None)

    def _articles(
        self, clause: Clause, near: str, place: Place | None
    ) -> tuple[str | None, str | None]:
        if clause.article is None or not clause.article.isdecimal():
            return None, None
        count = 0 if near.startswith("本") else _count(near)
        first = int(clause.article) - count
        inner = place or Place(0, 0, None, None, None, None)
        found = self.find(replace(inner, article=str(first)), clause)
        last = None
        if count > 1:
            last = self.find(Place(0, 0, str(int(clause.article) - 1), None, None, None), clause)
        return found, last

    def _inside(self, paragraph: Clause, item: str) -> str | None:
        found = [c for c in self.children[paragraph.clause_id]
                 if c.kind == "item" and (key := _key(c)) and key[2] == item]  # fmt: skip
        return found[0].clause_id if len(found) == 1 else paragraph.clause_id


def _numbered(clause: Clause) -> Key | None:
    """本意见第二条第（一）项 in a paper of 一、二、三、: the numbers of its parts, from the top."""
    found = [_PLACE.fullmatch(part) for part in clause.path.split(" ")]
    numbers = [numerals.integer(hit[1] or hit[2]) if hit else None for hit in found]
    if not numbers or None in numbers or len(numbers) > 2:
        return None
    item = str(numbers[1]) if len(numbers) > 1 else None
    return (str(numbers[0]), None, item, None)


def _key(clause: Clause) -> Key | None:
    """The numbers of a clause's path, from its article down."""
    if clause.article is None:
        return None
    found: list[str | None] = [clause.article, None, None, None]
    at = clause.path.rfind("条")
    if at < 0:
        return None
    for number, kind, _ in _PART.findall(clause.path[at + 1 :]):
        value = int(number) if number.isdecimal() else numerals.integer(number)
        found[_KINDS[kind]] = str(value) if value is not None else None
    return tuple(found)


def _scope(clause: Clause) -> str:
    """The numbering that a clause counts in: its id up to the article."""
    return re.sub(r"__(?:part|ch|sec)_[^_]+", "", clause.clause_id).split("__art_")[0]


def _count(near: str) -> int:
    return {"两": 2, "二": 2, "三": 3}.get(near[1], 1)
