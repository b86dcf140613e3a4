"""JSONL: what is written is read back, and files are complete or absent."""

import pytest

from pipeline.core import jsonl
from pipeline.core.records import Region


def test_written_rows_are_read_back(tmp_path):
    regions = [Region("310000", "上海市", "province", None)]
    jsonl.write(tmp_path / "r.jsonl", regions)
    assert jsonl.read(tmp_path / "r.jsonl", Region) == regions


def test_a_failed_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "r.jsonl"
    jsonl.write_lines(path, [b"old\n"])

    def broken():
        yield b"new\n"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        jsonl.write_lines(path, broken())
    assert path.read_text() == "old\n"
