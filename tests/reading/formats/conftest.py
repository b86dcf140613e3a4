"""Reading bytes or characters under a file's name, in this process."""

import contextlib
import io
import json
from pathlib import Path

import pytest

from pipeline.core import dependencies
from pipeline.core.errors import CorpusError
from pipeline.reading.formats import __main__ as sandboxed
from pipeline.reading.formats import reader, sandbox


@pytest.fixture
def in_process(monkeypatch):
    """The sandboxed program run here instead of in a process of its own, which test_sandbox.py tests."""

    def answer(path: Path, command: list[str]) -> dict:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            sandboxed.main(command[-2], Path(command[-1]))
        return json.loads(printed.getvalue())

    monkeypatch.setattr(sandbox, "answer", answer)
    monkeypatch.setattr(sandbox, "limit", lambda: None)
    monkeypatch.setattr(dependencies, "record", lambda folders: None)


@pytest.fixture
def read(tmp_path, in_process):
    """Read bytes or characters under a name."""

    def reading(content: bytes | str, name: str) -> reader.FileText:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return reader.read(path)

    return reading


@pytest.fixture
def refusal(read):
    """The one line with which a file is refused."""

    def told(content: bytes | str, name: str) -> str:
        with pytest.raises(CorpusError) as error:
            read(content, name)
        assert "\n" not in str(error.value) and "改法：" in str(error.value)
        return str(error.value)

    return told
