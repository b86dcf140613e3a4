"""Translation of a rendered page: its interface in English, its data unchanged.

The page is read once; characters outside the replaced spans stay as they are. A regular expression
finds the tags: html.parser takes 12 ms for 100 KB where the expression takes 2 ms, and does not report
where an end tag ends. It requires that every tag is closed, as our templates do.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from urllib.parse import urlsplit, urlunsplit

from pipeline.site.english.phrases import Phrases, load

# Elements that hold data: text of the sources is never translated.
DATA_ELEMENTS = {"blockquote", "q", "textarea", "pre", "code", "mark"}
DATA_COLUMNS = (
    "text",
    "text_a",
    "text_b",
    "text_old",
    "text_new",
    "quote",
    "diff",
    "source",
    "note",
    "title",
    "document",
    "document_a",
    "document_b",
    "heading",
    "attribute",
    "subject",
    "summary",
    "statement",
)
# A headline, the title of a document with the place in it, a remark of the editors or a search record, a
# statement of the paper.
DATA_CLASSES = {
    "clause",
    "citation",
    "quoted",
    "part",
    "headline-text",
    "doc-title",
    "remark",
    "statement",
    *(f"col-{name}" for name in DATA_COLUMNS),
}
RAW = {"script", "style", "textarea"}  # contain no tags
# Elements without an end tag (HTML Standard, void elements).
VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
}
TEXT_ATTRIBUTES = {"title", "aria-label", "placeholder", "alt", "data-label"}
DATA_SUFFIXES = (".json", ".csv", ".xlsx", ".db", ".txt", ".blob")
LANGUAGE_FIELD = '<input type="hidden" name="_lang" value="en">'

_TAG = re.compile(
    r"""<!--.*?-->|<[!?][^>]*>|<(/?)([A-Za-z][^\s/>]*)((?:[^'">]|"[^"]*"|'[^']*')*)>""", re.DOTALL
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|[^\s"'=<>`]+)""")
_FRAGMENT = re.compile(r"(?<!&)#")
_NAME = re.compile(r"<[^\s/>]+")
_HAN = re.compile(r"[㐀-鿿〇]")


@dataclass(frozen=True, slots=True)
class _Tag:
    """A start tag in English, and the properties of its element."""

    name: str
    english: str
    has_english: bool  # an attribute was translated
    is_data: bool
    has_lang: bool  # of its own, or is part of a quotation
    is_empty: bool


@dataclass(slots=True)
class _Element:
    """An open element, and the languages of the text directly inside."""

    tag: _Tag
    name_end: int  # offset in the page of the end of the tag's name
    chinese: bool = False
    english: bool = False


def translate(page: str, host: str = "", phrases: Phrases | None = None) -> str:
    """The page in English.

    Args:
        page: HTML as our templates write it.
        host: of the site, so that links with this host count as internal.
        phrases: instead of those of english.toml.

    >>> translate('<h2>差异</h2><q>差异</q><a href="/x">甲</a>')
    '<h2>Gaps</h2><q lang="zh-CN">差异</q><a lang="zh-CN" href="/x?_lang=en">甲</a>'
    """
    return _Translation(page, host, phrases or load()).result()


def with_language(address: str, host: str = "") -> str:
    """The address of a page of the site with _lang=en; any other address as it is.

    >>> with_language("/-/claims?a=1#x"), with_language("/kb/gaps.json"), with_language("https://a.cn/")
    ('/-/claims?a=1&_lang=en#x', '/kb/gaps.json', 'https://a.cn/')
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    is_internal = parts.netloc == host if parts.netloc else not parts.scheme
    is_page = parts.path.startswith("/") or (parts.query and not parts.path)  # ?a=b: the same page
    if not is_internal or not is_page or "/assets/" in parts.path:
        return address
    if parts.path.endswith(DATA_SUFFIXES) or "_lang=" in parts.query:
        return address
    query = f"{parts.query}&_lang=en" if parts.query else "_lang=en"
    return urlunsplit(parts._replace(query=query))


class _Translation:
    """One pass over a page that collects replacements (start, end, new text)."""

    def __init__(self, page: str, host: str, phrases: Phrases) -> None:
        self.page, self.host, self.phrases = page, host, phrases
        self.edits: list[tuple[int, int, str]] = []
        self.open: list[_Element] = []

    def result(self) -> str:
        """The translated page."""
        at = 0
        while match := _TAG.search(self.page, at):
            self.text(at, match.start())
            at = match.end()
            if match[1]:
                self.end_tag(match[2].lower())
            elif match[2] and self.start_tag(match).name in RAW:
                at = self.raw_end(match[2].lower(), at)
        self.text(at, len(self.page))
        while self.open:
            self.close(self.open.pop())
        return self.edited()

    def edited(self) -> str:
        """The page with its replacements."""
        out, last = [], 0
        for start, end, new in sorted(self.edits, key=lambda edit: edit[:2]):
            out += [self.page[last:start], new]
            last = end
        return "".join([*out, self.page[last:]])

    def text(self, start: int, end: int) -> None:
        """Translate the text between two tags, unless it is data."""
        raw = self.page[start:end]
        if raw.isascii():
            return
        element = self.open[-1] if self.open else None
        core = raw.strip(" \t\r\n")
        if not (element and element.tag.is_data):
            english = self.phrases.translate(unescape(core), element.tag.name if element else "")
            if english is not None:
                begin = start + raw.index(core)
                self.edits.append((begin, begin + len(core), escape(english, quote=False)))
                if element:
                    element.english = True
                return
        if element and _HAN.search(core):
            element.chinese = True

    def start_tag(self, match: re.Match[str]) -> _Tag:
        """Translate a start tag, and open its element."""
        within_data = bool(self.open) and self.open[-1].tag.is_data
        tag = _tag(match[0], within_data, self.host, self.phrases)
        element = _Element(tag, match.end(2), english=tag.has_english)
        if tag.english != match[0]:
            # Without the name, so that a lang attribute can still be inserted after it.
            self.edits.append((match.end(2), match.end(), tag.english[len(tag.name) + 1 :]))
        if not tag.is_empty:
            self.open.append(element)
        return tag

    def raw_end(self, name: str, at: int) -> int:
        """The end of the content of a script, a style or a text field."""
        end = re.compile(f"</{name}", re.IGNORECASE).search(self.page, at)
        stop = end.start() if end else len(self.page)
        if self.open and name == "textarea" and _HAN.search(self.page, at, stop):
            self.open[-1].chinese = True
        return stop

    def end_tag(self, name: str) -> None:
        """Close an element and those left open in it; an end tag without a start tag is ignored."""
        if any(element.tag.name == name for element in reversed(self.open)):
            while self.close(self.open.pop()) != name:
                pass

    def close(self, element: _Element) -> str:
        """Mark an element as Chinese if nothing in it is English; return its name."""
        if self.open:
            parent = self.open[-1]
            parent.english = parent.english or element.english
            # A quotation with marked words inside is Chinese as a whole.
            parent.chinese = parent.chinese or (element.chinese and parent.tag.is_data)
        if element.chinese and not element.english and not element.tag.has_lang:
            self.edits.append((element.name_end, element.name_end, ' lang="zh-CN"'))
        return element.tag.name


@lru_cache(20_000)  # the cells of a table repeat the same few tags
def _tag(source: str, within_data: bool, host: str, phrases: Phrases) -> _Tag:
    """Translate a start tag.

    Args:
        source: the tag as the page writes it.
        within_data: whether it lies in an element that holds data.
        host: of the site.
        phrases: the English of the interface.
    """
    name = _NAME.match(source)[0][1:].lower()  # type: ignore[index]  # it is a tag
    attributes = [
        (match[1].lower(), match.start(2) if match[2] else match.start(3), match[2] or match[3])
        for match in _ATTRIBUTE.finditer(source, len(name) + 1)
        if match[2] or match[3]
    ]
    values = {key: value for key, _, value in attributes}
    is_data = (
        within_data
        or name in DATA_ELEMENTS
        or not DATA_CLASSES.isdisjoint(values.get("class", "").split())
    )
    parts, last, has_english = [], 0, False
    for key, at, value in attributes:
        new = _attribute(name, key, values, is_data, host, phrases)
        if new != value:
            parts += [source[last:at], new]
            last = at + len(value)
            has_english = has_english or key in TEXT_ATTRIBUTES
    english = "".join([*parts, source[last:]])
    if name == "form" and _asks_site(values, host):
        english += LANGUAGE_FIELD
    is_empty = name in VOID or source.endswith("/>")
    has_lang = within_data or "lang" in values
    return _Tag(name, english, has_english, is_data, has_lang, is_empty)


def _attribute(
    name: str, key: str, values: dict[str, str], is_data: bool, host: str, phrases: Phrases
) -> str:
    """The English value of an attribute, escaped; the value as it is where there is none."""
    value = values[key]
    if key == "href" and name == "a" and "hreflang" not in values:
        return _href_with_language(value, host)
    if (name, key, value) == ("html", "lang", "zh-CN"):
        return "en"
    is_button = key == "value" and values.get("type") in ("submit", "button", "reset")
    if is_data or value.isascii() or not (key in TEXT_ATTRIBUTES or is_button):
        return value
    english = phrases.translate(unescape(value), name)
    return value if english is None else escape(english)


def _href_with_language(value: str, host: str) -> str:
    """An href with _lang=en added to the source text, so that its escapes stay as they are."""
    address = unescape(value)
    if with_language(address, host) == address:
        return value
    fragment = _FRAGMENT.search(value)
    end = fragment.start() if fragment else len(value)
    separator = "&amp;" if "?" in value[:end] else "?"
    return f"{value[:end]}{separator}_lang=en{value[end:]}"


def _asks_site(form: dict[str, str], host: str) -> bool:
    """Whether a form sends a GET request to a page of the site."""
    action = unescape(form.get("action", "/"))
    return form.get("method", "get").lower() == "get" and with_language(action, host) != action
