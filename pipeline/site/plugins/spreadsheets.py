"""Excel of every table, view, row and query, at its address + .xlsx: the rows of all pages, not only of the first.

In the CSV of tables and queries, what a spreadsheet would run as a formula stays text (OWASP, CSV injection): an
apostrophe precedes it, as in the CSV of a matrix. Numbers stay as they are; JSON holds all values unchanged.
"""

import asyncio
import csv
import re
import sqlite3
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlencode

from datasette import Response, hookimpl
from datasette.utils import named_parameters, sqlite_timelimit
from datasette.views import base
from datasette.views.base import DatasetteError

from pipeline.site import kb, labels
from pipeline.site.exports import sheets, table_sheet
from pipeline.site.parts import columns
from pipeline.site.serving.page_response import attachment, permalinks

MAX_ROWS = (
    20_000  # of a workbook, unless configured: some ten seconds and 5 MB; a CSV has no such limit
)
_ONE_AT_A_TIME = asyncio.Lock()  # a large workbook must not take the time of all readers
PAGE_LIMIT = re.compile(
    r" limit \d+(?: offset \d+)?$"
)  # with which the query of a page of rows ends
# Arguments that choose a form of the page rather than rows.
_FORM = ("_next", "_size", "_shape", "_format", "_extra", "_labels", "_lang")


@hookimpl(trylast=True)  # so that no installed plugin takes the extension
def register_output_renderer():
    """The extension .xlsx."""
    return {"extension": "xlsx", "render": render, "can_render": lambda: True}


async def render(datasette, database, table, query_name, sql, columns, rows, request, error, view_name, data):  # fmt: skip
    """The workbook; Datasette has already checked that the reader may see the rows."""
    if error:
        raise DatasetteError(f"查询不能执行：{error}", status=400)
    db, described = datasette.get_database(database), _described(datasette, database)
    limit = (datasette.plugin_config("excel") or {}).get("max_rows", MAX_ROWS)
    async with _ONE_AT_A_TIME:
        if view_name == "row":
            found, total = [dict(row) for row in rows], len(rows)
        elif table:
            found, total = await _table_rows(datasette, request, database, table, limit)
        else:
            params = {name: request.args.get(name) or "" for name in named_parameters(sql)}
            found, total = await _rows(datasette, db, sql, params, limit)
        about = described.get(table, {}) if table else await _query(datasette, database, query_name)
        build = await kb.build(db)
        export = table_sheet.Export(
            title=about.get("title") or table or "查询结果",
            description=about.get("description") or "",
            headings=_headings(columns, about, described, bool(table)),
            meanings=about.get("columns") or {},
            rows=found,
            page=_page(datasette, request),
            build_id=build["build_id"] if build else "",
            table=table,
            cut=_cut(len(found), total),
            details=await _details(db, request, sql, table, query_name),
        )
        address, word = permalinks(datasette, request), labels.of(db).word
        body = await asyncio.to_thread(table_sheet.workbook, export, address, word)
    name = export.title + (f"-{request.args['as_of']}" if request.args.get("as_of") else "")
    return Response(body, content_type=sheets.CONTENT_TYPE, headers=attachment(name, "xlsx"))


def _described(datasette, database):
    """The metadata of all tables by name, as metadata.yaml has them."""
    return datasette._metadata_local.get("databases", {}).get(database, {}).get("tables", {})


async def _query(datasette, database, query_name):
    """Title and description of a stored query; those of a query that a reader wrote."""
    if query_name:
        stored = await datasette.get_query(database, query_name)
        return {"title": stored.title or query_name, "description": stored.description}
    return {"title": "查询结果", "description": "自写 SQL 的结果"}


def _headings(names, about, described, is_table):
    """Column → its heading."""
    if is_table:
        own = about.get("columns") or {}
        return {name: columns.short_name(own.get(name), name) for name in names}
    known = columns.in_queries(described)
    return {name: known.get(name, name) for name in names}


async def _table_rows(datasette, request, database, table, limit):
    """The rows of a table or view, at most `limit`, and how many there are.

    Datasette itself applies filters, search, order and permissions: it is asked for its query, which is then run
    without the limit of a page. Page by page, rows with equal values of the order came twice or not at all.
    """
    path = datasette.urls.path(request.path.removesuffix(".xlsx") + ".json")
    given = parse_qsl(request.query_string, keep_blank_values=True)
    args = [(name, value) for name, value in given if name not in _FORM]
    args += [("_size", "1"), ("_extra", "query,count")]
    page = await _json(datasette, request, f"{path}?{urlencode(args)}")
    sql = PAGE_LIMIT.sub("", page["query"]["sql"])
    db, params = datasette.get_database(database), page["query"]["params"]
    found, total = await _rows(datasette, db, sql, params, limit)
    return await _labelled(datasette, request, database, table, found), total or page["count"]


async def _labelled(datasette, request, database, table, found):
    """The rows with the names of what their foreign keys refer to, as {"value", "label"}."""
    for key in await datasette.get_database(database).foreign_keys_for_table(table):
        column = key["column"]
        values = list({row[column] for row in found if column in row} - {None})
        names = await datasette.expand_foreign_keys(request.actor, database, table, column, values)
        for row in found if names else ():
            if label := names.get((column, row.get(column))):
                row[column] = {"value": row[column], "label": label}
    return found


async def _json(datasette, request, path):
    """One page as data, asked for as by the same reader."""
    headers = {"authorization": token} if (token := request.headers.get("authorization")) else {}
    prefix = datasette.setting("base_url").rstrip("/")
    answer = await datasette.client.get(
        path.removeprefix(prefix) if prefix else path, cookies=request.cookies, headers=headers
    )
    data = answer.json()
    if answer.status_code != 200:
        message = f"没有导出：{data.get('error', '')}；可以先筛选，或改用 CSV"
        raise DatasetteError(message, status=answer.status_code)
    return data


async def _rows(datasette, db, sql, params, limit):
    """The rows of a query, at most `limit`, and how many there are, None where that is not known."""

    def run(conn):
        with sqlite_timelimit(conn, datasette.setting("sql_time_limit_ms")):
            cursor = conn.execute(sql, params)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchmany(limit + 1)]

    try:
        found = await db.execute_fn(run)
    except sqlite3.OperationalError as error:
        told = "查询的时间太长" if str(error) == "interrupted" else str(error)
        message = f"没有导出：{told}；请先筛选缩小范围，或改用 CSV"
        raise DatasetteError(message, status=400) from None
    return found[:limit], None if len(found) > limit else len(found)


def _cut(shown, total):
    """One line on the rows that are not in the file."""
    if total == shown:
        return None
    of_all = f"共 {total:,} 行，" if total else ""
    return f"{of_all}这里只有前 {shown:,} 行，其余从略；要全部，请筛选后分几次导出，或下载 CSV"


def _page(datasette, request):
    """The address of the page of which this is the file."""
    path = request.path.removesuffix(".xlsx")
    return datasette.absolute_url(request, datasette.urls.path(path)) + (
        f"?{request.query_string}" if request.query_string else ""
    )


async def _details(db, request, sql, table, query_name):
    """Which comparison and date the rows are of, or the query that gave them."""
    if not table:
        params = [
            (f"参数：{name}", request.args.get(name) or "（空）") for name in named_parameters(sql)
        ]
        return params if query_name else [*params, ("SQL", sql)]
    args = request.args
    comparison = await kb.comparison(db, args.get("comparison_id"))
    shown = [("比较", comparison["title"])] if args.get("comparison_id") and comparison else []
    return [*shown, ("截至", args.get("as_of") or ""), ("检索", args.get("_search") or "")]


class CsvWriter:
    """A writer of CSV whose texts are no formulas."""

    def __init__(self, out):
        self._rows = csv.writer(out)

    def writerow(self, row):
        """Write a row; what Datasette's own writer returns is awaited by Datasette."""
        return self._rows.writerow([plain(value) for value in row])


def plain(value):
    """A value of a cell; a sign alone, as of an operator, is no formula.

    >>> plain("=1+1"), plain("="), plain(-5), plain("甲")
    ("'=1+1", '=', -5, '甲')
    """
    is_formula = (
        isinstance(value, str) and len(value) > 1 and value.startswith(sheets.FORMULA_STARTS)
    )
    return f"'{value}" if is_formula else value


base.csv = SimpleNamespace(writer=CsvWriter)  # Datasette has no hook for its CSV
