"""The cookbook: every address, query and pandas code answers its question, and all three the same."""

import os
import re
from pathlib import Path

import pandas
import pytest

from support.site import ask, visible

PAGE = Path("docs/cookbook.md").read_text(encoding="utf-8")
OPENING, *QUESTIONS = re.split(r"(?m)^## \d+\. ", PAGE)
TITLES = [question.splitlines()[0] for question in QUESTIONS]


def code(text: str, language: str) -> str:
    (found,) = re.findall(rf"(?s)```{language}\n(.*?)\n```", text)
    return found


def from_pandas(kb: Path, question: str) -> pandas.DataFrame:
    """The answer of the code as a reader runs it, in the folder of kb.db."""
    names: dict = {}
    here = Path.cwd()
    os.chdir(kb.parent)
    try:
        exec(code(OPENING, "python"), names)
        exec(code(question, "python"), names)
    finally:
        os.chdir(here)
        names["kb"].close()
    return names["answer"]


def rows_of(values) -> list[tuple]:
    """Rows without order; nothing is None, whatever pandas makes of it."""
    return sorted((tuple(None if pandas.isna(v) else v for v in row) for row in values), key=repr)


def test_there_are_ten_questions():
    assert len(QUESTIONS) == 10 and len(set(TITLES)) == 10


@pytest.mark.parametrize("question", QUESTIONS, ids=TITLES)
def test_sql_and_pandas_give_the_same_answer(kb, question):
    told = ask(kb, code(question, "sql"))
    assert told and all(any(value for value in row) for row in told)
    assert rows_of(from_pandas(kb, question).itertuples(index=False)) == rows_of(told)


@pytest.mark.parametrize("question", QUESTIONS, ids=TITLES)
async def test_the_address_shows_the_first_answer(kb, site, question):
    first = ask(kb, code(question, "sql"))[0][0]
    page = await site.client.get(code(question, "address"), follow_redirects=True)
    assert page.status_code == 200
    assert first in visible(page.text)
