"""Importance: how much a gap matters, 0 to 1, by one formula that is shown to the reader factor by factor.

    importance = reach × size × certainty × power

reach      how many the matter reaches, from dozens to nearly everybody
size       how large the difference is: of a ratio, growing with its logarithm up to tenfold; fixed for
           differences without ratio, for a zero on one side, an absence, a lapse, a side not collected;
           0 where nothing differs; less where nobody is better off for more or for less, as of fines
certainty  of the weaker side's source
power      whether the target's own level can change it, or the province, or only the nation

All numbers are in settings.toml [importance].
"""

import math

from pipeline.core.gap_records import Factors, Matter
from pipeline.core.settings import IMPORTANCE
from pipeline.gaps import outcomes
from pipeline.gaps.contrasts import Contrast

NAMES = ("涉及面", "差距", "把握", "事权")
_CITY = ("市", "县")


def size(matter: Matter, outcome: str, contrast: Contrast | None) -> float:
    """How large a difference is, 0 to 1.

    Args:
        matter: the matter.
        outcome: of the gap.
        contrast: the values of the lead tier; None where none are compared.
    """
    neither = IMPORTANCE.neither if matter.better == "none" else 1.0
    if outcome != outcomes.DIFFERS or contrast is None:
        return round(IMPORTANCE.size[outcome] * neither, 4)
    if contrast.a == contrast.b:
        return round(IMPORTANCE.least * neither, 4)
    if contrast.ratio is None:
        return round(IMPORTANCE.zero * neither, 4)
    rest = (1 - IMPORTANCE.least) * min(1.0, math.log10(contrast.ratio))
    return round((IMPORTANCE.least + rest) * neither, 4)


def factors(matter: Matter, size: float, certainty: float) -> Factors:
    """The factors by name."""
    power = next((level for level in _CITY if level in matter.decided_by), None)
    level = "city" if power else "province" if "省" in matter.decided_by else "nation"
    values = (IMPORTANCE.reach[matter.reach - 1], size, certainty, IMPORTANCE.power[level])
    return [(name, round(value, 4)) for name, value in zip(NAMES, values, strict=True)]


def importance(factors: Factors) -> float:
    """Their product.

    >>> importance([("涉及面", 0.5), ("差距", 1.0), ("把握", 0.9), ("事权", 1.0)])
    0.45
    """
    return round(math.prod(value for _, value in factors), 4)
