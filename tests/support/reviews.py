"""Reviews for tests: accounts, reviews of pairs of clauses, and a site that takes them."""

import copy
import re
from pathlib import Path

from datasette.app import Datasette
from datasette_auth_passwords.utils import hash_password

from pipeline.reviews.review_records import Review
from pipeline.site.reviews import review_log
from support.site import CONFIG, ask, serve

PASSWORDS = {"wang": "甲乙丙丁", "li": "correct horse"}
# One round of hashing instead of half a million, so that a test does not wait.
ACCOUNTS = {
    f"{name}_password_hash": hash_password(password, iterations=1)
    for name, password in PASSWORDS.items()
}
SAME_SITE = {"sec-fetch-site": "same-origin"}


def config(log: Path, base=CONFIG) -> dict:
    """The site's configuration with two reviewers."""
    own = copy.deepcopy(base)
    own.setdefault("plugins", {}).setdefault("reviews", {})["log"] = str(log)
    own["plugins"]["datasette-auth-passwords"] = dict(ACCOUNTS)
    return own


def reviewing(kb: Path, log: Path) -> Datasette:
    """A site that takes reviews."""
    return serve(kb, config(log))


async def login(site: Datasette, name: str) -> dict[str, str]:
    """The cookies of a reviewer who logged in by the form."""
    form = {"username": name, "password": PASSWORDS[name]}
    response = await site.client.post("/-/login", data=form, headers=SAME_SITE)
    assert response.status_code == 302
    return {"ds_actor": response.cookies["ds_actor"]}


def form_of(page: str, kind: str) -> dict[str, str]:
    """The hidden fields of the first form of a kind on a page."""
    forms = re.findall(r'(?s)<form class="review".*?</form>', page)
    fields = [dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', f)) for f in forms]
    return next(each for each in fields if each.get("kind") == kind)


def review(
    pair: tuple[str, str], texts: dict[str, str], verdict: str = "accept", **more
) -> dict[str, str | None]:
    """A review of a pair of clauses, as the log holds it."""
    names = [*pair, *([more["partner"]] if more.get("partner") else [])]
    row = {
        "reviewed_at": "2026-01-02T03:04:05.000006Z",
        "reviewer": "wang",
        "kind": "alignment",
        "target_id": review_log.pair_id(*pair),
        "clause_a": pair[0],
        "clause_b": pair[1],
        "verdict": verdict,
        "partner": None,
        "text_hash": review_log.text_hash([texts[name] for name in names]),
        "note": "",
    }
    return dict(review_log.with_id(row | more))


def record(row: dict[str, str | None]) -> Review:
    """A review of the log as the build reads it."""
    return Review(**row)


def texts(kb: Path) -> dict[str, str]:
    """The text of every clause."""
    return dict(ask(kb, "select clause_id, text from clauses"))
