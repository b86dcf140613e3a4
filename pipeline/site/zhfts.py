"""Chinese full-text search in SQLite: one token per Han character, phrases as queries.

SQLite's own tokenizers see a Han sentence as one word (unicode61) or miss words of
two characters (trigram). Here every Han character is a token and punctuation is a
boundary token, so a phrase query finds exactly the places where the words stand.
The index needs no dictionary and no extension: any sqlite3 can read it.
"""

import html
import re
import sqlite3
import unicodedata

_HAN = r"\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_TOKEN = re.compile(
    rf"(?P<han>[{_HAN}])|(?P<number>\d+(?:\.\d+)?)|(?P<word>[^\W\d{_HAN}_]+)|(?P<gap>[^\w{_HAN}]+|_+)"
)
_TERM = re.compile(r'-?"[^"]*"?|\S+')
_BOUNDARY = "zzb"  # no one searches for it, and unicode61 keeps it whole
_POINT = "zzd"  # 1.5 stays one token


def normalize(text: str | None) -> str:
    """Fold full width to half width and upper case to lower case."""
    return unicodedata.normalize("NFKC", text or "").casefold()


def index_text(text: str | None) -> str:
    """What the index stores for a text: tokens with a space between.

    Punctuation breaks phrases; white space does not, for a PDF's line ends mean nothing.

    >>> index_text("县（市、区），1.5%")
    '县 zzb 市 zzb 区 zzb 1zzd5 zzb'
    """
    tokens: list[str] = []
    for match in _TOKEN.finditer(normalize(text)):
        if match.lastgroup != "gap":
            tokens.append(match.group().replace(".", _POINT))
        elif tokens and tokens[-1] != _BOUNDARY and not match.group().isspace():
            tokens.append(_BOUNDARY)
    return " ".join(tokens)


def _phrase(term: str) -> str | None:
    tokens = index_text(term).split()
    while tokens and tokens[0] == _BOUNDARY:
        tokens.pop(0)
    while tokens and tokens[-1] == _BOUNDARY:
        tokens.pop()
    return f'"{" ".join(tokens)}"' if tokens else None


def _terms(query: str | None) -> tuple[list[str], list[str]]:
    wanted: list[str] = []
    unwanted: list[str] = []
    for raw in _TERM.findall(unicodedata.normalize("NFKC", query or "")):
        term = raw.lstrip("-").strip('"')
        if _phrase(term):
            (unwanted if raw.startswith("-") else wanted).append(term)
    return wanted, unwanted


def fts_query(query: str | None) -> str:
    """A reader's words as an FTS5 query; never a syntax error.

    A space means and, -词 means without, "…" keeps words together.

    >>> fts_query("居住证 积分 -落户")
    '("居 住 证" AND "积 分") NOT "落 户"'
    >>> fts_query("，")
    '""'
    """
    wanted, unwanted = _terms(query)
    if not wanted:
        return '""'  # matches nothing
    expression = " AND ".join(filter(None, map(_phrase, wanted)))
    for term in unwanted:
        expression = f"({expression}) NOT {_phrase(term)}"
    return expression


def _pattern(term: str) -> str:
    """A regular expression that hits what the index finds: 12 is not in 120, white space may intrude."""
    parts = []
    for token in (_phrase(term) or "").strip('"').split():
        if token == _BOUNDARY:
            parts.append(r"[\W_]+")
        elif token[0].isdigit():
            parts.append(rf"(?<![\d.]){re.escape(token.replace(_POINT, '.'))}(?!\.?\d)")
        elif re.fullmatch(f"[{_HAN}]", token):
            parts.append(token)
        else:
            parts.append(rf"(?<![^\W\d{_HAN}_]){re.escape(token)}(?![^\W\d{_HAN}_])")
    return r"\s*".join(parts)


def _hits(query: str | None) -> re.Pattern[str] | None:
    wanted, _ = _terms(query)
    wanted.sort(key=len, reverse=True)  # longest first, so that 积分落户 is one hit
    return re.compile("|".join(map(_pattern, wanted))) if wanted else None


def _spans(text: str, query: str | None) -> list[tuple[int, int]]:
    pattern = _hits(query)
    if pattern is None:
        return []
    # Fold character by character: the offsets must hold in the text as it stands.
    folded = "".join(c if len(f := normalize(c)) != 1 else f for c in text)
    return [match.span() for match in pattern.finditer(folded)]


def mark(text: str, query: str | None) -> str:
    """The text as safe HTML, every hit in <mark>.

    >>> mark("积分<120分", "积分")
    '<mark>积分</mark>&lt;120分'
    """
    parts: list[str] = []
    done = 0
    for start, end in _spans(text, query):
        parts += [html.escape(text[done:start]), f"<mark>{html.escape(text[start:end])}</mark>"]
        done = end
    return "".join([*parts, html.escape(text[done:])])


def snippet(text: str | None, query: str | None, width: int = 60) -> str:
    """About `width` characters around the first hit, as plain text, hits in 【】.

    >>> snippet("持有居住证的人员，可以申请积分。", "积分", 8)
    '…，可以申请【积分】。'
    """
    text = text or ""
    spans = _spans(text, query)
    first = spans[0][0] if spans else 0
    start = max(0, min(first - width // 2, len(text) - width))
    end = min(len(text), start + width)
    parts = ["…" if start else ""]
    done = start
    for left, right in spans:
        if left >= start and right <= end:
            parts += [text[done:left], "【", text[left:right], "】"]
            done = right
    return "".join([*parts, text[done:end], "…" if end < len(text) else ""])


def create_index(conn: sqlite3.Connection) -> None:
    """Make and fill clauses_fts, the index over clauses(text); call it last of all writes.

    The index holds other text than its content table, so never run FTS5's 'rebuild',
    highlight() or snippet() on it. It joins by rowid, which VACUUM may renumber in a
    table with a text key: vacuum before, never after.
    """
    conn.create_function("zh_index", 1, index_text, deterministic=True)
    # content="clauses" lets Datasette find the index without configuration.
    conn.execute(
        'create virtual table clauses_fts using fts5(text, content="clauses", tokenize="unicode61")'
    )
    conn.execute(
        "insert into clauses_fts (rowid, text)"
        " select rowid, zh_index(text) from clauses order by rowid"
    )
    conn.execute("insert into clauses_fts (clauses_fts) values ('optimize')")
