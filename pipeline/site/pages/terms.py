"""Page of terms: what the words of the pages mean, in plain Chinese, with the labels of kb.db and their definitions."""

from typing import Any

from datasette.database import Database

from pipeline.site import kb, labels

TABLES = ("labels", "builds")
# Vocabularies that the page lists, with their headings.
SHOWN = {
    "outcome": "结果",
    "gap_grade": "凭什么说没有、说未知",
    "gap_change": "变化",
    "source_grade": "来源等级",
    "text_kind": "文本的种类",
    "claim_verdict": "对论文论断的判定",
}


async def load(db: Database) -> dict[str, Any] | None:
    """The vocabularies, each a heading and (label, definition) of its codes; codes without definition have None."""
    words = labels.of(db).vocabularies
    return {
        "vocabularies": [
            {"title": title, "codes": list(words[name].values())} for name, title in SHOWN.items()
        ],
        "build": await kb.build(db),
    }
