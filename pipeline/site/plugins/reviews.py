"""Reviews from the pages: login, the form of a review, and what the templates need for it.

Accounts are those of datasette-auth-passwords, set up by the operator. Nobody may review where there is no
account, or where `plugins.reviews.open` is false, as on a published site; the pages for it then do not exist.
"""

import asyncio
import sqlite3
from functools import partial, wraps

from datasette import Forbidden, NotFound, Response, hookimpl
from datasette.utils import StartupError
from datasette.views.base import DatasetteError

from pipeline.site import kb
from pipeline.site.reviews import review_desk, review_form, review_log
from pipeline.site.reviews.review_form import RefusedReview

_OF_A_HASH = 3  # signs $ between the four parts of a password's hash


@hookimpl
def startup(datasette):
    """Read the accounts once, so that a file which is taken away later does not stop the site."""
    try:
        accounts = datasette.plugin_config(review_desk.AUTH)
    except OSError as error:
        raise StartupError(f"错误：{error.filename}：读不了；改法：make reviewer NAME=…") from None
    if not accounts:
        return
    for name, value in accounts.items():
        if name.endswith("_password_hash") and str(value).strip().count("$") != _OF_A_HASH:
            where = name.removesuffix("_password_hash")
            raise StartupError(
                f"错误：审阅人 {where}：不是密码的散列；改法：make reviewer NAME={where}"
            )
    datasette.config["plugins"][review_desk.AUTH] = accounts


@hookimpl(tryfirst=True)  # before the login page of the library
def register_routes(datasette):
    """The form's address; without reviewers there is neither form nor login, and the tool for hashes never."""
    routes = [(r"^/-/password-tool$", not_found)]
    if review_desk.log_path(datasette) is None:
        return [*routes, (r"^/-/(?:login|review)$", not_found)]
    return [*routes, (r"^/-/review$", review)]


def not_found():
    """Answer as for any page that does not exist."""
    raise NotFound("没有这一页")


async def review(request, datasette):
    """Record a review, and lead back to the page that it is of."""
    if request.method != "POST":
        raise DatasetteError("不支持的操作", status=405)
    reviewer = review_desk.reviewer(datasette, request.actor)
    if reviewer is None:
        raise Forbidden("只有登录的审阅人可以审阅")
    # Datasette refuses what comes from another site; what does not say where it comes from is refused here.
    if not {"sec-fetch-site", "origin"} & request.headers.keys():
        raise Forbidden("这一请求没有说明从哪个页面来，没有记下")
    db = kb.database(datasette)
    await kb.allow(datasette, request, ("reviews", "clauses", "alignments", "rules"))
    try:
        target, row = await review_form.read(db, await request.post_vars(), reviewer)
        await asyncio.to_thread(review_log.append, review_desk.log_path(datasette), [row])
    except RefusedReview as error:
        raise DatasetteError(error.message, status=error.status) from None
    except UnicodeDecodeError:
        raise DatasetteError("附注不是 UTF-8，没有记下", status=400) from None
    except sqlite3.Error as error:
        raise DatasetteError(f"审阅记录写不进去，没有记下：{error}", status=503) from None
    return Response.redirect(f"{datasette.urls.path(target.page)}#reviews", status=303)


@hookimpl
def extra_template_vars(datasette, request):
    """Whether this site takes reviews, who reviews, and what was reviewed."""
    is_open = review_desk.log_path(datasette) is not None
    actor = request.actor if request else None
    return {
        "reviews_open": is_open,
        "reviewer": review_desk.reviewer(datasette, actor) if is_open else None,
        "reviewed": partial(review_desk.reviews, datasette),
    }


@hookimpl
def prepare_jinja2_environment(env):
    """By what templates name a target, and which texts it rests on."""
    env.globals |= {
        "pair_id": review_log.pair_id,
        "point_id": review_log.point_id,
        "text_hash": lambda *texts: review_log.text_hash(texts),
        "MAX_NOTE": review_log.MAX_NOTE,
    }


@hookimpl
def asgi_wrapper(datasette):
    """Cookies that no script can read; passwords come from the login page only, not from a header."""

    def wrap(app):
        @wraps(app)
        async def guarded(scope, receive, send):
            if scope["type"] != "http":
                return await app(scope, receive, send)
            flags = b"; HttpOnly" + (b"; Secure" if datasette.setting("force_https_urls") else b"")

            async def send_guarded(event):
                if event["type"] == "http.response.start":
                    headers = [
                        (name, value + flags if name.lower() == b"set-cookie" else value)
                        for name, value in event.get("headers", [])
                    ]
                    event = {**event, "headers": headers}
                await send(event)

            await app(
                {**scope, "headers": [*filter(is_kept, scope["headers"])]}, receive, send_guarded
            )

        return guarded

    return wrap


def is_kept(header):
    """Whether a header of a request is passed on; the library fails at a malformed Basic one."""
    name, value = header
    return name.lower() != b"authorization" or not value.strip().lower().startswith(b"basic")
