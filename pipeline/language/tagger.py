"""Rules over tokens: a blank Chinese spaCy pipeline on our words, patterns from corpus/patterns/.

The only home of spaCy. Patterns are data: one JSON object a line, with label, id (the canonical
value) and pattern (a phrase, or spaCy's list of token conditions).
"""

import json
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import spacy
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc

from pipeline.core.errors import CorpusError
from pipeline.language.lexicon import Lexicon

LABELS = ("instrument", "modality", "beneficiary", "department")


@dataclass(frozen=True, slots=True)
class Span:
    """A hit of a rule: text[start:end] means `value`."""

    label: str
    value: str
    start: int
    end: int


class Tagger:
    """Finds the spans that the patterns describe."""

    def __init__(self, folder: Path, lexicon: Lexicon) -> None:
        """Read the patterns; `lexicon` cuts those that are phrases.

        Raises:
            CorpusError: a pattern that is not of the form above.
        """
        self.vocab = spacy.blank("zh").vocab
        self.phrases, self.tokens = PhraseMatcher(self.vocab), Matcher(self.vocab)
        self.names: list[tuple[str, str]] = []  # (label, value) of every pattern
        self.order: dict[str, int] = {}  # value → place of its first pattern
        for row in _rows(folder):
            self._add(row, lexicon)

    def _add(self, row: dict[str, Any], lexicon: Lexicon) -> None:
        key = str(len(self.names))
        self.names.append((row["label"], row["id"]))
        self.order.setdefault(row["id"], len(self.order))
        pattern = row["pattern"]
        spelled = [lexicon.cut(pattern)] if isinstance(pattern, str) else _spelled(pattern)
        if spelled:
            self.phrases.add(key, [self._doc(words) for words in spelled])
        else:
            self.tokens.add(key, [pattern])

    def _doc(self, words: list[str]) -> Doc:
        return Doc(self.vocab, words=words, spaces=[False] * len(words))

    def spans(self, words: list[str]) -> list[Span]:
        """The hits in a clause given as its words, longest first where they overlap."""
        doc = self._doc(words)
        found = [*self.phrases(doc), *self.tokens(doc)]
        hits = [
            (*self.names[int(self.vocab.strings[key])], start, end) for key, start, end in found
        ]
        kept: list[Span] = []
        taken: set[tuple[str, int]] = set()
        for label, value, start, end in sorted(hits, key=lambda h: (h[0], h[2] - h[3], h[2], h[1])):
            places = {(label, i) for i in range(start, end)}
            if not places & taken:
                taken |= places
                last = doc[end - 1]
                kept.append(Span(label, value, doc[start].idx, last.idx + len(last)))
        return sorted(kept, key=lambda span: (span.start, span.label))


def _spelled(pattern: list[dict[str, Any]]) -> list[list[str]]:
    """All phrases that a pattern of plain words stands for; [] where it asks for more than words.

    Phrases are found by hash, so 64 patterns cost nothing; spaCy's Matcher tries each at each token.

    >>> _spelled([{"ORTH": {"IN": ["公安", "消防"]}}, {"ORTH": "部门"}])
    [['公安', '部门'], ['消防', '部门']]
    """
    choices: list[list[str] | None] = []
    for token in pattern:
        words = token.get("ORTH") if set(token) == {"ORTH"} else None
        if isinstance(words, dict):
            words = words["IN"] if set(words) == {"IN"} else None
        choices.append([words] if isinstance(words, str) else words)
    known = [words for words in choices if words is not None]
    return [list(words) for words in product(*known)] if len(known) == len(choices) else []


def files(folder: Path) -> list[Path]:
    """What the tagger reads."""
    return [folder / f"{label}.jsonl" for label in LABELS]


def _rows(folder: Path) -> list[dict[str, Any]]:
    found = []
    for path in files(folder):
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (FileNotFoundError, UnicodeDecodeError):
            raise CorpusError(
                str(path), "文件不存在或不是 UTF-8", "补上该文件，UTF-8 编码"
            ) from None
        for count, line in enumerate(lines, 1):
            if line.strip():
                found.append(_row(path, count, line))
    return found


def _row(path: Path, count: int, line: str) -> dict[str, Any]:
    where = f"{path} 第 {count} 行"
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise CorpusError(where, f"不是合法的 JSON（{error.msg}）", "每行一个 {…}") from None
    if not isinstance(row, dict) or set(row) != {"label", "id", "pattern"}:
        raise CorpusError(where, "键不对", '写 {"label": …, "id": …, "pattern": …}')
    if not row["pattern"]:
        raise CorpusError(where, "pattern 是空的", "写一个词或词的列表")
    if row["label"] != path.stem:
        raise CorpusError(where, f"label = {row['label']!r}", f"此文件中只能是 {path.stem}")
    return row
