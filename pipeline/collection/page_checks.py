"""Page checks: answers of a server that are no document, though it says 200: login forms, pages of errors.

The words are in corpus/patterns/answers.toml.
"""

import re
from dataclasses import dataclass
from functools import cache

from pipeline.core import schema, toml_files
from pipeline.core.paths import DATA
from pipeline.reading.formats import encodings

PATH = DATA / "patterns/answers.toml"
ERROR_PAGE = "得到的是出错页"  # how a fault begins that says that there is no such page, or not now
_MARKUP = re.compile(rb"<(?:!doctype html|html|head|body|script|div|form)\b", re.IGNORECASE)
_TITLE = re.compile(r"(?is)<(title|h1|h2)\b[^>]*>(.*?)</\1>")
_HIDDEN = re.compile(r"(?is)<(script|style|noscript)\b.*?</\1>|<!--.*?-->")
_TAG = re.compile(r"(?s)<[^>]*>")
_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """The words by which an answer is told; `shortest` Chinese characters make a document."""

    login: tuple[str, ...]
    error: tuple[str, ...]
    shortest: int


@cache
def words() -> AnswerWords:
    """Read the words.

    Raises:
        CorpusError: the file is wrong.
    """
    texts = schema.each(str)
    row = toml_files.read(PATH, {"login": texts, "error": texts, "shortest": int})
    return AnswerWords(tuple(row["login"]), tuple(row["error"]), row["shortest"])


def fault(content: bytes) -> str | None:
    """Why a web page is no document; None for one that may be, and for a file of another format.

    >>> fault("<html><title>用户登录</title><form><input type='password'></form></html>".encode())
    '得到的是登录页'
    >>> fault("<html><title>某办法</title><h1>404 页面不存在</h1></html>".encode("gb18030"))
    '得到的是出错页（404 页面不存在）'
    >>> fault(b"%PDF-1.4") is None
    True
    """
    if not _MARKUP.search(content[:20_000]):
        return None
    decoding = encodings.decode(content, encodings.declared(content))
    page = _HIDDEN.sub(" ", decoding[0] if decoding else content.decode("utf-8", "replace"))
    plain = _TAG.sub(" ", page)
    is_short = len(_HAN.findall(plain)) < words().shortest
    headings = [" ".join(_TAG.sub(" ", hit[2]).split()) for hit in _TITLE.finditer(page)]
    asks = bool(re.search(r"(?i)<input\b[^>]*type\s*=\s*[\"']?password", page))
    if asks and (is_short or any(word in head for head in headings for word in words().login)):
        return "得到的是登录页"
    if is_short:
        lines = [*headings, " ".join(plain.split())[:200]]
        told = next((line for line in lines for word in words().error if word in line), None)
        return f"{ERROR_PAGE}（{told[:30]}）" if told else None
    return None
