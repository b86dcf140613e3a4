"""Pages that tell about the server, not about policies, are not there on a published site."""

from datasette import NotFound, hookimpl

# All of Datasette's own pages under /-/ but its home, its style sheets and its search for a table.
PAGES = (
    "versions", "plugins", "settings", "config", "threads", "tasks", "databases", "actor",
    "actions", "auth-token", "create-token", "api", "queries", "schema", "logout", "permissions",
    "allowed", "rules", "check", "messages", "allow-debug", "patterns", "debug/autocomplete",
)  # fmt: skip


@hookimpl
def register_routes(datasette):
    """Take the addresses of those pages, where the profile says so."""
    if (datasette.plugin_config("closed") or {}).get("server_pages"):
        return [(rf"^/-/{page}(\.\w+)?/?$", not_here) for page in PAGES]


def not_here():
    """Say what is said of any page that does not exist."""
    raise NotFound("没有这一页")
