"""Article views: one article laid out for comparison with another: runs, words, slots, figures."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from pipeline.core.records import Measure
from pipeline.language.lexicon import Lexicon
from pipeline.points import segments, slots
from pipeline.points.segments import Run, SentenceUnits
from pipeline.points.slots import SlotPatterns, Slots
from pipeline.similarity import overlap
from pipeline.similarity.arrays import IndexArray
from pipeline.similarity.article_parts import TextSpan
from pipeline.similarity.overlap import Words
from pipeline.similarity.reference_corpus import ReferenceCorpus

Figure = tuple[float | None, float | None, str]  # least, most, unit


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article; the lists `slots`, `word_ranges` and `figures` go by run.

    Attributes:
        text: of the article's clause.
        sentences: and items, in order.
        runs: of their units.
        sentence_runs: the number of the run that is the whole sentence, for each sentence.
        sentence_numbers: the number of the sentence of each run, shape (n_runs,).
        words: telling words.
        slots: of each run.
        word_ranges: the words of each run.
        measures: quantities with offsets into the text.
        figures: values of each run.
        cited: number of an article of the same text that it cites → what that rules, in a few words.
    """

    text: str
    sentences: list[SentenceUnits]
    runs: list[Run]
    sentence_runs: list[int]
    sentence_numbers: IndexArray
    words: Words
    slots: list[Slots]
    word_ranges: list[TextSpan]
    measures: list[Measure]
    figures: list[frozenset[Figure]]
    cited: Mapping[str, str] = field(default_factory=dict)

    def ranges(self, spans: Iterable[TextSpan]) -> list[TextSpan]:
        """The words within spans of the text."""
        return [self.words.within(span) for span in spans]

    def is_item(self, run: int) -> bool:
        """Whether a run is of an item of a list."""
        return self.sentences[self.runs[run].sentence].lead is not None

    def leads_list(self, sentence: int) -> bool:
        """Whether a sentence leads a list of items."""
        return any(item.lead == sentence for item in self.sentences)

    def terms(self, run: int) -> list[str]:
        """The telling words of a run."""
        first, last = self.word_ranges[run]
        return self.words.terms[first:last]

    def said(self, run: Run) -> str:
        """The words of a run."""
        return self.text[slice(*run.span)]


def view(
    text: str,
    cut: Sequence[str],
    measures: Iterable[Measure],
    lexicon: Lexicon,
    reference: ReferenceCorpus,
    patterns: SlotPatterns,
    cited: Mapping[str, str] | None = None,
) -> ArticleView:
    """Lay out an article.

    Args:
        text: of its clause.
        cut: its words, which join to the text.
        measures: quantities of the clause.
        lexicon: for the terms of words.
        reference: for their weights.
        patterns: of slots.
        cited: articles of the same text that it cites, by number, each in a few words.
    """
    sentences = segments.sentences(text)
    runs = segments.runs(sentences)
    words = overlap.words(cut, lexicon, reference)
    quantities = sorted(measures, key=lambda measure: measure.start)
    return ArticleView(
        text=text,
        sentences=sentences,
        runs=runs,
        sentence_runs=[number for number, run in enumerate(runs) if run.is_whole],
        sentence_numbers=np.array([run.sentence for run in runs], int),
        words=words,
        slots=[slots.of_span(text, run.span, patterns) for run in runs],
        word_ranges=[words.within(run.span) for run in runs],
        measures=quantities,
        figures=[figures_within(run.span, quantities) for run in runs],
        cited=cited or {},
    )


def figures_within(span: TextSpan, measures: Iterable[Measure]) -> frozenset[Figure]:
    """The values of the quantities that begin in a span."""
    return frozenset(
        (_rounded(m.min), _rounded(m.max), m.unit) for m in measures if span[0] <= m.start < span[1]
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else round(value, 6)
