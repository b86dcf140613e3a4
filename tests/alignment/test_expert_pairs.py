"""Pairs that a person confirmed or parted, read from pairs.toml."""

import pytest

from pipeline.alignment import expert_pairs
from pipeline.core.errors import CorpusError


def pairs(tmp_path, **changes: str):
    row = {
        "id": "p",
        "a": "sh-a__art_1",
        "b": "jx-b__art_2",
        "verdict": "accepted",
        "note": "同一事项",
    } | changes
    path = tmp_path / "pairs.toml"
    path.write_text(
        "[[pair]]\n" + "".join(f'{k} = "{v}"\n' for k, v in row.items()), encoding="utf-8"
    )
    return expert_pairs.load(path, {"sh-a__art_1", "sh-a__art_2", "jx-b__art_2"})


def test_pairs_of_absent_documents_are_skipped(tmp_path):
    assert len(pairs(tmp_path)) == 1
    assert pairs(tmp_path, a="sh-z__art_1") == []


@pytest.mark.parametrize(
    "changes, found",
    [({"verdict": "maybe"}, "maybe"), ({"a": "sh-a__art_9"}, "没有条款 sh-a__art_9")],
)
def test_a_wrong_pair_is_an_error(tmp_path, changes, found):
    with pytest.raises(CorpusError, match=found):
        pairs(tmp_path, **changes)
