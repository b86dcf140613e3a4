"""Verify settings: how pages of sources are asked and searched for a figure, from corpus/patterns/verify.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.core import schema, toml_files
from pipeline.core.paths import DATA
from pipeline.core.schema import Keys

PATH = DATA / "patterns/verify.toml"


@dataclass(frozen=True, slots=True)
class VerifySettings:
    """All of corpus/patterns/verify.toml.

    Attributes:
        days: for which a check holds.
        hosts: that do not answer at all, one after the other, before the network is taken to be absent.
        seconds: that one page may take.
        window: characters on each side of a figure that are looked at.
        words: of the fact that must be among them.
        generic: words that tell no fact from another.
        forms: unit → its spellings.
        same: unit → other units with the factor that gives their value.
    """

    days: int
    hosts: int
    seconds: float
    window: int
    words: int
    generic: frozenset[str]
    forms: Mapping[str, tuple[str, ...]]
    same: Mapping[str, tuple[tuple[str, float], ...]]


@cache
def load() -> VerifySettings:
    """Read the settings.

    Raises:
        CorpusError: the file is wrong.
    """
    unit: Keys = {"unit": str, "forms": schema.each(str)}
    same: Keys = {"unit": str, "other": str, "times": float}
    row = toml_files.read(
        PATH,
        {
            **dict.fromkeys(("days", "hosts", "window", "words"), int),
            "seconds": float,
            "generic": schema.each(str),
            "unit": schema.tables(unit, label="unit"),
            "same": schema.tables(same, label="unit"),
        },
    )
    others: dict[str, list[tuple[str, float]]] = {}
    for one in row["same"]:
        others.setdefault(one["unit"], []).append((one["other"], one["times"]))
    return VerifySettings(
        **{name: row[name] for name in ("days", "hosts", "seconds", "window", "words")},
        generic=frozenset(row["generic"]),
        forms={one["unit"]: tuple(one["forms"]) for one in row["unit"]},
        same={name: tuple(pairs) for name, pairs in others.items()},
    )
