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


@dataclass(frozen=True, slots=True)
class Gaps:
    """When a pair counts as the same rule; how many near misses are shown."""

    equivalent: float
    nearest: int


_CONTENT = tomllib.loads(Path(__file__).with_name("settings.toml").read_text(encoding="utf-8"))
FEATURES = Features(**_CONTENT["features"])
ALIGNMENTS = Alignments(**_CONTENT["alignments"])
GAPS = Gaps(**_CONTENT["gaps"])
