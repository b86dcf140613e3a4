"""A corpus folder of one document."""

import pytest

from support.manifest import TEXT


@pytest.fixture
def corpus(tmp_path):
    def make(toml: str, text: bytes | str = TEXT):
        (tmp_path / "texts").mkdir()
        (tmp_path / "texts/a.md").write_bytes(text.encode() if isinstance(text, str) else text)
        (tmp_path / "sources.toml").write_text(toml, encoding="utf-8")
        return tmp_path

    return make
