"""Expert pairs: clauses that a person held side by side, from corpus/pairs.toml.

They win over the machine: accepted pairs are aligned whatever their similarity, rejected ones never.
A clause with a pair of verdict other_name is not compared, but found under another name.
"""

from dataclasses import dataclass
from pathlib import Path

from pipeline.core import toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.records import document_of

ALLOWED = {
    "verdict": ("accepted", "rejected", "other_name"),
    "kind": (
        "amount",
        "condition",
        "scope",
        "procedure",
        "deadline",
        "actor",
        "penalty",
        "equivalent",
    ),
    "favours": ("baseline", "target", "neutral", "unclear"),
}
_REQUIRED = ("id", "a", "b", "verdict", "note")


@dataclass(frozen=True, slots=True)
class ExpertPair:
    """A person's verdict on two clauses, with the reason.

    Where quantities do not tell, the person may say the kind of difference and whom it favours.
    """

    clause_a: str
    clause_b: str
    verdict: str
    note: str
    kind: str | None
    favours: str | None


def load(path: Path, clauses: set[str]) -> list[ExpertPair]:
    """Read the pairs whose documents are in this build.

    Args:
        path: the file.
        clauses: ids of all unit clauses of the build.

    Raises:
        CorpusError: an unknown verdict, kind or side, or a clause that its document does not have.
    """
    documents = {document_of(clause_id) for clause_id in clauses}
    keys: dict[str, type] = dict.fromkeys((*_REQUIRED, "kind", "favours"), str)
    found = []
    for row in toml_files.entries(path, "pair", keys, set(_REQUIRED)):
        where = f"{path} [{row['id']}]"
        for key, allowed in ALLOWED.items():
            if row.get(key, allowed[0]) not in allowed:
                raise CorpusError(where, f"{key} = {row[key]!r}", f"只能是 {'、'.join(allowed)}")
        if not {document_of(row[side]) for side in "ab"} <= documents:
            continue  # this build leaves the document out
        for side in "ab":
            if row[side] not in clauses:
                fix = "改正条款编号（见 kb.db 的 clauses 表）"
                raise CorpusError(where, f"没有条款 {row[side]}", fix)
        found.append(
            ExpertPair(
                row["a"], row["b"], row["verdict"], row["note"], row.get("kind"), row.get("favours")
            )
        )
    return found
