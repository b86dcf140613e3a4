"""Article points: what two aligned articles differ in.

Writes  build/article_points.jsonl

So far none: the rows are empty.
"""

from pipeline.core import jsonl
from pipeline.core.paths import Workspace


def run(work: Workspace) -> None:
    """Write no points."""
    jsonl.write(work.rows("article_points"), [])
