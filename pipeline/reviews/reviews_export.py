"""`make exportreviews FILE=…`: the reviews of reviews.db as JSON lines, the oldest first.

The same reviews give the same bytes, in whatever order they came; the build reads such a file.
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from pipeline.core import jsonl
from pipeline.core.errors import CorpusError
from pipeline.core.paths import Workspace
from pipeline.reviews.review_records import Review
from pipeline.site.reviews import review_log


def run(work: Workspace, files: Sequence[Path], quiet: bool = False) -> None:
    """Write all reviews into one file; a file that is there is never overwritten but by the build.

    Raises:
        CorpusError: no file or a file that is there, or a log that is none.
    """
    if len(files) != 1:
        raise CorpusError("FILE", "要写进哪个文件没有写明", "make exportreviews FILE=审阅.jsonl")
    if not quiet and files[0].exists():
        raise CorpusError(str(files[0]), "已有这个文件，没有改动", "换一个文件名，或先移走它")
    try:
        rows = review_log.read(work.reviews)
    except sqlite3.Error as error:
        fix = "改正 REVIEWS，或从导出的文件用 make importreviews 重建"
        raise CorpusError(str(work.reviews), f"不是审阅记录（{error}）", fix) from None
    try:
        jsonl.write(files[0], (Review(**row) for row in rows))  # type: ignore[arg-type]
    except OSError as error:
        raise CorpusError(str(files[0]), f"写不进去（{error.strerror}）", "换一个地方") from None
    if not quiet:
        print(f"{files[0]}：{len(rows)} 条审阅")
