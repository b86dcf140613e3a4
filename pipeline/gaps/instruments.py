"""Instruments: which policy instruments confer benefits and which impose burdens."""

import re

from pipeline.core.records import Provision

BENEFITS = {"补贴", "奖励", "资助", "贷款贴息", "保险补偿", "减免", "税收优惠"}
EASES = {"便利", "积分"}
BURDENS = {"罚款", "收费", "基金征收", "电价"}  # on those whom the provision addresses
# What a clause requires before it confers anything (须持证满七年).
_REQUIREMENT = re.compile(
    "须|方可|方能|门槛|不低于.{0,12}的，?(?:方|才)|标准分为|申请条件|职业资格条件"
)
_PROHIBITION = re.compile("不得|禁止")
_FORMULA = re.compile("系数|乘以")  # how a charge is computed, which may lower it as well
_SHORTER = re.compile("缩短|压缩")
_BOTH_WAYS = re.compile("上浮.*下浮|下浮.*上浮")  # more by day, less by night


def favours(provision: Provision, text: str, missing: bool) -> str:
    """Which side is better off where one side alone has a provision.

    A burden favours the side without it, a benefit or an ease the side with it. A requirement favours
    neither: that the other side has no such clause does not tell whether it requires less.

    Args:
        provision: of the clause.
        text: of the clause, without the condition that a digest appends.
        missing: whether the baseline has the clause and the target lacks it; else the reverse.

    Returns:
        baseline, target or unclear, as gaps.favours.
    """
    owner, other = ("baseline", "target") if missing else ("target", "baseline")
    if any(pattern.search(text) for pattern in (_PROHIBITION, _BOTH_WAYS, _FORMULA)):
        return "unclear"
    if provision.instrument in BURDENS:
        return other
    permits = provision.instrument == "许可" and provision.modality == "可以"
    confers = permits or bool(_SHORTER.search(text)) or provision.instrument in BENEFITS | EASES
    return owner if confers and not _REQUIREMENT.search(text) else "unclear"
