"""Expert pairs: pairs of clauses that a person compared, from corpus/pairs.toml.

They override the model: accepted pairs are aligned at any similarity, rejected ones never. A pair
of verdict other_name is shown but not compared: another institution serves the same need.
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

    Attributes:
        kind: in what the clauses differ, and `favours` whom that favours, where a person decided it
            because quantities do not.
    """

    clause_a: str
    clause_b: str
    verdict: str
    note: str
    kind: str | None
    favours: str | None


def load(path: Path, clause_ids: set[str]) -> list[ExpertPair]:
    """Read the pairs whose documents are in this build.

    Args:
        path: the file.
        clause_ids: of all unit clauses of the build.

    Raises:
        CorpusError: an unknown verdict, kind or side, or a clause that its document does not have.
    """
    document_ids = {document_of(clause_id) for clause_id in clause_ids}
    keys: dict[str, type] = dict.fromkeys((*_REQUIRED, "kind", "favours"), str)
    pairs = []
    for row in toml_files.entries(path, "pair", keys, set(_REQUIRED)):
        where = f"{path} [{row['id']}]"
        for key, allowed in ALLOWED.items():
            if row.get(key, allowed[0]) not in allowed:
                raise CorpusError(where, f"{key} = {row[key]!r}", f"只能是 {'、'.join(allowed)}")
        if not {document_of(row[side]) for side in "ab"} <= document_ids:
            continue  # this build does not contain the document
        for side in "ab":
            if row[side] not in clause_ids:
                fix = "改正条款编号（见 kb.db 的 clauses 表）"
                raise CorpusError(where, f"没有条款 {row[side]}", fix)
        optional = row.get("kind"), row.get("favours")
        pairs.append(ExpertPair(row["a"], row["b"], row["verdict"], row["note"], *optional))
    return pairs
