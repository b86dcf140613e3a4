"""Chinese search in Datasette's own search box.

Datasette sends the reader's words through the SQL function escape_fts; ours replaces it.
"""

from datasette import hookimpl
from markupsafe import Markup

from pipeline.site.search import fulltext


@hookimpl(trylast=True)  # after Datasette's own escape_fts, which it replaces
def prepare_connection(conn):
    """Register the functions that searching needs."""
    for name in ("escape_fts", "zh_query"):
        conn.create_function(name, 1, fulltext.fts_query, deterministic=True)
    for arguments in (2, 3):  # the third is the width
        conn.create_function("zh_snippet", arguments, fulltext.snippet, deterministic=True)


@hookimpl(tryfirst=True)
def render_cell(value, column, request):
    """Mark what was searched for."""
    query = request.args.get("_search") if request else None
    if query and column == "text" and isinstance(value, str):
        return Markup(fulltext.mark(value, query))


@hookimpl
def extra_template_vars(request, view_name):
    """Keep the reader's words in the box: Datasette 1.0a41 forgets them."""
    if view_name == "table" and request:
        return {"search": request.args.get("_search") or ""}
