"""Rules of conditions and steps, read from corpus/patterns/conditions.toml."""

import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.core import toml_files
from pipeline.core.paths import DATA
from pipeline.core.pattern_files import expression
from pipeline.core.schema import Keys, each, one_of, table, tables
from pipeline.extraction import procedure_steps
from pipeline.extraction.measure_rules import KINDS
from pipeline.extraction.procedure_steps import StepRules, TypeRule

PATH = DATA / "patterns" / "conditions.toml"
_WORDS = (
    "benefit",
    "breaks",
    "digest_note",
    "digest_part",
    "lead",
    "list_head",
    "not_protasis",
    "not_threshold",
    "vague",
)
_TYPE: Keys = {
    "kinds": each(one_of((*KINDS, ""), "种类")),  # "" is a condition without quantity
    "name": str,
    "pattern": expression,
}
_STEP: Keys = {"name": str, "pattern": expression, "receiver": bool}
_KEYS: Keys = {
    **dict.fromkeys(_WORDS, expression),
    "step": tables(_STEP, {"name", "pattern"}, label="name"),
    "step_limits": table(dict.fromkeys(procedure_steps.LIMITS, expression)),
    "type": tables(_TYPE, {"name", "pattern"}, label="name"),
}


@dataclass(frozen=True, slots=True)
class ConditionRules:
    """The rules of the file, compiled; `words` are its expressions by key."""

    words: dict[str, re.Pattern[str]]
    types: list[TypeRule]
    steps: StepRules


def load(path: Path = PATH) -> ConditionRules:
    """Read and compile the rules.

    Raises:
        CorpusError: an unknown or missing key, an unknown kind of quantity, a faulty expression.
    """
    content = toml_files.read(path, dict(sorted(_KEYS.items())))
    words = {key: content[key] for key in _WORDS}
    types = procedure_steps.compile_types(content["type"])
    return ConditionRules(words, types, procedure_steps.compile_steps(content))
