"""Rules over tokens: a blank Chinese spaCy pipeline on our words, patterns from corpus/patterns/.

The only home of spaCy. Patterns are data: one JSON object a line, with label, id (the canonical
value) and pattern (a phrase, or spaCy's list of token conditions).
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.errors import CorpusError
from pipeline.lexicon import Lexicon

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
        self.language = spacy.blank("zh")
        self.ruler: Any = self.language.add_pipe("span_ruler", config={"spans_key": "hits"})
        self.ruler.add_patterns(patterns(folder, lexicon))
        self.order = {value: place for place, value in enumerate(_values(folder))}

    def spans(self, words: list[str]) -> list[Span]:
        """The hits in a clause given as its words, longest first where they overlap."""
        doc = _doc(self.language, words)
        self.ruler(doc)
        starts = [token.idx for token in doc]
        hits = sorted(doc.spans["hits"], key=lambda s: (s.label_, s.start - s.end, s.start))
        kept: list[Span] = []
        taken: set[tuple[str, int]] = set()
        for hit in hits:
            places = {(hit.label_, i) for i in range(hit.start, hit.end)}
            if not places & taken:
                taken |= places
                end = starts[hit.end - 1] + len(words[hit.end - 1])
                kept.append(Span(hit.label_, hit.id_, starts[hit.start], end))
        return sorted(kept, key=lambda span: (span.start, span.label))


def _doc(language: Language, words: list[str]) -> Doc:
    return Doc(language.vocab, words=words, spaces=[False] * len(words))


def files(folder: Path) -> list[Path]:
    """What the tagger reads."""
    return [folder / f"{label}.jsonl" for label in LABELS]


def patterns(folder: Path, lexicon: Lexicon) -> list[dict[str, Any]]:
    """All patterns in spaCy's form; a phrase becomes the tokens that it is cut into.

    Raises:
        CorpusError: a line that is no pattern.
    """
    found = []
    for path, count, row in _rows(folder):
        pattern = row["pattern"]
        if isinstance(pattern, str):
            pattern = [{"ORTH": word} for word in lexicon.cut(pattern)]
        if not pattern:
            raise CorpusError(f"{path} 第 {count} 行", "pattern 是空的", "写一个词或词的列表")
        found.append({"label": row["label"], "id": row["id"], "pattern": pattern})
    return found


def _values(folder: Path) -> list[str]:
    return list(dict.fromkeys(row["id"] for _, _, row in _rows(folder)))


def _rows(folder: Path) -> list[tuple[Path, int, dict[str, Any]]]:
    found = []
    for path in files(folder):
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (FileNotFoundError, UnicodeDecodeError):
            raise CorpusError(str(path), "文件不存在或不是 UTF-8", "补上该文件，UTF-8 编码") from None
        for count, line in enumerate(lines, 1):
            if line.strip():
                found.append((path, count, _row(path, count, line)))
    return found


def _row(path: Path, count: int, line: str) -> dict[str, Any]:
    where = f"{path} 第 {count} 行"
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise CorpusError(where, f"不是合法的 JSON（{error.msg}）", "每行一个 {…}") from None
    if not isinstance(row, dict) or set(row) != {"label", "id", "pattern"}:
        raise CorpusError(where, "键不对", '写 {"label": …, "id": …, "pattern": …}')
    if row["label"] != path.stem:
        raise CorpusError(where, f"label = {row['label']!r}", f"此文件中只能是 {path.stem}")
    return row
