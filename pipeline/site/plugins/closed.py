"""Datasette's pages about the server do not exist on a published site."""

from datasette import NotFound, hookimpl

from pipeline.site.reviews import review_desk

# Datasette's own pages under /-/, except its home, its style sheets and its search for a table.
PAGES = (
    "versions",
    "plugins",
    "settings",
    "config",
    "threads",
    "tasks",
    "databases",
    "actor",
    "actions",
    "auth-token",
    "create-token",
    "api",
    "queries",
    "schema",
    "logout",
    "permissions",
    "allowed",
    "rules",
    "check",
    "messages",
    "allow-debug",
    "patterns",
    "debug/autocomplete",
)


@hookimpl
def register_routes(datasette):
    """Routes that answer 404 in place of those pages, if the profile asks for it."""
    if (datasette.plugin_config("closed") or {}).get("server_pages"):
        is_open = review_desk.log_path(datasette) is not None  # then one logs in, and out
        pages = [page for page in PAGES if page != "logout" or not is_open]
        return [(rf"^/-/{page}(\.\w+)?/?$", not_found) for page in pages]


def not_found():
    """Answer as for any page that does not exist."""
    raise NotFound("没有这一页")
