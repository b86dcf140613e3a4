"""Units of measure: how they are written, what they mean, and the expressions that find them.

The text that the expressions are matched with is compact; see compact_text.
"""

import re
from dataclasses import dataclass
from typing import Any

from pipeline.language import numerals


@dataclass(frozen=True, slots=True)
class Unit:
    """A kind of quantity and the unit's normalised name.

    A value in this spelling of the unit times `factor` is in the normalised unit. `needs` must match
    the text before the numeral, where a spelling means the unit only then.
    """

    kind: str
    unit: str
    factor: float = 1
    needs: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class UnitRules:
    """The compiled units, words and exclusions.

    Attributes:
        token: a numeral or fraction, with its unit where it has one.
        over: the denominator that follows a unit: /平方米, 每月.
        never: texts whose numbers are no quantities.
        forms: spelling → unit.
        words: quantities without numeral (过半数), with the row of the pattern file.
    """

    token: re.Pattern[str]
    over: re.Pattern[str]
    never: re.Pattern[str]
    forms: dict[str, Unit]
    words: list[tuple[re.Pattern[str], dict[str, Any]]]

    def normalised(self, form: str) -> str:
        """The normalised name of a denominator: 天 → 日, ㎡ → 平方米."""
        return self.forms[form].unit if form in self.forms else form

    def rate(self, numerator: str, denominators: list[str]) -> str:
        """The unit of a rate, time first: 元/月·人."""
        names = dict.fromkeys(self.normalised(form) for form in denominators)
        times = {unit.unit for unit in self.forms.values() if unit.kind == "duration"}
        return f"{numerator}/{'·'.join(sorted(names, key=lambda name: name not in times))}"


def compile_units(content: dict[str, Any]) -> UnitRules:
    """Compile `[[unit]]`, `[[word]]`, `never` and `[per]` of the pattern file, checked before."""
    forms: dict[str, Unit] = {}
    patterns: list[tuple[str, str]] = []  # (form, expression of the form)
    for row in content["unit"]:
        needs = re.compile(row["needs"] + "$") if "needs" in row else None
        guard = f"(?!{row['not_before']})" if "not_before" in row else ""
        for form in row["forms"]:
            forms[form] = Unit(row["kind"], row.get("unit", form), row.get("factor", 1), needs)
            patterns.append((form, re.escape(form) + guard))
    choice = "|".join(pattern for _, pattern in sorted(patterns, key=lambda pair: -len(pair[0])))
    below = "|".join(sorted({*forms, *content["per"]["nouns"]}, key=len, reverse=True))
    token = (
        rf"(?P<den>[{numerals.CHINESE}]+)分之(?P<part>{numerals.NUMERAL})"
        r"|(?P<over>(?<![\d/])[1-9]/[2-9])(?=以[上下]|的)"
        rf"|(?P<num>{numerals.NUMERAL}|半(?=年|个月|个?小时|天|日))(?P<more>个半)?(?:\(含\))?"
        rf"(?:(?P<unit>{choice})(?P<half>半(?![数年]))?)?"
    )
    over = (
        rf"(?:/|每)\(?(?:{below})(?:[·•*./](?:{below}))*\)?"
        r"|/[一-龥]{1,5}?(?=[,。;、的标计收给予补执]|$)"
    )
    words = [(row["pattern"], row) for row in content["word"]]
    never = re.compile("|".join(content["never"]))
    return UnitRules(re.compile(token), re.compile(over), never, forms, words)
