"""Word lists of official documents: offices, genres, signatures, letterheads.

The lists are data, corpus/patterns/{offices,genres,signatures,letterheads}.toml; the comment above
each list there says where it applies. A class below has one field for every key of its file.
"""

import re
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import TypeVar

from pipeline.core import pattern_files
from pipeline.core.paths import DATA

FOLDER = DATA / "patterns"
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """Endings of office names, and what stands before or begins an office's code (机关代字)."""

    common: Words
    named: Words
    signing: Words
    speaking: Words
    ordering: Words
    before_code: Words  # in the order in which a name is cut
    before_known_code: Words
    particles: Words
    lead_words: Words
    code_places: Words
    code_starts: re.Pattern[str]
    not_order: Words
    national: re.Pattern[str]
    party: re.Pattern[str]
    congress: re.Pattern[str]
    government_order: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class GenreWords:
    """Document genres (文种), the endings of titles."""

    common: Words
    title: Words
    title_never: Words
    title_tails: Words
    title_whole: Words
    file_title: Words
    attached: Words
    numbered: Words
    own: Words
    before_code: Words
    notice: Words
    policy: Words
    policy_never: Words
    generic: Words


@dataclass(frozen=True, slots=True)
class SignatureWords:
    """Signatures (署名) and imprints (版记)."""

    posts: Words
    stamps: Words
    date_tails: Words
    printed: Words
    copies: Words
    note: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class LetterheadWords:
    """Letterheads (版头), notes of adoption (题注), and labels of a page's record."""

    letterhead: Words
    orders: Words
    beside_number: Words
    web_stamp: re.Pattern[str]
    promulgated: Words
    adopted: Words
    number_promulgated: Words
    amended: Words
    label_title: Words
    label_number: Words
    label_issuers: Words
    label_issued: Words
    label_effective: Words
    label_expires: Words
    label_web: Words


_Table = TypeVar("_Table", OfficeWords, GenreWords, SignatureWords, LetterheadWords)


def load(path: Path, table: type[_Table]) -> _Table:
    """Read one file of words.

    Args:
        path: a TOML file.
        table: the class whose fields are the file's keys.

    Raises:
        CorpusError: an unknown or missing key, a value of the wrong kind, a faulty expression.
    """
    lists = {field.name for field in fields(table) if field.type is Words}
    expressions = {field.name for field in fields(table)} - lists
    return table(**pattern_files.load(path, expressions, lists, {}))


@cache
def offices() -> OfficeWords:
    """The bundled words of office names."""
    return load(FOLDER / "offices.toml", OfficeWords)


@cache
def genres() -> GenreWords:
    """The bundled words of document genres."""
    return load(FOLDER / "genres.toml", GenreWords)


@cache
def signatures() -> SignatureWords:
    """The bundled words of signatures and imprints."""
    return load(FOLDER / "signatures.toml", SignatureWords)


@cache
def letterheads() -> LetterheadWords:
    """The bundled words of letterheads."""
    return load(FOLDER / "letterheads.toml", LetterheadWords)


def any_of(*lists: Words) -> str:
    """A regular expression, as text, that matches any word of the lists.

    >>> any_of(("通知", "意见"), ("函",))
    '(?:通知|意见|函)'
    """
    return "(?:" + "|".join(re.escape(word) for words in lists for word in words) + ")"
