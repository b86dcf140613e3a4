"""Expert pairs: pairs of clauses that a person compared, from corpus/pairs.toml.

They override the model: accepted pairs are aligned at any similarity, rejected ones never. A pair
of verdict other_name is shown but not compared: another institution serves the same need.
"""

from dataclasses import dataclass
from pathlib import Path

from pipeline.core import toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.records import document_of
from pipeline.core.schema import Keys, one_of

VERDICTS = ("accepted", "rejected", "other_name")
_REQUIRED = ("id", "a", "b", "verdict", "note")


@dataclass(frozen=True, slots=True)
class ExpertPair:
    """A person's verdict on two clauses, with the reason."""

    clause_a: str
    clause_b: str
    verdict: str
    note: str


def load(path: Path, clause_ids: set[str]) -> list[ExpertPair]:
    """Read the pairs whose documents are in this build.

    Args:
        path: the file.
        clause_ids: of all unit clauses of the build.

    Raises:
        CorpusError: an unknown verdict, or a clause that its document does not have.
    """
    document_ids = {document_of(clause_id) for clause_id in clause_ids}
    keys: Keys = {**dict.fromkeys(_REQUIRED, str), "verdict": one_of(VERDICTS)}
    pairs = []
    for row in toml_files.entries(path, "pair", keys, set(keys)):
        where = f"{path} [{row['id']}]"
        if not {document_of(row[side]) for side in "ab"} <= document_ids:
            continue  # this build does not contain the document
        for side in "ab":
            if row[side] not in clause_ids:
                fix = "改正条款编号（见 kb.db 的 clauses 表）"
                raise CorpusError(where, f"没有条款 {row[side]}", fix)
        pairs.append(ExpertPair(row["a"], row["b"], row["verdict"], row["note"]))
    return pairs
