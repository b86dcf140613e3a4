"""Numbers that are missing, twice there or out of order."""

from pipeline.core.records import Clause
from pipeline.structure import clauses, numbering_checks
from support import cases
from support.records import document


def split(text: str) -> list[Clause]:
    return clauses.split(document(text=text))


@cases.table("outline.warning", "text", "warnings")
def test_numbering_faults_are_reported(text, warnings):
    found = numbering_checks.warnings(split(text))
    assert [kind for kind, _ in found] == [warning["kind"] for warning in warnings]
    for (_, message), warning in zip(found, warnings, strict=True):
        assert message.startswith(warning["message"])
