"""Fact natures: which facts are no provisions but goals, figures or background; corpus/natures.toml.

Only a provision can be missing elsewhere: that a city has no like figure is no difference of policy.
"""

from pathlib import Path

from pipeline.core import toml_files
from pipeline.core.errors import CorpusError

PROVISION = "规定"


def load(path: Path) -> dict[str, str]:
    """Fact id → nature, of the facts that are no provisions.

    Raises:
        CorpusError: a fact with two natures.
    """
    keys: dict[str, type] = {"id": str, "name": str, "note": str, "facts": list}
    found: dict[str, str] = {}
    for row in toml_files.entries(path, "nature", keys, set(keys)):
        for fact_id in row["facts"]:
            if fact_id in found:
                where = f"{path} [{row['id']}]"
                raise CorpusError(where, f"事实 {fact_id} 写了两次", "一条事实只有一种性质")
            found[fact_id] = row["name"]
    return found


def by_clause(natures: dict[str, str], of_fact: dict[str, str]) -> dict[str, str]:
    """The same by the clause that carries the fact, of the facts in this build.

    >>> by_clause({"f-1": "目标", "f-2": "数据"}, {"f-1": "d__f-1"})
    {'d__f-1': '目标'}
    """
    return {of_fact[fact]: name for fact, name in natures.items() if fact in of_fact}
