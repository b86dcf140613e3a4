"""The pages in English, by ?_lang=en; without it every response is unchanged."""

from functools import wraps
from urllib.parse import parse_qsl

from datasette import hookimpl
from datasette.utils import StartupError, path_with_replaced_args

from pipeline.site import kb
from pipeline.site.english import names, phrases, translate


@hookimpl
def startup():
    """Report an error in english.toml in one line, before the first page."""
    try:
        phrases.load()
    except ValueError as error:
        raise StartupError(str(error)) from None


@hookimpl
def extra_template_vars(datasette, request):
    """The addresses of this page in each language, for the footer."""
    if not request:
        return {}
    return {
        f"page_{name}": datasette.urls.path(path_with_replaced_args(request, {"_lang": value}))
        for name, value in (("chinese", None), ("english", "en"))
    }


@hookimpl
def asgi_wrapper(datasette):
    """Translate the HTML of responses to requests with _lang=en."""

    def wrap(app):
        @wraps(app)
        async def translated(scope, receive, send):
            if scope["type"] != "http" or not wants_english(scope):
                await app(scope, receive, send)
                return
            # The page is rendered as without the argument, then translated.
            await app(without_language(scope), receive, TranslatingSend(scope, send, datasette))

        return translated

    return wrap


def arguments(scope):
    """The arguments of a request in order, as they were written."""
    return [part for part in scope.get("query_string", b"").split(b"&") if part]


def wants_english(scope):
    """Whether _lang=en is among the arguments; any other language is ignored."""
    return ("_lang", "en") in parse_qsl(scope.get("query_string", b"").decode("latin-1"))


def without_language(scope):
    """The request without its _lang."""
    others = [part for part in arguments(scope) if not part.startswith(b"_lang=")]
    return {**scope, "query_string": b"&".join(others)}


class TranslatingSend:
    """An ASGI send function: collects HTML until it is complete, then sends it in English."""

    def __init__(self, scope, send, datasette):
        self.send, self.start, self.body, self.datasette = send, None, b"", datasette
        self.host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")

    async def __call__(self, event):
        """Send an event, or collect it if it is HTML."""
        if event["type"] == "http.response.start":
            headers = [(name.lower(), value) for name, value in event.get("headers", [])]
            event = {**event, "headers": [self.header(*pair) for pair in headers]}
            if dict(headers).get(b"content-type", b"").startswith(b"text/html"):
                self.start = event
                return
        elif self.start and event["type"] == "http.response.body":
            self.body += event.get("body", b"")
            if not event.get("more_body"):
                await self.send_translated()
            return
        await self.send(event)

    def header(self, name, value):
        """A header of the response; a redirect keeps the language."""
        if name == b"location":
            location = translate.with_language(value.decode("latin-1"), self.host)
            return name, location.encode("latin-1")
        return name, value

    async def send_translated(self):
        """Send the page in English, with its new length."""
        known = names.phrases(kb.database(self.datasette))
        page = translate.translate(self.body.decode("utf-8"), self.host, known).encode("utf-8")
        others = [header for header in self.start["headers"] if header[0] != b"content-length"]
        length = (b"content-length", str(len(page)).encode())
        await self.send({**self.start, "headers": [*others, length]})
        await self.send({"type": "http.response.body", "body": page})
