"""Severity: how much a gap matters, 0 to 1, by one formula that is shown to the reader factor by factor.

    severity = size × kind × beneficiary × sureness

size         of two quantities: 0.3 + 0.7 × min(1, |log10 ratio| / 2), a hundredfold or more being 1;
             0.9 where one side is zero; 0.5 where they are only told; × 0.9 where a cap meets a fixed sum;
             of an absence: how surely the clause belongs to its topic, × 0.7 where it names no sum, share or
             period; of two wordings: 0.4, × the probability of the kind where the model told it; 0 where
             nothing differs
kind         settings.toml [severity.kind], by the kind, or the grade of an absence
beneficiary  settings.toml [severity.beneficiary]: 1 for enterprises, talents and newcomers; `named` for any
             other beneficiary; `others` where the clause names none
sureness     0.5 + 0.5 × confidence; × 0.7 where the wording that was read is later than the day, or the
             source leaves open whether the rule was still in force
"""

import math

from pipeline.core.gap_records import Factors
from pipeline.core.settings import SEVERITY
from pipeline.gaps.comparison.quantity_comparison import Contrast

DOUBTFUL = 0.7  # factor where the wording, or that the rule was still in force, is not known
WORDING = 0.4  # size of a difference that words alone tell
NAMES = ("差距", "类别", "对象", "把握")


def size(contrast: Contrast) -> float:
    """How large a difference of two quantities is, 0 to 1."""
    if contrast.values is None:
        return 0.5
    if contrast.equal:
        return 0.0
    unlike = 0.9 if contrast.basis == "upper_end" else 1.0
    if 0 in contrast.values:
        return 0.9 * unlike
    times = abs(math.log10(contrast.values[0] / contrast.values[1]))
    return round((0.3 + 0.7 * min(1.0, times / 2)) * unlike, 4)


def factors(
    size: float, kind: str, beneficiary: str | None, confidence: float, doubtful: bool = False
) -> Factors:
    """The factors by name; `kind` may be the grade of an absence."""
    sure = (0.5 + 0.5 * confidence) * (DOUBTFUL if doubtful else 1.0)
    reach = (
        SEVERITY.beneficiary.get(beneficiary, SEVERITY.named) if beneficiary else SEVERITY.others
    )
    values = (size, SEVERITY.kind[kind], reach, sure)
    return [(name, round(value, 4)) for name, value in zip(NAMES, values, strict=True)]


def severity(factors: Factors) -> float:
    """Their product.

    >>> severity([("差距", 0.5), ("类别", 1.0), ("对象", 1.0), ("把握", 0.9)])
    0.45
    """
    return round(math.prod(value for _, value in factors), 4)
