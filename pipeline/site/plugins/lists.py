"""Lists open at the newest date and in the first comparison; other dates and comparisons are never mixed in unasked.

The address says what is shown: a list asked for without a date or a comparison is sent to the address with both.
A list of one matter or gap keeps all its dates, and a reader may ask for all: `?as_of=*`, `?comparison_id=*`.
"""

from functools import wraps
from urllib.parse import parse_qsl, urlencode

from datasette import hookimpl

from pipeline.site import kb

# Table or view → the columns of its date and its comparison.
LISTS = {
    "gap_overview": ("as_of", "comparison_id"),
    "point_overview": ("as_of", "comparison_id"),
    "gaps": ("as_of", "comparison_id"),
    "change_overview": (None, "comparison_id"),
    "gap_changes": (None, "comparison_id"),
    "to_collect": (None, "comparison_id"),
    "alignments": (None, "comparison_id"),
    "alignment_overview": (None, "comparison_id"),
    "rule_states": ("as_of", None),
    "document_states": ("as_of", None),
    "claims": ("as_of", None),
}
# Columns that choose one thing, whose dates and comparisons are then of interest.
_KEYS = {"gap_id", "matter_id", "clause_a", "clause_b", "rule_id", "document_id", "claim_id", "alignment_id", "point_id"}  # fmt: skip
ALL = "_all"  # the argument that names the columns of which a reader wants all


@hookimpl
def extra_template_vars(datasette, request, table, view_name):
    """The choices at the head of a list: its comparison and its date."""
    if view_name != "table" or table not in LISTS:
        return {}

    async def variables():
        db = kb.database(datasette)
        return {
            "list_columns": LISTS[table],
            "list_comparisons": await kb.comparisons(db) if LISTS[table][1] else [],
            "list_moments": await kb.moments(db) if LISTS[table][0] else [],
            "list_other_args": [
                (name, value)
                for name, value in parse_qsl(request.query_string, keep_blank_values=True)
                if name not in (*LISTS[table], ALL, "_next", "_lang")
            ],
        }

    return variables


@hookimpl(tryfirst=True)  # innermost, so that the edition is that of the request
def asgi_wrapper(datasette):
    """Send a list without its date or comparison to the address with both."""

    def wrap(app):
        @wraps(app)
        async def opened(scope, receive, send):
            if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
                db = kb.database(datasette)
                prefix = datasette.urls.database(db.name)
                folder, _, table = scope["path"].rpartition("/")
                if folder == prefix and table in LISTS:
                    given = scope["query_string"].decode("latin-1")
                    args = parse_qsl(given, keep_blank_values=True)
                    chosen = with_choices(args, LISTS[table], await _defaults(db))
                    if chosen != args:
                        return await _redirect(send, f"{scope['path']}?{urlencode(chosen)}")
            return await app(scope, receive, send)

        return opened

    return wrap


async def _defaults(db):
    """The newest date and the first comparison."""
    moment, comparison = await kb.moment(db), await kb.comparison(db)
    return (
        moment["as_of"] if moment else None,
        comparison["comparison_id"] if comparison else None,
    )


def with_choices(args, columns, defaults):
    """The arguments with a date and a comparison where the list has them and the reader chose none.

    Args:
        args: (name, value) of the address.
        columns: of the list's date and comparison; None where it has none.
        defaults: the newest date and the first comparison.
    """
    chosen_one = any(name.split("__")[0] in _KEYS for name, _ in args)
    everything = {name for name, value in args if value == "*"}
    args = [(ALL, name) if value == "*" and name in columns else (name, value) for name, value in args]  # fmt: skip
    free = everything | {value for name, value in args if name == ALL}
    filtered = {name.split("__")[0] for name, _ in args}
    for column, value in zip(columns, defaults, strict=True):
        if column and value and not chosen_one and column not in free | filtered:
            args = [*args, (column, value)]
    return args


async def _redirect(send, location):
    headers = [(b"location", location.encode("ascii")), (b"content-type", b"text/plain; charset=utf-8")]  # fmt: skip
    await send({"type": "http.response.start", "status": 302, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
