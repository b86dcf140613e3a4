"""Verdicts: outcome, direction and ratio of the gaps scored against what fair readers concluded.

Reads   <verdicts>, build/gaps.jsonl of the bundled corpus
Prints  every verdict that the gaps disagree with, then the figures; one line where the file is absent
"""

from pipeline.core import jsonl, schema, text_files
from pipeline.core.gap_records import Gap
from pipeline.core.paths import Workspace
from pipeline.core.schema import Keys, one_of
from pipeline.evaluation import verdict_metrics
from pipeline.evaluation.verdict_metrics import VerdictComparison
from pipeline.gaps import directions, outcomes, paper

_KEYS: Keys = {
    **dict.fromkeys(("matter", "as_of", "headline"), str),
    "outcome": one_of((*outcomes.OPEN, *outcomes.EQUAL, outcomes.LAPSED, outcomes.UNCOLLECTED)),
    "favours": one_of(directions.DIRECTIONS),
    "ratio": object,
}


def run(work: Workspace) -> None:
    """Score the gaps of the comparison of Shanghai and Jiaxing."""
    if work.verdicts is None or not work.verdicts.exists():
        print(f"差异\t没有判定 {work.verdicts}，未评；改法：make evaluate VERDICTS=…")
        return
    gaps = [
        gap for gap in jsonl.read(work.rows("gaps"), Gap) if gap.comparison_id == paper.COMPARISON
    ]
    rows = list(text_files.json_lines(work.verdicts))
    for where, row in rows:
        schema.exact(where, row, _KEYS)
    compared = verdict_metrics.compare_all([row for _, row in rows], gaps)
    for each in compared:
        if each.disagreements:
            print(_line(each))
    score = verdict_metrics.total(compared)
    figures = "  ".join(f"{name} {value:.3f}" for name, value in score.figures().items())
    print(f"差异\t{figures}  {score.verdicts} 条判定，其中 {score.with_ratio} 条有倍数")


def _line(each: VerdictComparison) -> str:
    """One disagreement: where, what, and both sentences."""
    told = "；".join(each.disagreements)
    said = [each.verdict["headline"], each.gap.headline if each.gap else "（无）"]
    return "\t".join(["异", each.verdict["matter"], each.as_of, told, *said])
