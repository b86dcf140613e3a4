"""A rendered page in English: its interface translated, its data left as it is.

The page is read once and changed only at the places that are replaced; every other character
is the page's own. (html.parser takes 12 ms for 100 KB before any work is done and does not tell
where an end tag ends; the expression below takes 2 ms, and our templates close every tag.)
"""

import re
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import urlsplit, urlunsplit

from pipeline.site.phrases import Phrases, load

# Words of the sources, whatever they look like.
DATA_ELEMENTS = {"blockquote", "q", "textarea", "pre", "code", "mark", "del", "ins", "kbd"}
DATA_CLASSES = {"clause", "citation", "quoted", "part", "amount"} | {
    f"col-{column}"
    for column in ("text", "text_a", "text_b", "text_old", "text_new", "quote", "title", "document", "document_a",
                   "document_b", "summary", "heading", "attribute", "subject", "statement", "note", "source")
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
_HAN = re.compile(r"[㐀-鿿〇]")


@dataclass(slots=True)
class _Element:
    """An element that is open: where its tag's name ends, and what was met directly inside."""

    name: str
    at: int
    data: bool
    own_lang: bool
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
    if not inside or not parts.path.startswith("/") or "/assets/" in parts.path:
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
            if not found[2]:
                continue
            name = found[2].lower()
            if found[1]:
                self.close(name)
            else:
                self.begin(found, name)
                if name in RAW:
                    at = self.skip(name, at)
        self.text(at, len(self.page))
        while self.open:
            self.end(self.open.pop())
        return self.joined()

    def joined(self) -> str:
        out, last = [], 0
        for start, end, new in sorted(self.edits, key=lambda edit: edit[:2]):
            out += [self.page[last:start], new]
            last = end
        return "".join([*out, self.page[last:]])

    def text(self, start: int, end: int) -> None:
        raw = self.page[start:end]
        if not raw or raw.isascii():
            return
        here = self.open[-1] if self.open else None
        core = raw.strip(" \t\r\n")
        if not (here and here.data):
            said = self.phrases.say(unescape(core), here.name if here else "")
            if said is not None:
                begin = start + raw.index(core)
                self.edits.append((begin, begin + len(core), escape(said, quote=False)))
                if here:
                    here.english = True
                return
        if here and _HAN.search(core):
            here.chinese = True

    def begin(self, found: re.Match[str], name: str) -> None:
        attributes = [
            (one[1].lower(), one.start(2) if one[2] is not None else one.start(3), one[2] or one[3])
            for one in _ATTRIBUTE.finditer(self.page, found.start(3), found.end(3))
            if one[2] or one[3]
        ]
        values = {key: value for key, _, value in attributes}
        classes = set(values.get("class", "").split())
        above = bool(self.open) and self.open[-1].data
        data = above or name in DATA_ELEMENTS or not classes.isdisjoint(DATA_CLASSES)
        element = _Element(name, found.end(2), data, "lang" in values or above)
        for key, at, value in attributes:
            new = self.attribute(name, key, value, values, data)
            if new != value:
                self.edits.append((at, at + len(value), new))
                element.english = element.english or key in SPOKEN
        if name == "form" and self.stays_here(values):
            self.edits.append((found.end(), found.end(), HIDDEN))
        if name not in VOID and not found[3].endswith("/"):
            self.open.append(element)

    def attribute(self, name: str, key: str, value: str, values: dict[str, str], data: bool) -> str:
        """An attribute's new value, escaped; its old one where nothing changes."""
        if key == "href" and name == "a" and "hreflang" not in values:
            address = unescape(value)
            new = with_language(address, self.host)
            return value if new == address else escape(new)
        if key == "lang" and name == "html" and value == "zh-CN":
            return "en"
        pressed = key == "value" and values.get("type") in ("submit", "button", "reset")
        if data or value.isascii() or not (key in SPOKEN or pressed):
            return value
        said = self.phrases.say(unescape(value), "")
        return value if said is None else escape(said)

    def stays_here(self, values: dict[str, str]) -> bool:
        """Whether a form asks one of our pages."""
        action = unescape(values.get("action", "/"))
        return (
            values.get("method", "get").lower() == "get"
            and with_language(action, self.host) != action
        )

    def skip(self, name: str, at: int) -> int:
        """Past what a script, a style or a text field holds."""
        end = re.compile(f"</{name}", re.IGNORECASE).search(self.page, at)
        stop = end.start() if end else len(self.page)
        if self.open and name == "textarea" and _HAN.search(self.page, at, stop):
            self.open[-1].chinese = True
        return stop

    def close(self, name: str) -> None:
        if any(element.name == name for element in self.open):
            while self.open:
                element = self.open.pop()
                self.end(element)
                if element.name == name:
                    return

    def end(self, element: _Element) -> None:
        """Say that an element is in Chinese, where nothing in it is English."""
        if self.open:
            above = self.open[-1]
            above.english = above.english or element.english
            above.chinese = above.chinese or (element.chinese and above.data and not above.english)
        if element.chinese and not element.english and not element.own_lang:
            self.edits.append((element.at, element.at, ' lang="zh-CN"'))
