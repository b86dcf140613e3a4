"""Pages for readers of the pages: how often each stage is right, from the figures that the evaluation noted; terms."""

from typing import Any

from datasette.database import Database

from pipeline.site import kb, labels
from pipeline.site.parts import trust

TABLES = ("builds", "labels", "model_reliability", "rules", "rule_states", "moments", "matters")
# Vocabularies that the page of terms lists, with their headings.
VOCABULARIES = {
    "outcome": "结果",
    "gap_grade": "凭什么说没有、说未知",
    "gap_change": "变化",
    "source_grade": "来源等级",
    "text_kind": "文本的种类",
    "claim_verdict": "对论文论断的判定",
}

_EVALUATION = "select evaluation from builds"
_BINS = "select confidence, share_right, pairs from model_reliability order by bin"
_GRADES = """
    select r.source_grade, count(*) as rules from rules r join matters m using (matter_id)
    join rule_states s using (rule_id) join moments n on n.as_of = s.as_of and n.newest = 1
    where s.in_force = 1 and m.origin = 'coded' group by 1
"""


async def reliability(db: Database) -> dict[str, Any] | None:
    """The noted figures, the calibration of confidence, and the sources of the rules in force.

    Returns:
        figures: by stage, shares from 0 to 1; a stage that was not evaluated is missing.
        bins: confidence, the share of such pairs that is right, how many were judged.
        grades: (grade of source, its level of trust, rules in force), the best first.
    """
    record = await kb.row(db, _EVALUATION)
    counts = {row["source_grade"]: row["rules"] for row in await kb.rows(db, _GRADES)}
    return {
        "figures": record["evaluation"] if record else {},
        "bins": await kb.rows(db, _BINS),
        "grades": [
            (grade, level, counts.get(grade, 0)) for grade, (level, _) in trust.LEVELS.items()
        ],
        "build": await kb.build(db),
    }


def in_hundred(share: float) -> str:
    """A share as readers say it.

    >>> in_hundred(0.9196), in_hundred(1.0), in_hundred(0.885)
    ('92%', '100%', '89%')
    """
    return f"{int(share * 100 + 0.5)}%"


async def terms(db: Database) -> dict[str, Any] | None:
    """The vocabularies, each a heading and (label, definition) of its codes; codes without definition have None."""
    words = labels.of(db).vocabularies
    return {
        "vocabularies": [
            {"title": title, "codes": list(words[name].values())}
            for name, title in VOCABULARIES.items()
        ],
        "build": await kb.build(db),
    }
