"""The paper of 2019 whose claims and figures are checked: its sections, and whether this build can."""

import re

from pipeline.core.paths import DATA, Workspace

COMPARISON = "sh-jx"  # that the paper makes
SECTION = re.compile(r"[一二三]\([一二三四五]\)")  # 二(四), with half-width brackets


def is_answered(work: Workspace) -> bool:
    """Whether the bundled digests, which the paper is checked against, are in this build."""
    return any(folder.resolve() == DATA.resolve() for folder in work.corpus)
