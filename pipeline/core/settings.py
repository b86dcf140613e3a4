"""Thresholds from settings.toml, each with its unit and reason there."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Features:
    """How similarity is put together; all are shares or factors in [0, 1]."""

    word_share: float
    topic_discount: float
    tier_discount: float
    document_share: float


@dataclass(frozen=True, slots=True)
class Alignments:
    """Which neighbours are looked at, kept and asserted."""

    neighbours: int
    kept: int
    least: float
    floor: float
    tie: float
    search_odds: float


@dataclass(frozen=True, slots=True)
class Gaps:
    """When a pair counts as the same rule, quantities as of one thing; how much is shown."""

    context: float
    sure: float
    equivalent: float
    alone: float
    nearest: int
    terms: int
    changed: float


@dataclass(frozen=True, slots=True)
class Severity:
    """What the factors of a severity weigh; see severities."""

    named: float
    others: float
    kind: dict[str, float]
    beneficiary: dict[str, float]


@dataclass(frozen=True, slots=True)
class Pairing:
    """Which documents are taken to answer each other."""

    floor: float
    related: float
    title: float
    partners: int
    units: int
    same_title: float
    same_contents: float


@dataclass(frozen=True, slots=True)
class Training:
    """How the alignment model is fitted."""

    strength: float
    partial: float
    folds: int


@dataclass(frozen=True, slots=True)
class KindTraining:
    """How the model of the kinds of difference is fitted."""

    strength: float


@dataclass(frozen=True, slots=True)
class Reading:
    """How large a file may be, and how long and in how much memory it is read."""

    largest_bytes: int
    expanded_bytes: int
    ratio: int
    ratio_from_bytes: int
    characters: int
    seconds: int
    memory_bytes: int


_CONTENT = tomllib.loads(Path(__file__).with_name("settings.toml").read_text(encoding="utf-8"))
FEATURES = Features(**_CONTENT["features"])
ALIGNMENTS = Alignments(**_CONTENT["alignments"])
GAPS = Gaps(**_CONTENT["gaps"])
TRAINING = Training(**_CONTENT["training"])
KIND_TRAINING = KindTraining(**_CONTENT["kind_training"])
PAIRING = Pairing(**_CONTENT["pairing"])
SEVERITY = Severity(**_CONTENT["severity"])
READING = Reading(**_CONTENT["reading"])
