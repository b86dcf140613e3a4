"""Chains of rules: what took whose place, until when, and chains that cannot be."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import CorpusError
from pipeline.language import dates
from pipeline.language.dates import last_day
from pipeline.matters import chains
from pipeline.matters.chains import Link
from support.matters import NATION, REGIONS


def link(region="南河市", first=None, last=None, ended=None, tier=None) -> Link:
    return Link("zhuti.toml [shi]", region, tier, first, last, ended)


def chain(*links: Link):
    followers = chains.successors(links, REGIONS)
    lasts = list(chains.terms(links, followers))
    return followers, lasts


@pytest.mark.parametrize(
    "links, followers",
    [
        # a rule that did not end so has no successor, whatever came later
        ([link(first="2013", last="2017", ended="expired"), link(first="2018")], [None, None]),
        # the next of several
        ([link(first="2013", ended="successor"), link(first="2020"), link(first="2017")], [2, None, None]),
        # the order in the file is not the order in time
        ([link(first="2020"), link(first="2013", ended="successor")], [None, 0]),
        # its own region before a region above, however early that began
        ([link(first="2013", ended="successor"), link("西山省", "2014"), link(first="2016")], [2, None, None]),
        # the nearest region above
        ([link(first="2013", ended="successor"), link(NATION, "2014"), link("西山省", "2016")], [2, None, None]),
        # its own tier before another
        ([link(first="2013", ended="successor", tier="甲"), link(first="2014", tier="乙"),
          link(first="2016", tier="甲")], [2, None, None]),
        # one new rule for two old tiers
        ([link(first="2013", ended="successor", tier="甲"), link(first="2013", ended="successor", tier="乙"),
          link(first="2016")], [2, 2, None]),
        # of unknown beginning: what is later is told by its end
        ([link(last="2015", ended="successor"), link(first="2012"), link(first="2016")], [2, None, None]),
        ([link(last="2015", ended="successor"), link(first="2015-06")], [1, None]),
    ],
)  # fmt: skip
def test_what_took_whose_place(links, followers):
    assert chains.successors(links, REGIONS) == followers


@pytest.mark.parametrize(
    "links",
    [
        [link(first="2013", ended="successor")],
        [link(first="2013", ended="successor"), link(first="2012")],  # only an earlier one
        [
            link(first="2013", ended="successor"),
            link("外江省", "2015"),
        ],  # of a place that is not above
        [link("西山省", "2013", ended="successor"), link("南河市", "2015")],  # of a place below
        [link(first="2013", ended="successor"), link()],  # of unknown beginning
        [
            link(first="2013", ended="successor"),
            link(first="2013", ended="successor"),
        ],  # each the other's
    ],
)
def test_a_successor_that_is_not_there_is_told_in_one_line(links):
    with pytest.raises(CorpusError) as error:
        chains.successors(links, REGIONS)
    said = str(error.value)
    assert said.startswith("zhuti.toml [shi]：") and "改法：" in said and "\n" not in said
    assert "没有更晚的规定接替它" in said


@pytest.mark.parametrize(
    "old, new, until",
    [
        (link(first="2013", ended="successor"), link(first="2018-03-01"), "2018-02-28"),
        (
            link(first="2013", last="2018", ended="successor"),
            link(first="2018-03-01"),
            "2018-02-28",
        ),
        (
            link(first="2013", last="2018-01", ended="successor"),
            link(first="2018-03-01"),
            "2018-01-31",
        ),
        (
            link(first="2013", last="2018-01-15", ended="successor"),
            link(first="2018-03-01"),
            "2018-01-15",
        ),
        (link(first="2013", ended="successor"), link(first="2018"), "2017-12-31"),
        (link(first="2024-01", ended="successor"), link(first="2024-03"), "2024-02-29"),
    ],
)
def test_a_rule_with_a_successor_ends_the_day_before_that_begins(old, new, until):
    assert chain(old, new) == ([1, None], [until, None])


def test_a_rule_without_successor_ends_as_it_says():
    lasts = ["2018", "2018-06", None]
    assert chain(*(link(first="2010", last=last, ended="expired") for last in lasts))[1] == lasts


def test_a_rule_replaces_the_one_of_its_own_region_and_tier():
    links = [
        link("西山省", "2013", ended="successor"),
        link(first="2012", ended="successor"),
        link(first="2014", ended="successor", tier="乙"),
        link("西山省", "2015"),
        link(first="2016"),
    ]
    followers = chains.successors(links, REGIONS)
    assert followers == [3, 4, 4, None, None]
    assert chains.predecessors(links, followers) == [None, None, None, 0, 1]


@pytest.mark.parametrize(
    "links, is_wrong",
    [
        ([link(first="2013"), link(first="2015")], True),
        ([link(first="2013", last="2015", ended="expired"), link(first="2015-06")], True),
        ([link(first="2013", last="2015", ended="expired"), link(first="2016")], False),
        ([link(first="2013", last="2015", ended="successor"), link(first="2015-06")], False),
        ([link(first="2013", tier="甲"), link(first="2013", tier="乙")], False),
        ([link(first="2013"), link("西山省", "2013")], False),
        ([link(), link(first="2013")], False),
    ],
)
def test_two_rules_of_one_region_and_tier_never_hold_on_one_day(links, is_wrong):
    lasts = chain(*links)[1]
    if not is_wrong:
        chains.check_overlaps(links, lasts)
        return
    with pytest.raises(CorpusError, match="同时有效；改法：") as error:
        chains.check_overlaps(links, lasts)
    assert "\n" not in str(error.value)


DATES = st.dates(datetime.date(2000, 1, 1), datetime.date(2030, 12, 31)).map(str)


@given(st.lists(DATES, unique=True, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_a_chain_has_no_hole_no_circle_and_no_overlap(firsts, random):
    """Rules of a place, all but the last replaced: each day since the first has exactly one."""
    newest = max(firsts)
    links = [link(first=day, ended=None if day == newest else "successor") for day in firsts]
    random.shuffle(links)
    followers, lasts = chain(*links)
    chains.check_overlaps(links, lasts)
    for at, follower in enumerate(followers):
        seen = {at}
        while follower is not None:
            assert follower not in seen
            seen.add(follower)
            follower = followers[follower]
    spans = sorted((one.first, last) for one, last in zip(links, lasts, strict=True))
    for (_, until), (since, _) in zip(spans, spans[1:], strict=False):
        assert until == dates.day_before(since)
    assert spans[-1][1] is None


@given(DATES, st.sampled_from([4, 7, 10]))
def test_the_day_before_a_date_is_before_all_its_days(date, length):
    known = date[:length]
    assert dates.day_before(known) < dates.first_day(known) <= date <= last_day(known)
