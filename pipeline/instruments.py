"""Instruments: which tools of policy give, and which take."""

from pipeline.records import Provision

BENEFITS = {"补贴", "奖励", "资助", "贷款贴息", "保险补偿", "减免", "税收优惠"}
BURDENS = {"罚款", "收费", "基金征收", "电价"}  # they take from whom they meet


def favours(provision: Provision, missing: bool) -> str:
    """Whom it favours that one side alone has a provision.

    A burden favours the side without it, a benefit the side with it.
    """
    if provision.instrument is None or provision.modality in ("不得", "禁止"):
        return "unclear"
    has, lacks = ("baseline", "target") if missing else ("target", "baseline")
    return lacks if provision.instrument in BURDENS else has
