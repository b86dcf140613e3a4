"""Pinpoints: articles, paragraphs and items as they are listed."""

from pipeline.references import pinpoints
from support import cases


@cases.table("citations.pinpoint", "text", "places")
def test_places_are_read_as_listed(text, places):
    levels = ("article", "paragraph", "item", "subitem")
    keys = [tuple(place.get(level) for level in levels) for place in places]
    assert [place.key for place in pinpoints.follow(text, 0)] == keys


def test_a_range_has_two_ends():
    (place,) = pinpoints.follow("第八条至第十一条", 0)
    assert (place.key[0], place.last.key[0]) == ("8", "11")
