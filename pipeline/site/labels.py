"""Chinese words for the codes of the database, for readers."""

from typing import Any

# In the order in which a reader should meet them; equivalent is no gap and stands last.
KINDS = {
    "missing": ("缺位", "基准方有规定，对比方收录的文件中未查得对应条款"),
    "extra": ("独有", "对比方有规定，基准方收录的文件中未查得对应条款"),
    "amount": ("数额", "同一事项，金额、比例或分值不同"),
    "condition": ("条件", "同一事项，申请或适用的条件不同"),
    "scope": ("范围", "同一事项，适用的对象或地域不同"),
    "procedure": ("程序", "同一事项，办理的步骤或材料不同"),
    "deadline": ("时限", "同一事项，办理或有效的期限不同"),
    "actor": ("部门", "同一事项，由不同部门负责"),
    "penalty": ("罚则", "同一行为，处罚不同"),
    "equivalent": ("相当", "两侧规定相当，列出以备核对，不算差异"),
}
LEVELS = {"own": "本级", "upper": "上级"}
FAVOURS = {
    "baseline": "基准方有利",
    "target": "对比方有利",
    "neutral": "互有出入",
    "unclear": "不能判断",
}
GRADES = {
    "not_in_corpus": "未查得",
    "upper_level_only": "仅上级有规定",
    "other_name": "另有名称",
    "expired": "有效期已过",
    "excluded": "材料存疑未采用",
}
CHANGES = {"reversed": "反转", "closed": "消失", "narrowed": "缩小", "widened": "扩大", "altered": "性质改变",
           "lapsed": "到期，后续未查得", "opened": "新出现", "unchanged": "未变"}  # fmt: skip
VERDICTS = {
    "confirmed": ("成立", "差异：当时确有这一差别；诉求：所指的差距确在；指标：另有来源印证"),
    "outdated": ("已过时", "原先成立，此时差别已消除或主要部分已改变；诉求已实现或已有安排取代"),
    "contradicted": ("不成立", "所据材料与论断相反，或论文自相矛盾"),
    "not_provable": ("不能证实", "只有论文一家之言，或只查到一侧，或未查得；不等于不成立"),
}
CODES = {
    **{code: name for code, (name, _) in KINDS.items()},
    **GRADES,
    **CHANGES,
    **LEVELS,
    **FAVOURS,
    **{"like": "同口径", "upper_end": "只比上限", "told": "只列出"},
    **{code: name for code, (name, _) in VERDICTS.items()},
    **{"official": "正文", "digest": "摘编", "draft": "征求意见稿", "commentary": "解读或报道"},
    **{"auto": "机器认定", "candidate": "候选", "accepted": "人工确认", "rejected": "人工否定"},
    **{
        "pair": "逐条对读",
        "related": "相关文件",
        "corpus": "全库检索",
        "whole": "一对一",
        "split": "分写几条",
    },
    **{"counterpart": "两地相应", "revision": "新旧文本", "first": "初读", "second": "复读"},
    **{"unchanged": "未变", "changed": "修改", "added": "新增", "removed": "删去"},
    **{"exact": "等于", "at_most": "至多", "at_least": "至少", "range": "区间"},
    **{"fine": "罚款", "award": "奖补", "fee": "收费", "price": "价格", "threshold": "门槛"},
    **{"validity": "有效期", "share": "比例", "limit": "限额", "points": "积分", "other": "其他"},
    **{"money": "金额", "percent": "百分比", "multiple": "倍数", "duration": "时长", "age": "年龄"},
    **{"count": "数目", "area": "面积", "length": "长度", "rate": "费率"},
    **{"step": "程序"},
    **{"part": "编", "chapter": "章", "section": "节", "article": "条", "paragraph": "款"},
    **{"item": "项", "subitem": "目", "heading": "标题", "row": "表行"},
    **{"articles": "分条", "numbered": "编号", "mixed": "条与编号并用", "none": "不分条"},
    **{"national": "国家", "province": "省级", "city": "市级", "county": "县级"},
    **{"high": "高", "medium": "中", "a": "基准方", "b": "对比方"},
    **{"hole": "缺号", "duplicate": "重号", "order": "乱序", "empty_article": "空条"},
}
# Columns whose values are codes; `status` and `level` also hold Chinese, which stays as it is.
CODED = {"verdict", "kind", "grade", "favours", "text_kind", "text_kind_a", "text_kind_b", "status", "bound",
         "role", "scheme", "level", "confidence", "side", "scope", "extent", "reading", "change", "basis"}  # fmt: skip


def word(code: Any) -> Any:
    """The Chinese word for a code; anything else as it is.

    >>> word("missing"), word("行政法规"), word(0.5)
    ('缺位', '行政法规', 0.5)
    """
    return CODES.get(code, code) if isinstance(code, str) else code


def number(value: float) -> str:
    """A number as printed in Chinese documents: no needless decimals.

    >>> number(30000000.0), number(0.125)
    ('30,000,000', '0.125')
    """
    return f"{value:,.6f}".rstrip("0").rstrip(".")


def amount(value: float | None, unit: str | None) -> str:
    """A quantity for a headline: large sums in 万元 and 亿元.

    >>> amount(30000000.0, "元"), amount(15.0, "日"), amount(None, "元")
    ('3,000万元', '15日', '—')
    """
    if value is None:
        return "—"
    if unit == "元" and abs(value) >= 100_000_000:
        return f"{number(value / 100_000_000)}亿元"
    if unit == "元" and abs(value) >= 10_000:
        return f"{number(value / 10_000)}万元"
    return f"{number(value)}{unit or ''}"


def requirement(condition: dict[str, Any]) -> str:
    """What a condition or a deadline asks for, as operator and value.

    >>> requirement({"operator": "≥", "value_min": 7.0, "value_max": None, "unit": "年"})
    '≥ 7年'
    >>> requirement({"operator": "之间", "value_min": 18.0, "value_max": 60.0, "unit": "周岁"})
    '18周岁 至 60周岁'
    """
    low, high = condition["value_min"], condition["value_max"]
    sizes = [amount(value, condition["unit"]) for value in (low, high) if value is not None]
    if condition["operator"] == "之间":
        return " 至 ".join(sizes)
    return f"{condition['operator']} {sizes[0]}"


def reading(measure: dict[str, Any]) -> str:
    """How the machine read a quantity.

    >>> reading({"min": None, "max": 3e7, "unit": "元", "bound": "at_most", "role": "award",
    ...          "base": None, "per": None, "of": None})
    '最高 30,000,000 元 · 奖补'
    """
    low, high, unit = measure["min"], measure["max"], measure["unit"]
    if measure["bound"] == "range" and low is not None and high is not None:
        size = f"{number(low)}–{number(high)} {unit}"
    elif measure["bound"] == "at_least" and low is not None:
        size = f"至少 {number(low)} {unit}"
    else:
        value = high if high is not None else low
        most = "最高 " if measure["bound"] == "at_most" else ""
        size = f"{most}{number(value)} {unit}" if value is not None else unit
    base = f"以{measure['base']}为基数" if measure["base"] else None
    role = word(measure["role"]) if measure["role"] != "other" else None
    parts = [size, role, base, measure["per"], measure["of"]]
    return " · ".join(part for part in parts if part)
