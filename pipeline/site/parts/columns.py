"""Columns of tables and queries as readers meet them: headings, the pages that ids lead to, values as text."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

# Column → the page that an id in it leads to.
PAGES = {
    "clause_id": "clause",
    "clause_a": "clause",
    "clause_b": "clause",
    "clause_old": "clause",
    "clause_new": "clause",
    "source_clause_id": "clause",
    "target_clause_id": "clause",
    "matter_id": "matter",
    "gap_id": "compare",  # which leads to the gap's matter in its comparison
    "gap_before": "compare",
    "gap_after": "compare",
    "alignment_id": "compare",
    "document_id": "document",
    "document_id_a": "document",
    "document_id_b": "document",
    "document_old": "document",
    "document_new": "document",
    "topic_id": "topic",
    "claim_id": "claim",
}
# Headings of columns that queries have and that tables call otherwise.
_IN_QUERIES = {
    "gap_id": "差异",
    "alignment_id": "对照",
    "clause_id": "条款",
    "document_id": "文件",
    "matter_id": "事项",
    "grade": "凭什么",
}


def short_name(described: str | None, name: str) -> str:
    """The heading of a column, from its description 短名：说明.

    >>> short_name("分量：0 到 1", "importance"), short_name(None, "n")
    ('分量', 'n')
    """
    return re.split("[：；]", described or name)[0]


def in_queries(tables: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Column → the heading that most tables give it, for queries, whose columns belong to no table.

    Args:
        tables: the metadata of each table, of which `columns` is read.

    >>> in_queries({"a": {"columns": {"kind": "种类：甲"}}, "b": {"columns": {"kind": "种类"}}})["kind"]
    '种类'
    """
    names: dict[str, Counter[str]] = {}
    for about in tables.values():
        for column, described in about.get("columns", {}).items():
            names.setdefault(column, Counter())[short_name(described, column)] += 1
    return {column: found.most_common(1)[0][0] for column, found in names.items()} | _IN_QUERIES


def plain(data: Any) -> str:
    """A list or an object as lines of text.

    >>> plain(["首台", "装备"]), plain({"甲": ["乙", 0.5]})
    ('首台、装备', '甲：乙 0.5')
    """
    if isinstance(data, dict):
        return "\n".join(f"{key}：{one_line(value)}" for key, value in data.items())
    if isinstance(data, list):
        return "、".join(one_line(item) for item in data)
    return one_line(data)


def one_line(item: Any) -> str:
    """An item of a list on one line.

    >>> one_line({"label": "共有词", "value": "首台"}), one_line([["甲", 0.12345]])
    ('共有词＝首台', '甲 0.123')
    """
    if isinstance(item, list):
        return " ".join(one_line(part) for part in item)
    if isinstance(item, dict) and {"label", "value"} <= item.keys():
        return f"{item['label']}＝{item['value']}"
    if isinstance(item, float):
        return f"{item:.3g}"
    return item if isinstance(item, str) else json.dumps(item, ensure_ascii=False)
