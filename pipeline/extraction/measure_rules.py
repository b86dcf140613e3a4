"""Rules of measures: units, bound words, denominators and roles, read from corpus/patterns/measures.toml."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.core import toml_files
from pipeline.core.paths import DATA
from pipeline.core.pattern_files import expression, fragment, words
from pipeline.core.schema import Keys, each, one_of, table, tables
from pipeline.extraction.quantities import bounds, denominators, roles, units
from pipeline.extraction.quantities.bounds import BoundWords
from pipeline.extraction.quantities.denominators import DenominatorWords
from pipeline.extraction.quantities.roles import RoleRules
from pipeline.extraction.quantities.units import UnitRules

PATH = DATA / "patterns" / "measures.toml"
KINDS = (
    "age",
    "area",
    "count",
    "duration",
    "length",
    "money",
    "multiple",
    "other",
    "percent",
    "points",
    "rate",
)
ROLES = (
    "award",
    "deadline",
    "fee",
    "fine",
    "limit",
    "other",
    "points",
    "price",
    "share",
    "threshold",
    "validity",
)
_BOUNDS = ("at_least", "at_most", "exact", "range")
_KIND, _WORDS = one_of(KINDS, "种类"), each(fragment)
_UNIT: Keys = {
    "factor": float,
    "forms": words,
    "kind": _KIND,
    "needs": fragment,
    "not_before": fragment,
    "unit": str,
}
_WORD: Keys = {"high": float, "kind": _KIND, "low": float, "pattern": expression, "unit": str}
_ROLE: Keys = {
    "after": expression,
    "before": expression,
    "bounds": each(one_of(_BOUNDS, "限定方式")),
    "kinds": each(_KIND),
    "left": expression,
    "quote": expression,
    "right": expression,
    "role": one_of(ROLES, "用途"),
}
_KEYS: Keys = {
    "never": _WORDS,
    "bounds": table(
        {
            "before": table({"at_most": _WORDS, "at_least": _WORDS, "none": _WORDS}),
            "after": table({"at_most": _WORDS, "at_least": _WORDS}),
        }
    ),
    "per": table({"verbs": expression, "nouns": _WORDS, "keeps": fragment}),
    "base": table({"starts": expression, "ends": expression}),
    "direction": table({"any": expression, "points": expression}),
    "unit": tables(_UNIT, {"kind", "forms"}, label="kind"),
    "word": tables(_WORD, {"pattern", "kind", "unit"}, label="pattern"),
    "role": tables(_ROLE, {"role"}, label="role"),
}


@dataclass(frozen=True, slots=True)
class MeasureRules:
    """The rules of the file, compiled."""

    units: UnitRules
    bounds: BoundWords
    denominators: DenominatorWords
    roles: RoleRules


@cache
def load(path: Path = PATH) -> MeasureRules:
    """Read and compile the rules.

    Raises:
        CorpusError: an unknown or missing key, an unknown kind or role, a faulty expression.
    """
    content = toml_files.read(path, _KEYS)
    compiled_units = units.compile_units(content)
    return MeasureRules(
        compiled_units,
        bounds.compile_bounds(content),
        denominators.compile_denominators(content, compiled_units),
        roles.compile_roles(content),
    )
