"""A rendered page in English: its interface translated, its data left as it is.

The page is read once and changed only at the places that are replaced; every other character
is the page's own. (html.parser takes 12 ms for 100 KB before any work is done and does not tell
where an end tag ends; the expression below takes 2 ms, and our templates close every tag.)
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from urllib.parse import urlsplit, urlunsplit

from pipeline.site.english.phrases import Phrases, load

# Words of the sources, whatever they look like.
DATA_ELEMENTS = {"blockquote", "q", "textarea", "pre", "code", "mark"}
DATA_CLASSES = {"clause", "citation", "quoted", "part"} | {
    f"col-{column}"
    for column in ("text", "text_a", "text_b", "text_old", "text_new", "quote", "title", "document", "document_a",
                   "document_b", "summary", "heading", "attribute", "subject", "statement", "note", "source", "diff")
}  # fmt: skip
RAW = {"script", "style", "textarea"}  # hold no tags
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}  # fmt: skip
SPOKEN = {"title", "aria-label", "placeholder", "alt", "data-label"}
NOT_PAGES = (".json", ".csv", ".xlsx", ".db", ".txt", ".blob")
HIDDEN = '<input type="hidden" name="_lang" value="en">'

_TAG = re.compile(
    r"""<!--.*?-->|<[!?][^>]*>|<(/?)([A-Za-z][^\s/>]*)((?:[^'">]|"[^"]*"|'[^']*')*)>""", re.DOTALL
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|[^\s"'=<>`]+)""")
_FRAGMENT = re.compile(r"(?<!&)#")
_NAME = re.compile(r"<[^\s/>]+")
_HAN = re.compile(r"[㐀-鿿〇]")


@dataclass(frozen=True, slots=True)
class _Tag:
    """A start tag in English, and what it says of its element."""

    name: str
    english: str
    spoken: bool  # an attribute was translated
    data: bool
    own_lang: bool
    empty: bool


@dataclass(slots=True)
class _Element:
    """An element that is open: where its tag's name ends, and what was met directly inside."""

    tag: _Tag
    at: int
    chinese: bool = False
    english: bool = False


def translate(page: str, host: str = "", phrases: Phrases | None = None) -> str:
    """The page in English.

    Args:
        page: HTML as our templates write it.
        host: the site's own, so that links that name it are known as internal.
        phrases: others than those of english.toml.

    >>> translate('<h2>差异</h2><q>差异</q><a href="/x">甲</a>')
    '<h2>Gaps</h2><q lang="zh-CN">差异</q><a lang="zh-CN" href="/x?_lang=en">甲</a>'
    """
    return _Walk(page, host, phrases or load()).result()


def with_language(address: str, host: str = "") -> str:
    """An address of one of our pages with _lang=en; any other as it is.

    >>> with_language("/-/claims?a=1#x"), with_language("/kb/gaps.json"), with_language("https://a.cn/")
    ('/-/claims?a=1&_lang=en#x', '/kb/gaps.json', 'https://a.cn/')
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    inside = parts.netloc == host if parts.netloc else not parts.scheme
    ours = parts.path.startswith("/") or (parts.query and not parts.path)  # ?a=b is this page
    if not inside or not ours or "/assets/" in parts.path:
        return address
    if parts.path.endswith(NOT_PAGES) or "_lang=" in parts.query:
        return address
    query = f"{parts.query}&_lang=en" if parts.query else "_lang=en"
    return urlunsplit(parts._replace(query=query))


class _Walk:
    """One pass over a page, collecting what is to be replaced."""

    def __init__(self, page: str, host: str, phrases: Phrases) -> None:
        self.page, self.host, self.phrases = page, host, phrases
        self.edits: list[tuple[int, int, str]] = []
        self.open: list[_Element] = []

    def result(self) -> str:
        """The page with its replacements."""
        at = 0
        while found := _TAG.search(self.page, at):
            self.text(at, found.start())
            at = found.end()
            if found[1]:
                self.close(found[2].lower())
            elif found[2] and self.begin(found).name in RAW:
                at = self.skip(found[2].lower(), at)
        self.text(at, len(self.page))
        while self.open:
            self.end(self.open.pop())
        return self.joined()

    def joined(self) -> str:
        """Everything of the page that is not replaced, and what replaces the rest."""
        out, last = [], 0
        for start, end, new in sorted(self.edits, key=lambda edit: edit[:2]):
            out += [self.page[last:start], new]
            last = end
        return "".join([*out, self.page[last:]])

    def text(self, start: int, end: int) -> None:
        """Translate what stands between two tags, unless it is data."""
        raw = self.page[start:end]
        if raw.isascii():
            return
        here = self.open[-1] if self.open else None
        core = raw.strip(" \t\r\n")
        if not (here and here.tag.data):
            said = self.phrases.say(unescape(core), here.tag.name if here else "")
            if said is not None:
                begin = start + raw.index(core)
                self.edits.append((begin, begin + len(core), escape(said, quote=False)))
                if here:
                    here.english = True
                return
        if here and _HAN.search(core):
            here.chinese = True

    def begin(self, found: re.Match[str]) -> _Tag:
        """Translate a start tag, and open its element."""
        above = bool(self.open) and self.open[-1].tag.data
        tag = _tag(found[0], above, self.host, self.phrases)
        element = _Element(tag, found.end(2), english=tag.spoken)
        if tag.english != found[0]:
            # In two, so that a lang can still come after the name.
            self.edits.append((found.end(2), found.end(), tag.english[len(tag.name) + 1 :]))
        if not tag.empty:
            self.open.append(element)
        return tag

    def skip(self, name: str, at: int) -> int:
        """Past what a script, a style or a text field holds."""
        end = re.compile(f"</{name}", re.IGNORECASE).search(self.page, at)
        stop = end.start() if end else len(self.page)
        if self.open and name == "textarea" and _HAN.search(self.page, at, stop):
            self.open[-1].chinese = True
        return stop

    def close(self, name: str) -> None:
        """Close an element and what was left open in it; an end without a beginning closes nothing."""
        if any(element.tag.name == name for element in reversed(self.open)):
            while self.end(self.open.pop()) != name:
                pass

    def end(self, element: _Element) -> str:
        """Say that an element is in Chinese, where nothing in it is English."""
        if self.open:
            above = self.open[-1]
            above.english = above.english or element.english
            # A quotation is in Chinese as a whole, whatever marks are in it.
            above.chinese = above.chinese or (element.chinese and above.tag.data)
        if element.chinese and not element.english and not element.tag.own_lang:
            self.edits.append((element.at, element.at, ' lang="zh-CN"'))
        return element.tag.name


@lru_cache(20_000)  # table cells have the same few tags again and again
def _tag(source: str, above: bool, host: str, phrases: Phrases) -> _Tag:
    """Read a start tag and say it in English; above: it stands in an element that carries data."""
    name = _NAME.match(source)[0][1:].lower()  # type: ignore[index]  # it is a tag
    attributes = [
        (one[1].lower(), one.start(2) if one[2] else one.start(3), one[2] or one[3])
        for one in _ATTRIBUTE.finditer(source, len(name) + 1)
        if one[2] or one[3]
    ]
    values = {key: value for key, _, value in attributes}
    data = (
        above
        or name in DATA_ELEMENTS
        or not DATA_CLASSES.isdisjoint(values.get("class", "").split())
    )
    parts, last, spoken = [], 0, False
    for key, at, value in attributes:
        new = _attribute(name, key, values, data, host, phrases)
        if new != value:
            parts += [source[last:at], new]
            last = at + len(value)
            spoken = spoken or key in SPOKEN
    english = "".join([*parts, source[last:]])
    if name == "form" and _asks_us(values, host):
        english += HIDDEN
    empty = name in VOID or source.endswith("/>")
    return _Tag(name, english, spoken, data, above or "lang" in values, empty)


def _attribute(
    name: str, key: str, values: dict[str, str], data: bool, host: str, phrases: Phrases
) -> str:
    """An attribute's new value, escaped; its old one where nothing changes."""
    value = values[key]
    if key == "href" and name == "a" and "hreflang" not in values:
        return _with_language_raw(value, host)
    if (name, key, value) == ("html", "lang", "zh-CN"):
        return "en"
    pressed = key == "value" and values.get("type") in ("submit", "button", "reset")
    if data or value.isascii() or not (key in SPOKEN or pressed):
        return value
    said = phrases.say(unescape(value), name)
    return value if said is None else escape(said)


def _with_language_raw(value: str, host: str) -> str:
    """An href as it is written, with _lang=en; what browsers read in it otherwise is left alone."""
    address = unescape(value)
    if with_language(address, host) == address:
        return value
    fragment = _FRAGMENT.search(value)
    end = fragment.start() if fragment else len(value)
    joint = "&amp;" if "?" in value[:end] else "?"
    return f"{value[:end]}{joint}_lang=en{value[end:]}"


def _asks_us(form: dict[str, str], host: str) -> bool:
    """Whether a form asks one of our pages."""
    action = unescape(form.get("action", "/"))
    return form.get("method", "get").lower() == "get" and with_language(action, host) != action
