"""Provenance of a text: its kind of source, and the events of its validity."""

from typing import Any

from datasette.database import Database

from pipeline.site import kb

TABLES = ("documents", "clauses", "facts", "validity_events", "moments")

_EVENTS = """
    select e.kind, e.date, e.basis, e.note, e.source_clause_id, s.path as source_path,
        e.successor, n.title as successor_title
    from validity_events e
    left join clauses s on s.clause_id = e.source_clause_id
    left join documents n on n.document_id = e.successor
    where e.document_id = ?
    order by e.date, e.event_id
"""
_NEWEST = "select as_of from moments where newest = 1"


async def events(db: Database, document_id: str) -> list[kb.Row]:
    """The events that began, ended, prolonged or replaced a document, the earliest first."""
    rows = await kb.rows(db, _EVENTS, [document_id])
    return [event | {"line": _event_line(event, document_id)} for event in rows]


async def newest(db: Database) -> str | None:
    """The date that documents.status refers to."""
    moment = await kb.row(db, _NEWEST)
    return moment["as_of"] if moment else None


def state(status: str | None) -> str:
    """The label of a state of validity; an unknown one is named as such.

    >>> state("未知"), state("已被替代"), state(None)
    ('时效未知', '已被替代', '时效未知')
    """
    return "时效未知" if status in (None, "未知") else str(status)


def _event_line(event: dict[str, Any], document_id: str) -> str:
    """One event in words, with its basis.

    The date of a fact is a day on which a rule was observed in force, not the day on which it began.

    >>> event = {"kind": "施行", "date": "2020", "basis": "印发日期", "successor": None,
    ...          "successor_title": None}
    >>> _event_line(event, "d")
    '2020 施行（依据：印发日期）'
    >>> _event_line(event | {"basis": "事实的时点"}, "d")
    '2020 已见施行，始于何日不明（依据：事实的时点）'
    >>> _event_line(event | {"kind": "到期", "basis": "有效期"}, "d")
    '有效期至 2020（依据：有效期）'
    >>> _event_line(event | {"kind": "到期", "basis": "规则推定"}, "d")
    '推定有效期至 2020（依据：规则推定）'
    >>> _event_line(event | {"kind": "修订", "basis": "题名", "successor": "d"}, "d")
    '2020 修订，所读为修订后的文本（依据：题名）'
    """
    kind, date = event["kind"], event["date"]
    line = f"{date} {kind}"
    if kind == "施行" and event["basis"] == "事实的时点":
        line = f"{date} 已见施行，始于何日不明"
    elif kind in ("到期", "延长"):
        prefix = "延长" if kind == "延长" else "推定" if event["basis"] == "规则推定" else ""
        line = f"{prefix}有效期至 {date}"
    elif event["successor"] == document_id and event["basis"] != "修改决定":
        line = f"{date} 修订，所读为修订后的文本"
    elif event["successor_title"] and event["successor"] != document_id:
        line = f"{date} 由《{event['successor_title']}》替代"
    return f"{line}（依据：{event['basis']}）"
