"""Page of a topic: its gaps with filters, changes, timeline, coverage, departments and searches."""

from typing import Any

from datasette.database import Database
from datasette.utils import MultiParams

from pipeline.site import kb, labels
from pipeline.site.parts import timeline

TABLES = (
    "gaps",
    "gap_changes",
    "validity_events",
    "comparisons",
    "moments",
    "clauses",
    "documents",
    "topics",
    "topic_departments",
    "clause_topics",
    "searches",
)
SHOWN = 100  # gaps on the page
FILTERS = ("kind", "grade", "favours", "level", "instrument", "beneficiary")
# The vocabularies of the filters that have one; the others take any text.
_VOCABULARIES = {
    "kind": "gap_kind",
    "grade": "absence_grade",
    "favours": "favoured_side",
    "level": "gap_level",
}

_DEPARTMENTS = """
    select r.name as region, d.department
    from topic_departments d join regions r using (region_id)
    where d.topic_id = ? order by d.region_id, d.department
"""
_COVERAGE = """
    select region_id, region, documents, clauses from topic_coverage
    where topic_id = ? order by region_id
"""
_CHOICES = """
    select {column} as value, count(*) as gaps from gaps
    where topic_id = ? and comparison_id = ? and as_of = ? and {column} is not null
    group by {column} order by gaps desc, value
"""
_WHERE = """
    topic_id = :topic and comparison_id = :comparison and as_of = :as_of
        and (:kind is null or kind = :kind) and (:grade is null or grade = :grade)
        and (:favours is null or favours = :favours) and (:level is null or level = :level)
        and (:instrument is null or instrument = :instrument)
        and (:beneficiary is null or beneficiary = :beneficiary)
"""
_GAPS = f"""
    select * from gap_overview where {_WHERE}
    order by kind = 'equivalent', severity desc, confidence desc, gap_id limit :shown
"""
_TOTAL = f"select count(*) as gaps from gaps where {_WHERE}"
_CHANGES = """
    select * from change_overview
    where topic_id = ? and comparison_id = ? and to_date = ? and change != 'unchanged'
    order by case change when 'reversed' then 0 when 'closed' then 1 when 'narrowed' then 2
        when 'widened' then 3 when 'altered' then 4 when 'lapsed' then 5 else 6 end, event_date desc, change_id
"""
_SEARCHES = """
    select s.*, r.name as region from searches s join regions r using (region_id)
    where s.topic_id = ? order by s.region_id, s.search_id
"""


async def load(db: Database, topic_id: str, args: MultiParams) -> dict[str, Any] | None:
    """The page of a topic in one comparison at one date; None where one of the three is unknown."""
    topic = await kb.row(db, "select * from topics where topic_id = ?", [topic_id])
    comparison = await kb.comparison(db, args.get("comparison"))
    moment = await kb.moment(db, args.get("date"))
    if topic is None or comparison is None or moment is None:
        return None
    selection = [topic_id, comparison["comparison_id"], moment["as_of"]]
    filters = {name: _filter_value(db, name, args.get(name)) for name in FILTERS}
    params = dict(zip(("topic", "comparison", "as_of"), selection, strict=True)) | filters
    choices = {name: await _choices(db, name, selection) for name in FILTERS}
    total = await kb.row(db, _TOTAL, params)
    return {
        "topic": topic,
        "comparison": comparison,
        "comparisons": await kb.comparisons(db),
        "moment": moment,
        "moments": await kb.moments(db),
        "changes": await kb.rows(db, _CHANGES, selection),
        "timeline": await timeline.load(db, topic_id, comparison),
        "departments": await kb.rows(db, _DEPARTMENTS, [topic_id]),
        "coverage": await kb.rows(db, _COVERAGE, [topic_id]),
        "filters": filters,
        "choices": choices,
        "total": total["gaps"] if total else 0,
        "gaps": await kb.rows(db, _GAPS, params | {"shown": SHOWN}),
        "searches": await kb.rows(db, _SEARCHES, [topic_id]),
    }


async def _choices(db: Database, name: str, selection: list[str]) -> list[kb.Row]:
    """The values of a filter, each with its number of gaps; codes in the order of their labels."""
    values = await kb.rows(db, _CHOICES.format(column=name), selection)
    codes = _codes(db, name)
    return sorted(values, key=lambda row: codes.index(row["value"])) if codes else values


def _filter_value(db: Database, name: str, value: str | None) -> str | None:
    """The value of a filter; None for an empty value or an unknown code."""
    codes = _codes(db, name)
    return value if value and (not codes or value in codes) else None


def _codes(db: Database, name: str) -> list[str]:
    """The codes that a filter may have, in the order of the page; empty where it takes any text."""
    return list(labels.of(db).vocabularies.get(_VOCABULARIES.get(name, ""), ()))
