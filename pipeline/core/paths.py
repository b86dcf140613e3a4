"""Where a build reads and writes: the paths that make hands to every stage."""

from dataclasses import dataclass
from pathlib import Path

# Topics, lexicon, patterns, comparisons: of this project, also where CORPUS names another folder.
DATA = Path("corpus")


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folders and files of one build.

    Attributes:
        corpus: folders of documents, in the order given.
        build: folder of the rows.
        kb: the database.
        gold: folder of the annotated pairs of documents, which `evaluate` scores.
        measures: file of the annotated quantities; None where none are scored.
        verdicts: file of readers' conclusions on gaps; None where none are scored.
        jobs: processes.
        scheduler: address of a Dask scheduler, "" for none.
        reviews: the log of reviews.
    """

    corpus: tuple[Path, ...]
    build: Path
    kb: Path
    gold: Path = Path("corpus/gold")
    measures: Path | None = None
    verdicts: Path | None = None
    jobs: int = 1
    scheduler: str = ""
    reviews: Path = Path("reviews.db")

    @property
    def workers(self) -> int | str:
        """What computes where a stage's work is divided: the scheduler's workers, or processes."""
        return self.scheduler or self.jobs

    def rows(self, noun: str) -> Path:
        """The file of rows that a stage writes, `noun` being the name of the stage."""
        return self.build / f"{noun}.jsonl"
