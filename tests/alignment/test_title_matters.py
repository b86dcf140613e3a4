"""What a title is about, and which titles exclude each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.alignment import title_matters
from pipeline.core.errors import CorpusError
from support import cases
from support.match_samples import WORDS

RULES = title_matters.load()
GROUPS = st.dictionaries(
    st.sampled_from("abc"), st.frozensets(st.integers(0, 3), min_size=1, max_size=2)
)


def restrictions(title):
    return title_matters.read(title, title[:3], RULES, WORDS).restrictions


@cases.table("title_matters.subject", "title", "place", "subject")
def test_a_title_says_its_subject(title, place, subject):
    assert title_matters.subject(title, place) == subject


@cases.table("title_matters.pair", "a", "b", "excludes", "narrower")
def test_titles_exclude_each_other_or_one_is_narrower(a, b, excludes, narrower):
    one, two = restrictions(a), restrictions(b)
    is_narrower = title_matters.is_narrower(one, two) or title_matters.is_narrower(two, one)
    assert (title_matters.excludes(one, two), is_narrower) == (excludes, narrower)


@given(GROUPS, GROUPS)
def test_exclusion_is_mutual_and_nothing_excludes_itself(a, b):
    assert title_matters.excludes(a, b) == title_matters.excludes(b, a)
    assert not title_matters.excludes(a, a) and not title_matters.is_narrower(a, a)


def test_words_that_name_no_matter_are_left_out_but_never_all_of_them():
    read = title_matters.read
    assert read("东海市公路管理条例", "东海市", RULES, WORDS).terms == ["公路"]
    assert read("东海市管理条例", "东海市", RULES, WORDS).terms != []


@pytest.mark.parametrize(
    "text, found",
    [
        ('generic = ["条例"]\n', "缺少键 'group'"),
        (
            'generic = []\n[[group]]\nid = "x"\nname = "甲"\nmembers = [["水"], ["水"]]\n',
            "“水”同时属于两行",
        ),
        ('generic = []\n[[group]]\nid = "x"\nname = "甲"\nmembers = ["水"]\n', "不是词的列表"),
    ],
)
def test_a_mistake_is_told_in_one_line(tmp_path, text, found):
    path = tmp_path / "title_matters.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=found):
        title_matters.load(path)
