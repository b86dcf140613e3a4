"""Expert pairs: clauses that a person held side by side, from corpus/pairs.toml.

They win over the machine: accepted pairs are aligned whatever their similarity, rejected ones never.
"""

from dataclasses import dataclass
from pathlib import Path

from pipeline import tables
from pipeline.errors import CorpusError

VERDICTS = ("accepted", "rejected")


@dataclass(frozen=True, slots=True)
class ExpertPair:
    """A person's verdict on two clauses, with the reason."""

    clause_a: str
    clause_b: str
    verdict: str
    note: str


def load(path: Path, clauses: set[str]) -> list[ExpertPair]:
    """Read the pairs whose documents are in this build.

    Args:
        path: the file.
        clauses: ids of all unit clauses of the build.

    Raises:
        CorpusError: an unknown verdict, or a clause that its document does not have.
    """
    documents = {clause_id.split("__")[0] for clause_id in clauses}
    keys: dict[str, type] = dict.fromkeys(("id", "a", "b", "verdict", "note"), str)
    found = []
    for row in tables.entries(path, "pair", keys, set(keys)):
        where = f"{path} [{row['id']}]"
        if row["verdict"] not in VERDICTS:
            raise CorpusError(
                where, f"verdict = {row['verdict']!r}", f"只能是 {'、'.join(VERDICTS)}"
            )
        if not {row[side].split("__")[0] for side in "ab"} <= documents:
            continue  # this build leaves the document out
        for side in "ab":
            if row[side] not in clauses:
                raise CorpusError(
                    where, f"没有条款 {row[side]}", "改正条款编号（见 kb.db 的 clauses 表）"
                )
        found.append(ExpertPair(row["a"], row["b"], row["verdict"], row["note"]))
    return found
