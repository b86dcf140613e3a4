"""Where a build reads and writes: the paths that make hands to every stage."""

from dataclasses import dataclass
from pathlib import Path

DATA = Path("corpus")  # topics, lexicon, patterns, comparisons: always ours, whatever CORPUS says


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folders of one build; `corpus` are folders of documents, in the order given."""

    corpus: tuple[Path, ...]
    build: Path
    kb: Path
    gold: Path = Path("corpus/gold")
    measures: Path = Path("corpus/gold/measures.json")
    jobs: int = 1

    def rows(self, noun: str) -> Path:
        """The file of rows of a stage."""
        return self.build / f"{noun}.jsonl"
