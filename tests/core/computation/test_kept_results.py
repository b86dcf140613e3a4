"""Kept results: only what is missing is computed, and nothing is kept that other code or data made."""

import pytest

from pipeline.core import dependencies
from pipeline.core.computation import kept_results


@pytest.fixture
def computed(tmp_path, monkeypatch):
    """A run over some inputs: which were computed, and the lines."""
    data = tmp_path / "words.toml"
    monkeypatch.setattr(dependencies, "_opened_files", {str(data)})

    def run(inputs, words="old"):
        data.write_text(words)
        dependencies.sha256.cache_clear()  # as in a process of its own
        fresh = []

        def compute(places):
            fresh.extend(inputs[place] for place in places)
            return (inputs[place].upper().encode() + b"\n" for place in places)

        keys = [kept_results.key(text) for text in inputs]
        lines = kept_results.compute(tmp_path / "some.kept", keys, compute)
        assert list(lines) == [text.upper().encode() + b"\n" for text in inputs]
        return fresh

    return run


def test_only_what_is_missing_is_computed(computed):
    assert computed(["a", "b"]) == ["a", "b"]
    assert computed(["b", "c", "a"]) == ["c"]
    assert computed(["b"]) == []
    assert computed(["b", "a"]) == ["a"], "what is no longer asked for is not kept"


def test_nothing_is_kept_that_other_words_made(computed):
    assert computed(["a", "b"]) == ["a", "b"]
    assert computed(["a", "b"], "new") == ["a", "b"]
    assert computed(["a", "b"], "new") == []
