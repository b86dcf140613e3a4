"""Settings: thresholds and weights from settings.toml, where each has its unit and reason."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FeatureSettings:
    """Composition of the similarity of two clauses; all are shares or factors in [0, 1]."""

    word_share: float
    topic_discount: float
    tier_discount: float
    document_share: float


@dataclass(frozen=True, slots=True)
class AlignmentSettings:
    """Which neighbours of a clause are considered, kept and asserted."""

    neighbours: int
    kept: int
    least: float
    floor: float
    tie: float
    search_odds: float


@dataclass(frozen=True, slots=True)
class GapSettings:
    """How many items a gap shows, and from when on it counts as changed."""

    nearest: int
    changed: float


@dataclass(frozen=True, slots=True)
class MatterSettings:
    """Likeness of a digest's clause and a provision from which they are one; see official_texts."""

    stating: float
    alike: float
    otherwise: float
    alone: float


@dataclass(frozen=True, slots=True)
class ImportanceSettings:
    """The numbers of the formula of a gap's importance; all in [0, 1]."""

    least: float
    zero: float
    neither: float
    reach: list[float]
    size: dict[str, float]
    power: dict[str, float]
    source: dict[str, float]
    confidence: dict[str, float]


@dataclass(frozen=True, slots=True)
class PointSettings:
    """Which candidates are told as points of two articles; all are probabilities or shares in [0, 1]."""

    one_sided_floor: float
    two_sided_floor: float
    two_sided_bonus: float
    figure_bonus: float
    one_sided_sure: float
    two_sided_sure: float
    equal: float
    growth: float
    elsewhere: float
    see_also: float
    figure_sure: float
    pair: float
    like: float
    predicate: float


@dataclass(frozen=True, slots=True)
class ArticleSettings:
    """Matters of articles that answer each other: when an absence is concluded, how important they are."""

    reach: int
    unpaired: float
    near: float
    whole: float
    counterpart: float
    said: float
    said_near: float
    boilerplate: float


@dataclass(frozen=True, slots=True)
class PairingSettings:
    """Which pairs of documents are judged, read for candidates, or versions of one text."""

    candidates: int
    least: float
    second: float
    related: float
    title: float
    partners: int
    units: int
    same_title: float
    same_contents: float


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """Training of the match model and of the document pair model."""

    strength: float
    partial: float
    reviewed: float
    folds: int
    document_strength: float


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """The largest file, and the most time and memory that reading one may take."""

    largest_bytes: int
    expanded_bytes: int
    ratio: int
    ratio_from_bytes: int
    characters: int
    line: int
    seconds: int
    memory_bytes: int


_CONTENT = tomllib.loads(Path(__file__).with_name("settings.toml").read_text(encoding="utf-8"))
FEATURES = FeatureSettings(**_CONTENT["features"])
ALIGNMENTS = AlignmentSettings(**_CONTENT["alignments"])
GAPS = GapSettings(**_CONTENT["gaps"])
TRAINING = TrainingSettings(**_CONTENT["training"])
POINTS = PointSettings(**_CONTENT["points"])
PAIRING = PairingSettings(**_CONTENT["pairing"])
MATTERS = MatterSettings(**_CONTENT["matters"])
IMPORTANCE = ImportanceSettings(**_CONTENT["importance"])
ARTICLES = ArticleSettings(**_CONTENT["articles"])
READING = ReadingLimits(**_CONTENT["reading"])
