"""Instruments: which tools of policy give, and which take."""

import re

from pipeline.core.records import Provision

BENEFITS = {"补贴", "奖励", "资助", "贷款贴息", "保险补偿", "减免", "税收优惠"}
EASES = {"便利", "积分"}
BURDENS = {"罚款", "收费", "基金征收", "电价"}  # they take from whom they meet
_DEMANDS = re.compile(
    "须|方可|方能|门槛|不低于.{0,12}的，?(?:方|才)|标准分为|申请条件|职业资格条件"
)
_FORBIDS = re.compile("不得|禁止")
_MEASURED = re.compile("系数|乘以")  # how a charge is reckoned, which may lower it as well
_SHORTER = re.compile("缩短|压缩")
_BOTH_WAYS = re.compile("上浮.*下浮|下浮.*上浮")  # who uses power by day pays more, by night less


def favours(provision: Provision, text: str, missing: bool) -> str:
    """Whom it favours that one side alone has a provision.

    A burden favours the side without it, a benefit or an ease the side with it. What a clause demands
    before it gives (须持证满七年) favours neither: whether the other side demands less, its absence does
    not tell.
    """
    has, lacks = ("baseline", "target") if missing else ("target", "baseline")
    if any(mark.search(text) for mark in (_FORBIDS, _BOTH_WAYS, _MEASURED)):
        return "unclear"
    if provision.instrument in BURDENS:
        return lacks
    allowed = provision.instrument == "许可" and provision.modality == "可以"
    gives = allowed or bool(_SHORTER.search(text)) or provision.instrument in BENEFITS | EASES
    return has if gives and not _DEMANDS.search(text) else "unclear"
