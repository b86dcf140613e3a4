"""Review desk: who may review on this site, and what was reviewed, built into kb.db or not yet."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from datasette.app import Datasette

from pipeline.site import kb
from pipeline.site.reviews import review_log

AUTH = "datasette-auth-passwords"
_SUFFIX = "_password_hash"
PENDING = "pending"  # state of a review that kb.db does not have yet

_BUILT = "select review_id, state, decides from reviews where target_id in (select value from json_each(?))"


def accounts(datasette: Datasette) -> set[str]:
    """The names of the accounts that the operator set up."""
    config = datasette.plugin_config(AUTH) or {}
    return {name.removesuffix(_SUFFIX) for name in config if name.endswith(_SUFFIX)}


def log_path(datasette: Datasette) -> Path | None:
    """Where reviews are recorded; None where nobody may review: closed, or no account."""
    config = datasette.plugin_config("reviews") or {}
    is_open = config.get("open", True) and config.get("log") and accounts(datasette)
    return Path(config["log"]) if is_open else None


def reviewer(datasette: Datasette, actor: dict[str, Any] | None) -> str | None:
    """The name of a logged-in reviewer; None for any other reader."""
    name = (actor or {}).get("id")
    if log_path(datasette) is None or not isinstance(name, str):
        return None
    return name if name in accounts(datasette) else None


async def reviews(datasette: Datasette, target_ids: Sequence[str]) -> list[dict[str, Any]]:
    """The reviews of the log on some targets, the newest first, each with its `state` and `decides`."""
    path = log_path(datasette)
    if path is None or not target_ids:
        return []
    rows = await asyncio.to_thread(review_log.read, path, list(target_ids))
    found = await kb.rows(kb.database(datasette), _BUILT, [kb.to_json(list(target_ids))])
    built = {row["review_id"]: row for row in found}
    pending = {"state": PENDING, "decides": 0}
    return [{**row, **built.get(row["review_id"] or "", pending)} for row in reversed(rows)]
