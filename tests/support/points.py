"""Two articles of invented texts, compared."""

from functools import cache

from pipeline.core.paths import DATA
from pipeline.core.point_records import ArticlePoint
from pipeline.extraction import measure_finding, measure_rules
from pipeline.extraction.measures import row as measure_row
from pipeline.language import lexicon
from pipeline.points import (
    article_views,
    point_candidates,
    point_model,
    points_of_articles,
    slots,
)
from pipeline.points.article_views import ArticleView
from pipeline.points.point_candidates import ComparedArticles
from pipeline.similarity import reference_corpus

PLACES = ("东海", "南河")
IDS = ("dh-a__art_1", "nh-a__art_1")


@cache
def _basis():
    return (
        lexicon.load(DATA / "lexicon"),
        reference_corpus.load(DATA / "background"),
        slots.load(),
        measure_rules.load(),
        point_model.load(),
    )


def view(text: str, cited: dict[str, str] | None = None) -> ArticleView:
    """An article laid out, with its quantities; `cited` are other articles in a few words."""
    terms, reference, patterns, rules, _ = _basis()
    measures = [
        measure_row(quantity, IDS[0], number, text)
        for number, quantity in enumerate(measure_finding.find(text, rules), 1)
    ]
    return article_views.view(text, terms.cut(text), measures, terms, reference, patterns, cited)


def compared(a: str, b: str) -> ComparedArticles:
    """Two texts with the candidates for points."""
    return point_candidates.compare(view(a), view(b), _basis()[-1], _basis()[1])


def points(a: str, b: str) -> list[ArticlePoint]:
    """The points of two texts."""
    return points_of_articles.points(compared(a, b), IDS, PLACES)
