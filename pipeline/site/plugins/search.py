"""Chinese search in Datasette's own search box.

Datasette passes the reader's query through the SQL function escape_fts, which is replaced here.
"""

from datasette import hookimpl
from markupsafe import Markup

from pipeline.site import kb
from pipeline.site.search import fulltext, synonyms


@hookimpl(trylast=True)  # after Datasette has registered its own escape_fts
def prepare_connection(conn, database):
    """Register the SQL functions for search, with the synonyms of the knowledge base."""
    same = {} if database == "_internal" else synonyms.read(conn)

    def query(text):
        return fulltext.fts_query(text, same)

    def snippet(text, words, width=60):
        return fulltext.snippet(text, words, width, same)

    for name in ("escape_fts", "zh_query"):
        conn.create_function(name, 1, query, deterministic=True)
    for arguments in (2, 3):  # text, query and, optionally, the width
        conn.create_function("zh_snippet", arguments, snippet, deterministic=True)


@hookimpl(tryfirst=True)
def render_cell(value, column, request, datasette):
    """Mark the hits in a text."""
    query = request.args.get("_search") if request else None
    if query and column == "text" and isinstance(value, str):
        return Markup(fulltext.mark(value, query, synonyms.of(kb.database(datasette))))


@hookimpl
def extra_template_vars(request, view_name):
    """Keep the query in the search box: Datasette 1.0a41 drops it."""
    if view_name == "table" and request:
        return {"search": request.args.get("_search") or ""}
