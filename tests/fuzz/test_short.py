"""A short, seeded run of every target: nothing is found, and what is wrong would be."""

import random
import signal

import pytest

from fuzz import __main__ as fuzz
from fuzz import mutations, readers, requests

INPUTS = {"readers": 300, "hand_edited": 150, "requests": 150, "queries": 150}


@pytest.mark.parametrize("name", fuzz.TARGETS)
def test_nothing_is_found(kb, name):
    with fuzz.TARGETS[name][0].target(kb.parent / "build", kb) as attempt:
        for number in range(INPUTS[name]):
            assert fuzz.attempted(attempt, name, 21, number) is None, f"{name} 21 {number}"


def test_an_input_is_made_of_its_number_alone():
    whole, streams = {"html": readers.PAGE.encode()}, readers.word_97()
    twice = [
        readers.made(random.Random(f"x {n}"), whole, streams) for n in (*range(20), *range(20))
    ]
    assert twice[:20] == twice[20:] and len({content for _, content in twice}) > 10


def test_the_container_of_a_mutated_doc_is_sound(tmp_path):
    import olefile

    streams = readers.word_97()
    path = tmp_path / "a.doc"
    path.write_bytes(mutations.compound(streams))
    with olefile.OleFileIO(str(path)) as ole:
        assert all(ole.openstream(name).read().startswith(body) for name, body in streams.items())


def test_an_error_that_nobody_catches_is_found():
    def broken(chance):
        raise KeyError("甲")

    assert "KeyError" in fuzz.attempted(broken, "readers", 1, 1)


def test_an_input_that_takes_too_long_is_found(monkeypatch):
    def endless(chance):
        while True:
            pass

    def stop(*_):
        raise fuzz.TooLong

    monkeypatch.setitem(fuzz.TARGETS, "readers", (readers, 1, 0.1, ""))
    before = signal.signal(signal.SIGALRM, stop)
    try:
        assert "longer than" in fuzz.attempted(endless, "readers", 1, 1)
    finally:
        signal.signal(signal.SIGALRM, before)


def test_markup_a_missing_header_and_a_fault_are_found():
    class Response:
        headers = {"content-type": "text/html", "content-security-policy": "x"}
        status_code, text = 200, "ok"

    assert requests.problem(Response, "/") is None
    for name, value in (("text", requests.MARKUP), ("headers", {}), ("status_code", 500)):
        assert requests.problem(type("Broken", (Response,), {name: value}), "/")


@pytest.mark.parametrize(
    "line", ["term = 1", 'term = ""', "term = []", "term = 1979-05-27", "term = inf"]
)
def test_a_keyword_that_is_no_text_is_refused_in_one_line(tmp_path, line):
    """Found by fuzzing: a TypeError with its traceback."""
    from pipeline.core.errors import CorpusError
    from pipeline.extraction import taxonomy

    path = tmp_path / "topics.toml"
    path.write_text(
        f'[[topic]]\nid = "a"\nname = "甲"\ndefinition = "甲"\nkeywords = [{{ {line}, weight = 3 }}]\ndepartments = {{}}\n',
        encoding="utf-8",
    )
    with pytest.raises(CorpusError, match="term"):
        taxonomy.load(path, set())


@pytest.mark.parametrize("value", ["9" * 5000, "[" * 100_000])
def test_a_number_of_thousands_of_digits_is_refused_in_one_line(tmp_path, value):
    """Found by fuzzing: Python refuses it with a ValueError that is not of TOML or JSON."""
    from pipeline.core import text_files, toml_files
    from pipeline.core.errors import CorpusError

    path = tmp_path / "a.toml"
    path.write_text(f"a = {value}", encoding="utf-8")
    with pytest.raises(CorpusError, match="改法"):
        toml_files.load(path)
    path.write_text(f'{{"a": {value}', encoding="utf-8")
    with pytest.raises(CorpusError, match="改法"):
        list(text_files.json_lines(path))


@pytest.mark.parametrize("value", ["甲{1,99999999999}", "(" * 5000 + ")" * 5000, "(甲"])
def test_an_expression_that_cannot_be_compiled_is_refused_in_one_line(value):
    """Found by fuzzing: too many repetitions are an OverflowError, too deep brackets a RecursionError."""
    from pipeline.core import pattern_files
    from pipeline.core.errors import CorpusError

    with pytest.raises(CorpusError, match="正则表达式有误"):
        pattern_files.expression("a.toml", "words", value)
