"""Tagger: labelled spans in a clause's words, by spaCy's matchers and the patterns in corpus/patterns/.

The only home of spaCy. Patterns are data: one JSON object a line, with label, id (the canonical
value) and pattern (a phrase, or spaCy's list of token conditions).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import spacy
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc

from pipeline.core import schema, text_files
from pipeline.core.errors import CorpusError
from pipeline.core.schema import Check, Keys
from pipeline.language.lexicon import Lexicon

LABELS = ("instrument", "modality", "beneficiary", "department")


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """A match of a pattern: text[start:end] means `value`."""

    label: str
    value: str
    start: int
    end: int


class Tagger:
    """Finds the spans that the patterns describe.

    Attributes:
        order: value → number of its first pattern, by which ties are broken.
    """

    def __init__(self, folder: Path, lexicon: Lexicon) -> None:
        """Read the patterns; `lexicon` cuts those that are phrases.

        Raises:
            CorpusError: a pattern that is not of the form above.
        """
        self._vocab = spacy.blank("zh").vocab
        self._phrases, self._tokens = PhraseMatcher(self._vocab), Matcher(self._vocab)
        self._names: list[tuple[str, str]] = []  # (label, value) of every pattern
        self.order: dict[str, int] = {}
        # Words that a pattern of tokens may begin with, None where it may be any: Matcher is slow, and few
        # clauses have one.
        self._openings: set[str | None] = set()
        for row in _rows(folder):
            self._add(row, lexicon)

    def _add(self, row: dict[str, Any], lexicon: Lexicon) -> None:
        key = str(len(self._names))
        self._names.append((row["label"], row["id"]))
        self.order.setdefault(row["id"], len(self.order))
        pattern = row["pattern"]
        phrases = [lexicon.cut(pattern)] if isinstance(pattern, str) else _phrases(pattern)
        if phrases:
            self._phrases.add(key, [self._doc(words) for words in phrases])
        else:
            self._tokens.add(key, [pattern])
            self._openings |= _openings(pattern[0])

    def _doc(self, words: list[str]) -> Doc:
        return Doc(self._vocab, words=words, spaces=[False] * len(words))

    def _token_matches(self, doc: Doc, words: list[str]) -> list[tuple[int, int, int]]:
        may_match = None in self._openings or not self._openings.isdisjoint(words)
        return list(self._tokens(doc)) if may_match else []

    def spans(self, words: list[str]) -> list[TaggedSpan]:
        """The matches in a clause given as its words; where two of a label overlap, the longer."""
        doc = self._doc(words)
        matches = [
            (*self._names[int(self._vocab.strings[key])], start, end)
            for key, start, end in (*self._phrases(doc), *self._token_matches(doc, words))
        ]
        matches.sort(key=lambda match: (match[0], match[2] - match[3], match[2], match[1]))
        spans: list[TaggedSpan] = []
        covered: set[tuple[str, int]] = set()  # (label, number of the word)
        for label, value, start, end in matches:
            words_of_span = {(label, i) for i in range(start, end)}
            if not words_of_span & covered:
                covered |= words_of_span
                last = doc[end - 1]
                spans.append(TaggedSpan(label, value, doc[start].idx, last.idx + len(last)))
        return sorted(spans, key=lambda span: (span.start, span.label))


def _openings(token: dict[str, Any]) -> set[str | None]:
    """The words that a text must have one of where a token of a pattern is in it; {None} = any.

    >>> sorted(_openings({"ORTH": {"IN": ["加", "积"]}})), _openings({"ORTH": "减"})
    (['加', '积'], {'减'})
    >>> _openings({"TEXT": {"REGEX": "^加"}}), _openings({"ORTH": "减", "OP": "?"})
    ({None}, {None})
    """
    words = token.get("ORTH") if "OP" not in token else None
    if isinstance(words, dict):
        words = words.get("IN")
    return {words} if words is None or isinstance(words, str) else set(words)


def _phrases(pattern: list[dict[str, Any]]) -> list[list[str]]:
    """All phrases that a pattern of plain words stands for; [] where it asks for more than words.

    PhraseMatcher finds phrases by hash, so many of them cost nothing; Matcher tries each pattern at each token.

    >>> _phrases([{"ORTH": {"IN": ["公安", "消防"]}}, {"ORTH": "部门"}])
    [['公安', '部门'], ['消防', '部门']]
    """
    choices: list[list[str]] = []
    for token in pattern:
        words = token.get("ORTH") if set(token) == {"ORTH"} else None
        if isinstance(words, dict):
            words = words["IN"] if set(words) == {"IN"} else None
        if words is None:
            return []
        choices.append([words] if isinstance(words, str) else words)
    return [list(words) for words in product(*choices)]


def _rows(folder: Path) -> Iterator[dict[str, Any]]:
    fix = '写 {"label": …, "id": …, "pattern": …}'
    for label in LABELS:
        path = folder / f"{label}.jsonl"
        keys: Keys = {"label": _label_of(path), "id": str, "pattern": _pattern}
        for where, row in text_files.json_lines(path):
            yield schema.exact(where, row, keys, "键不对", fix)


def _label_of(path: Path) -> Check:
    """The kind of a label: the one that the file is named for."""

    def checked(where: str, key: str, value: object) -> object:
        if value != path.stem:
            raise CorpusError(where, f"{key} = {value!r}", f"此文件中只能是 {path.stem}")
        return value

    return checked


def _pattern(where: str, key: str, value: object) -> object:
    """The kind of a pattern: a phrase, or spaCy's list of token conditions."""
    if not value:
        raise CorpusError(where, f"{key} 是空的", "写一个词或词的列表")
    return value
