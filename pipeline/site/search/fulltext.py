"""Chinese full-text search in SQLite: one token per Han character, phrases as queries.

SQLite's own tokenizers take a Han sentence for one word (unicode61) or miss words of two characters
(trigram). Here every Han character is a token, and punctuation is a boundary token, so that a phrase
query finds exactly the occurrences of the words. The index needs no dictionary and no extension: any
sqlite3 can read it.
"""

import html
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from pipeline.site.search.simplified import simplified

_HAN = r"\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_TOKEN = re.compile(
    rf"(?P<han>[{_HAN}])|(?P<number>\d+(?:\.\d+)?)|(?P<word>[^\W\d{_HAN}_]+)|(?P<gap>[^\w{_HAN}]+|_+)"
)
# Characters that `normalize` leaves as they are and that combine with none beside them.
_PLAIN_HAN = re.compile("([\u4e00-\u9fff]+)")
# “…” and 「…」 delimit a phrase only before white space: in “最多跑一次”改革 they are part of the term.
_TERM = re.compile(r'-?"[^"]*"?|-?[“「][^”」]*[”」](?=\s|$)|\S+')
# Brackets are passed over as spaces are, so that 首台套 finds 首台（套） and the other way round.
_SPACES = dict.fromkeys(map(ord, "()[]〔〕【】"), " ")
_BETWEEN = r"[\s()\[\]（）［］〔〕【】]*"  # what may stand between two characters of a hit
_BOUNDARY = "zzb"  # nobody searches for it, and unicode61 does not split it
_POINT = "zzd"  # replaces the decimal point, so that 1.5 is one token
Synonyms = Mapping[str, tuple[str, ...]]  # word → others that say the same; the longest words first
NO_SYNONYMS: Synonyms = MappingProxyType({})
MAX_SPANS_COMPARED = 40  # hits of a text among which the best excerpt is sought


def normalize(text: str | None) -> str:
    """Fold full width to half width and upper case to lower case."""
    return unicodedata.normalize("NFKC", text or "").casefold()


class _Folds(dict[int, str]):
    """A table for str.translate that folds one character to one, so that offsets stay valid."""

    def __missing__(self, code: int) -> str:
        folded = normalize(chr(code))
        self[code] = folded if len(folded) == 1 else chr(code)
        return self[code]


_FOLDS = _Folds()


def index_text(text: str | None) -> str:
    """The tokens of a text as the index stores them, separated by spaces.

    Punctuation breaks phrases; brackets and white space do not, because line ends of a PDF have no meaning.

    >>> index_text("县（市、区），1.5%")
    '县 市 zzb 区 zzb 1zzd5 zzb'
    """
    first, *others = _PLAIN_HAN.split(text or "")
    tokens = list(_tokens(first))
    if tokens and tokens[0] == _BOUNDARY:
        tokens.pop(0)
    for run, between in zip(others[::2], others[1::2], strict=True):
        tokens += run
        tokens += _tokens(between)
    return " ".join(tokens)


@lru_cache(maxsize=10_000)  # what stands between Han characters is mostly one sign of a few
def _tokens(text: str) -> tuple[str, ...]:
    """The tokens of a text; signs at its beginning are a boundary, too."""
    tokens: list[str] = []
    for match in _TOKEN.finditer(normalize(text).translate(_SPACES)):
        if match.lastgroup != "gap":
            tokens.append(match.group().replace(".", _POINT))
        elif tokens[-1:] != [_BOUNDARY] and not match.group().isspace():
            tokens.append(_BOUNDARY)
    return tuple(tokens)


def _phrase(term: str) -> str | None:
    tokens = index_text(term).split()
    while tokens and tokens[0] == _BOUNDARY:
        tokens.pop(0)
    while tokens and tokens[-1] == _BOUNDARY:
        tokens.pop()
    return f'"{" ".join(tokens)}"' if tokens else None


def terms(query: str | None) -> tuple[list[str], list[str]]:
    """The terms that a query requires and those it excludes, each once, in the reader's spelling.

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


def synonyms_of(rows: Iterable[tuple[str, str]]) -> Synonyms:
    """Word → the other words of its group, the longest words first.

    Args:
        rows: of the table synonyms: word and canonical word.

    >>> synonyms_of([("引航移泊费", "引航费")])
    {'引航移泊费': ('引航费',), '引航费': ('引航移泊费',)}
    """
    groups: dict[str, list[str]] = {}
    for word, canonical in rows:
        groups.setdefault(canonical, [canonical]).append(word)
    others = {
        word: tuple(other for other in group if other != word)
        for group in groups.values()
        for word in group
    }
    return {word: others[word] for word in sorted(others, key=lambda word: (-len(word), word))}


def spellings(term: str, synonyms: Synonyms = NO_SYNONYMS) -> list[str]:
    """A term as typed, in simplified characters, and with other words for the longest word that has some.

    >>> spellings("引航费标准", {"引航费": ("引航移泊费",)})
    ['引航费标准', '引航移泊费标准']
    """
    plain = simplified(term)
    folded = fold(plain)
    word = next((word for word in synonyms if word in folded), None)
    others = [folded.replace(word, other) for other in synonyms[word]] if word else []
    return list(dict.fromkeys((term, plain, *others)))


def fold(text: str | None) -> str:
    """A text for comparing: normalized, without brackets and white space.

    >>> fold("首台（套） ")
    '首台套'
    """
    return re.sub(r"\s", "", normalize(text).translate(_SPACES))


def _any_of(expressions: list[str]) -> str:
    return expressions[0] if len(expressions) == 1 else f"({' OR '.join(expressions)})"


def _expression(term: str, synonyms: Synonyms) -> str:
    phrases = [_phrase(spelling) for spelling in spellings(term, synonyms)]
    return _any_of([phrase for phrase in phrases if phrase])


def fts_query(query: str | None, synonyms: Synonyms = NO_SYNONYMS) -> str:
    """A reader's query as an FTS5 query; never a syntax error.

    A space means AND, -词 means NOT, "…" is a phrase; 積分 finds 积分 too.

    >>> fts_query("居住证 积分 -落户")
    '("居 住 证" AND "积 分") NOT "落 户"'
    >>> fts_query("，")
    '""'
    """
    wanted, unwanted = terms(query)
    if not wanted:
        return '""'  # matches nothing
    expression = " AND ".join(_expression(term, synonyms) for term in wanted)
    if unwanted:  # one OR, because FTS5 limits the depth of nesting
        excluded = _any_of([_expression(term, NO_SYNONYMS) for term in unwanted])
        expression = f"({expression}) NOT {excluded}"
    return expression


def whole_query(query: str | None, synonyms: Synonyms = NO_SYNONYMS) -> str:
    """An FTS5 query for the required terms as one phrase, in the reader's order.

    >>> whole_query("居住证 积分 -落户")
    '"居 住 证 积 分"'
    """
    wanted, _ = terms(query)
    return _expression(" ".join(wanted), synonyms) if wanted else '""'


def _pattern(term: str) -> str:
    """A regular expression for what the index finds: 12 is not in 120, and white space may lie between."""
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
    return _BETWEEN.join(parts)


def _hits(query: str | None, synonyms: Synonyms) -> re.Pattern[str] | None:
    words = [spelling for term in terms(query)[0] for spelling in spellings(term, synonyms)]
    words.sort(key=len, reverse=True)  # longest first, so that 积分落户 is one hit
    return re.compile("|".join(map(_pattern, words))) if words else None


def _spans(text: str, query: str | None, synonyms: Synonyms) -> list[tuple[int, int]]:
    pattern = _hits(query, synonyms)
    if pattern is None:
        return []
    return [match.span() for match in pattern.finditer(text.translate(_FOLDS))]


def mark(text: str, query: str | None, synonyms: Synonyms = NO_SYNONYMS) -> str:
    """The text as safe HTML, each hit in <mark>.

    >>> mark("积分<120分", "积分")
    '<mark>积分</mark>&lt;120分'
    """
    parts: list[str] = []
    last = 0
    for start, end in _spans(text, query, synonyms):
        parts += [html.escape(text[last:start]), f"<mark>{html.escape(text[start:end])}</mark>"]
        last = end
    return "".join([*parts, html.escape(text[last:])])


def _start(text: str, spans: list[tuple[int, int]], width: int) -> int:
    """The first start of a window of that width that holds the most different hits."""
    best, most = 0, 0
    compared = spans[:MAX_SPANS_COMPARED]
    for left, _ in compared:
        start = max(0, min(left - width // 2, len(text) - width))
        inside = {text[a:b] for a, b in compared if a >= start and b <= start + width}
        if len(inside) > most:
            best, most = start, len(inside)
    return best


def excerpt(
    text: str | None, query: str | None, width: int = 60, synonyms: Synonyms = NO_SYNONYMS
) -> list[tuple[str, bool]]:
    """About `width` characters around the hits, as (words, whether they are a hit).

    >>> excerpt("持有居住证的人员，可以申请积分。", "积分", 8)
    [('…', False), ('，可以申请', False), ('积分', True), ('。', False)]
    """
    text = text or ""
    spans = _spans(text, query, synonyms)
    start = _start(text, spans, width)
    end = min(len(text), start + width)
    pieces = [("…", False)] if start else []
    last = start
    for left, right in spans:
        if left >= start and right <= end:
            pieces += [(text[last:left], False), (text[left:right], True)]
            last = right
    pieces += [(text[last:end], False), ("…" if end < len(text) else "", False)]
    return [piece for piece in pieces if piece[0]]


def snippet(
    text: str | None, query: str | None, width: int = 60, synonyms: Synonyms = NO_SYNONYMS
) -> str:
    """An excerpt as plain text, hits in 【】.

    >>> snippet("持有居住证的人员，可以申请积分。", "积分", 8)
    '…，可以申请【积分】。'
    """
    return "".join(
        f"【{words}】" if hit else words for words, hit in excerpt(text, query, width, synonyms)
    )


def create_index(conn: sqlite3.Connection) -> None:
    """Create and fill clauses_fts, the index over clauses(text), after all other writes.

    The index holds other text than its content table, so FTS5's 'rebuild', highlight() and snippet()
    must never be used on it. It joins by rowid, which VACUUM may renumber in a table with a text key:
    vacuum before, never after.
    """
    conn.create_function("zh_index", 1, index_text, deterministic=True)
    # content="clauses" lets Datasette find the index without configuration.
    conn.execute(
        'create virtual table clauses_fts using fts5(text, content="clauses", tokenize="unicode61")'
    )
    # Bytes of tokens that are sorted at once: all, so that nothing is merged twice.
    conn.execute("insert into clauses_fts (clauses_fts, rank) values ('hashsize', 268435456)")
    conn.execute(
        "insert into clauses_fts (rowid, text)"
        " select rowid, zh_index(text) from clauses order by rowid"
    )
    conn.execute("insert into clauses_fts (clauses_fts) values ('optimize')")
