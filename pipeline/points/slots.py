"""Slots: what a run of an article says, by the patterns of corpus/patterns/points.toml.

Who (the words before the modal verb), must or may, does what (the words after it), and of which kinds
the run is: penalty, deadline, amount, procedure, condition, actor, support.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.core import pattern_files, schema, toml_files
from pipeline.core.paths import DATA
from pipeline.similarity.article_parts import TextSpan

PATH = DATA / "patterns/points.toml"
_WORDS = (
    *("catch_all", "fragment", "dependent", "heavier", "definition", "referring", "vague"),
    *("sanction", "term", "authority", "circumstance", "charge", "exception", "punishment"),
)


@dataclass(frozen=True, slots=True)
class SlotPatterns:
    """The patterns of corpus/patterns/points.toml.

    Attributes:
        words: expressions by name.
        kinds: of runs, each with its expression, in file order.
        modalities: likewise.
        modal: finds any modality.
    """

    words: dict[str, re.Pattern[str]]
    kinds: dict[str, re.Pattern[str]]
    modalities: dict[str, re.Pattern[str]]
    modal: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Slots:
    """What one run says; `subject` is empty where no modal verb stands, `modality` is "" then."""

    subject: TextSpan
    predicate: TextSpan
    modality: str
    kinds: frozenset[str]


@cache
def load(path: Path = PATH) -> SlotPatterns:
    """Read the patterns.

    Raises:
        CorpusError: an unknown or missing key, or a faulty expression.
    """
    entry = schema.tables({"id": str, "words": pattern_files.expression}, {"id", "words"})
    names = dict.fromkeys(_WORDS, pattern_files.expression)
    content = toml_files.read(path, {**names, "kind": entry, "modality": entry})
    kinds, modalities = (
        {row["id"]: row["words"] for row in content[key]} for key in ("kind", "modality")
    )
    modal = re.compile("|".join(pattern.pattern for pattern in modalities.values()))
    return SlotPatterns({name: content[name] for name in _WORDS}, kinds, modalities, modal)


def words(name: str) -> re.Pattern[str]:
    """An expression of the file by its name, such as catch_all or dependent."""
    return load().words[name]


def of_span(text: str, span: TextSpan, patterns: SlotPatterns) -> Slots:
    """The slots of a span of a text.

    >>> text = "供水单位应当在三日内答复。"
    >>> slots = of_span(text, (0, 12), load())
    >>> text[slice(*slots.subject)], slots.modality, text[slice(*slots.predicate)]
    ('供水单位', 'must', '在三日内答复')
    >>> sorted(slots.kinds)
    ['deadline', 'procedure']
    """
    start, end = span
    said = text[start:end]
    kinds = frozenset(name for name, words in patterns.kinds.items() if words.search(said))
    modal = patterns.modal.search(text, start, end)
    if modal is None:
        return Slots((start, start), span, "", kinds)
    modality = next(
        name for name, words in patterns.modalities.items() if words.fullmatch(modal[0])
    )
    return Slots((start, modal.start()), (modal.end(), end), modality, kinds)
