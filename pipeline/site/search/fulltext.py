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

from pipeline.site.search.simplified import simplified

_HAN = r"\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_TOKEN = re.compile(
    rf"(?P<han>[{_HAN}])|(?P<number>\d+(?:\.\d+)?)|(?P<word>[^\W\d{_HAN}_]+)|(?P<gap>[^\w{_HAN}]+|_+)"
)
# “…” and 「…」 keep words together only where they stand alone: “最多跑一次”改革 is one word.
_TERM = re.compile(r'-?"[^"]*"?|-?[“「][^”」]*[”」](?=\s|$)|\S+')
_BOUNDARY = "zzb"  # no one searches for it, and unicode61 keeps it whole
_POINT = "zzd"  # 1.5 stays one token
SPANS_WEIGHED = 40  # of a text full of hits the beginning is enough


def normalize(text: str | None) -> str:
    """Fold full width to half width and upper case to lower case."""
    return unicodedata.normalize("NFKC", text or "").casefold()


class _Folds(dict[int, str]):
    """One character for each: the offsets of hits must hold in the text as it stands."""

    def __missing__(self, code: int) -> str:
        folded = normalize(chr(code))
        self[code] = folded if len(folded) == 1 else chr(code)
        return self[code]


_FOLDS = _Folds()


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


def terms(query: str | None) -> tuple[list[str], list[str]]:
    """The words that a query asks for and those it excludes, each once, in the reader's spelling.

    >>> terms('居住证 “积分 落户” -租房 积分 积分')
    (['居住证', '积分 落户', '积分'], ['租房'])
    """
    wanted: dict[str, str] = {}
    unwanted: dict[str, str] = {}
    for raw in _TERM.findall(unicodedata.normalize("NFKC", query or "")):
        term = raw.lstrip("-").strip('"“”「」')
        if phrase := _phrase(term):
            (unwanted if raw.startswith("-") else wanted).setdefault(phrase, term)
    return list(wanted.values()), list(unwanted.values())


def spellings(term: str) -> list[str]:
    """A term as typed and, where that differs, in simplified characters."""
    return list(dict.fromkeys((term, simplified(term))))


def _either(phrases: list[str | None]) -> str:
    told = [phrase for phrase in phrases if phrase]
    return told[0] if len(told) == 1 else f"({' OR '.join(told)})"


def _expression(term: str) -> str:
    return _either([_phrase(spelling) for spelling in spellings(term)])


def fts_query(query: str | None) -> str:
    """A reader's words as an FTS5 query; never a syntax error.

    A space means and, -词 means without, "…" keeps words together; 積分 finds 积分 too.

    >>> fts_query("居住证 积分 -落户")
    '("居 住 证" AND "积 分") NOT "落 户"'
    >>> fts_query("，")
    '""'
    """
    wanted, unwanted = terms(query)
    if not wanted:
        return '""'  # matches nothing
    expression = " AND ".join(map(_expression, wanted))
    if unwanted:  # side by side, for FTS5 refuses what is nested deeply
        expression = f"({expression}) NOT {_either([*map(_expression, unwanted)])}"
    return expression


def whole_query(query: str | None) -> str:
    """An FTS5 query for the words side by side, in the reader's order.

    >>> whole_query("居住证 积分 -落户")
    '"居 住 证 积 分"'
    """
    wanted, _ = terms(query)
    return _expression(" ".join(wanted)) if wanted else '""'


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
    wanted = [spelling for term in terms(query)[0] for spelling in spellings(term)]
    wanted.sort(key=len, reverse=True)  # longest first, so that 积分落户 is one hit
    return re.compile("|".join(map(_pattern, wanted))) if wanted else None


def _spans(text: str, query: str | None) -> list[tuple[int, int]]:
    pattern = _hits(query)
    if pattern is None:
        return []
    return [match.span() for match in pattern.finditer(text.translate(_FOLDS))]


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


def _start(text: str, spans: list[tuple[int, int]], width: int) -> int:
    """Where a window of that width shows the most different words, the first such place."""
    best, most = 0, 0
    weighed = spans[:SPANS_WEIGHED]
    for left, _ in weighed:
        start = max(0, min(left - width // 2, len(text) - width))
        inside = {text[a:b] for a, b in weighed if a >= start and b <= start + width}
        if len(inside) > most:
            best, most = start, len(inside)
    return best


def excerpt(text: str | None, query: str | None, width: int = 60) -> list[tuple[str, bool]]:
    """About `width` characters around the hits, as pieces, each with whether it is a hit.

    >>> excerpt("持有居住证的人员，可以申请积分。", "积分", 8)
    [('…', False), ('，可以申请', False), ('积分', True), ('。', False)]
    """
    text = text or ""
    spans = _spans(text, query)
    start = _start(text, spans, width)
    end = min(len(text), start + width)
    pieces = [("…", False)] if start else []
    done = start
    for left, right in spans:
        if left >= start and right <= end:
            pieces += [(text[done:left], False), (text[left:right], True)]
            done = right
    pieces += [(text[done:end], False), ("…" if end < len(text) else "", False)]
    return [piece for piece in pieces if piece[0]]


def snippet(text: str | None, query: str | None, width: int = 60) -> str:
    """The same as plain text, hits in 【】.

    >>> snippet("持有居住证的人员，可以申请积分。", "积分", 8)
    '…，可以申请【积分】。'
    """
    return "".join(f"【{words}】" if hit else words for words, hit in excerpt(text, query, width))


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
