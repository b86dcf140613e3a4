"""Reading bytes or characters under a file's name."""

import pytest

from pipeline.core.errors import CorpusError
from pipeline.reading.formats import reader


@pytest.fixture
def read(tmp_path):
    """Read bytes or characters under a name."""

    def reading(content: bytes | str, name: str) -> reader.FileText:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return reader.read(path)

    return reading


@pytest.fixture
def refusal(read):
    def told(content: bytes | str, name: str) -> str:
        with pytest.raises(CorpusError) as error:
            read(content, name)
        assert "\n" not in str(error.value) and "改法：" in str(error.value)
        return str(error.value)

    return told
