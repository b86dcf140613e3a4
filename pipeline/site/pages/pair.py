"""Pages of documents that answer each other: all such pairs, and one pair with a line for every article."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from datasette.database import Database

from pipeline.site import kb
from pipeline.site.pages import selection
from pipeline.site.parts import margin_notes, pair_points

TABLES = (
    *pair_points.TABLES,
    "article_accounts",
    "comparisons",
    "document_pairs",
    "documents",
    "alignments",
    "incomplete_texts",
    "regions",
    "builds",
)
OPENING = 60  # characters of an article on its line

_PAIRS = """
    with told as (
        select document_a, document_b, sum(side = 'a' and account = 'aligned') as aligned,
            sum(side = 'a' and account = 'only_here') as only_a, sum(side = 'b' and account = 'only_here') as only_b
        from article_accounts group by 1, 2
    )
    select t.*, da.title as title_a, substr(da.issued_date, 1, 4) as year_a, ra.name as region_a,
        db.title as title_b, substr(db.issued_date, 1, 4) as year_b, rb.name as region_b
    from told t
    join documents da on da.document_id = t.document_a join regions ra on ra.region_id = da.region_id
    join documents db on db.document_id = t.document_b join regions rb on rb.region_id = db.region_id
    order by rb.region_id desc, t.aligned desc, t.document_a, t.document_b
"""
_DOCUMENT = """
    select d.document_id, d.title, d.number, d.issued_date, d.effective_date, d.status, r.name as region,
        i.reason as incomplete
    from documents d join regions r using (region_id) left join incomplete_texts i using (document_id)
    where d.document_id = ?
"""
_ARTICLES = """
    select a.side, a.account, c.clause_id, c.path, c.heading, c.text,
        (select min(r.matter_id) from rules r join matters m using (matter_id)
            where r.clause_id = c.clause_id and m.origin = 'aligned') as matter_id
    from article_accounts a join clauses c using (clause_id)
    where a.document_a = ? and a.document_b = ? order by a.side, c.ordinal
"""
_ALIGNED = """
    select min(a.alignment_id) as alignment_id, a.clause_a, a.clause_b, max(a.confidence) as confidence
    from clauses c join alignments a on a.clause_a = c.clause_id join clauses d on d.clause_id = a.clause_b
    where c.document_id = ? and d.document_id = ? and a.status in ('auto', 'accepted')
    group by a.clause_a, a.clause_b order by d.ordinal
"""
# The headings of the parts and chapters of a document, by the path that their articles begin with.
_CHAPTERS = """
    select path, heading from clauses where document_id = ? and kind in ('part', 'chapter') order by ordinal
"""
_COMPARISON = """
    select k.comparison_id from comparisons k join documents a on a.region_id = k.baseline_region
    join documents b on b.region_id = k.target_region
    where a.document_id = ? and b.document_id = ? order by k.rowid limit 1
"""
_KIND = "select kind from document_pairs where document_a = ? and document_b = ? and kind = 'part'"
# Purpose, scope, commencement and the like, of which the articles of both texts may be matters too.
_BOILERPLATE = """
    select r.clause_id from clauses c join rules r using (clause_id) join matters m using (matter_id)
    where c.document_id = ? and m.origin = 'aligned' and m.boilerplate = 1
"""


async def load_all(db: Database) -> dict[str, Any]:
    """All pairs of documents that answer each other, with the number of their articles by account."""
    return {"pairs": await kb.rows(db, _PAIRS), "build": await kb.build(db)}


async def load(db: Database, key: str) -> dict[str, Any] | None:
    """The articles of <baseline>__and__<target>; None unless the two documents answer each other.

    Returns:
        is_part: whether they answer each other in part only.
        selection: the address of the pair's matters as a selection, without ?; null where no comparison has them.
        rows: the articles of the baseline in reading order, each with the articles that answer it.
        only_b: the articles of the target that answer none.
        boilerplate: of both, what is purpose, scope, commencement and the like.
    """
    names = key.split("__and__")
    articles = await kb.rows(db, _ARTICLES, names) if len(names) == 2 else []
    if not articles:
        return None
    lines = {row["clause_id"]: _line(row) for row in articles}
    own = await _own(db, names, lines)
    chapters = {row["path"]: row["heading"] for row in await kb.rows(db, _CHAPTERS, names[:1])}
    boilerplate = {row["clause_id"] for row in await kb.rows(db, _BOILERPLATE, names[:1])}
    folded = [r for r in own if r["account"] == "boilerplate" or r["clause_id"] in boilerplate]
    by_account = _of_target(lines.values())
    rows = _in_chapters([row for row in own if row not in folded], chapters)
    compared = await kb.row(db, _COMPARISON, names)
    return {
        "key": key,
        "selection": _selection([*rows, *by_account["only_here"]], compared),
        "is_part": bool(await kb.rows(db, _KIND, names)),
        "a": await kb.row(db, _DOCUMENT, names[:1]),
        "b": await kb.row(db, _DOCUMENT, names[1:]),
        "counts": {
            side: Counter(line["account"] for line in lines.values() if line["side"] == side)
            for side in "ab"
        },
        "rows": rows,
        "only_b": by_account["only_here"],
        "boilerplate": {"a": folded, "b": by_account["boilerplate"]},
        "build": await kb.build(db),
    }


def _selection(lines: list[kb.Row], compared: kb.Row | None) -> str | None:
    """The address of the matters of articles as a selection, as many as one holds."""
    ids = list(dict.fromkeys(line["matter_id"] for line in lines if line["matter_id"]))
    if not ids or compared is None:
        return None
    return selection.address(ids[: selection.MAX_MATTERS], compared["comparison_id"])


def _of_target(lines: Iterable[kb.Row]) -> dict[str, list[kb.Row]]:
    """The articles of the target that answer none, by account."""
    found: dict[str, list[kb.Row]] = {"only_here": [], "boilerplate": []}
    for line in lines:
        if line["side"] == "b" and line["account"] in found:
            found[line["account"]].append(line)
    return found


async def _own(db: Database, names: list[str], lines: dict[str, kb.Row]) -> list[kb.Row]:
    """The articles of the baseline, each with the articles that answer it and its heaviest point."""
    points = await pair_points.of_documents(db, *names)
    partners: dict[str, list[kb.Row]] = defaultdict(list)
    for row in await kb.rows(db, _ALIGNED, names):
        partners[row["clause_a"]].append(row | {"place": lines[row["clause_b"]]["place"]})
    return [
        line | {"partners": partners[key]} | pair_points.counted(points.get(key, []))
        for key, line in lines.items()
        if line["side"] == "a"
    ]


def _in_chapters(rows: list[kb.Row], chapters: dict[str, str | None]) -> list[kb.Row]:
    """The articles, the first of each chapter with its `chapter`, number and heading; null for the others.

    >>> rows = _in_chapters([{"path": "第一章 第一条"}, {"path": "第一章 第二条"}], {"第一章": "总则"})
    >>> [row["chapter"] for row in rows]
    ['第一章 总则', None]
    """
    told, last = [], None
    for row in rows:
        path = row["path"].rpartition(" ")[0]
        while path and path not in chapters:
            path = path.rpartition(" ")[0]
        name = f"{path} {chapters[path] or ''}".strip() if path else None
        told.append(row | {"chapter": name if name != last else None})
        last = name
    return told


def _line(row: kb.Row) -> kb.Row:
    """An article with its place, and the words that it begins with instead of its text."""
    kept = {name: value for name, value in row.items() if name != "text"}
    return kept | {
        "place": margin_notes.place(row["path"]),
        "opening": row["heading"] or opening(row["text"]),
    }


def opening(text: str) -> str:
    """The first sentence of an article, without its number, cut where it is long.

    >>> opening("第二条 单位应当节水。个人也一样。")
    '单位应当节水'
    """
    body = re.sub(r"^第[^\s]+?条(之[一二三四五六七八九十]+)?\s*", "", text.strip())
    first = re.split("[。；：\n]", body, maxsplit=1)[0]
    return first if len(first) <= OPENING else f"{first[:OPENING]}…"
