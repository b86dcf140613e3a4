"""Pinpoints: articles, paragraphs and items as they are listed."""

import pytest

from pipeline.references import pinpoints


@pytest.mark.parametrize("text, keys", [
    ("第三十三条第二款", [("33", "2", None, None)]),
    ("第三条第二款、第三款和第五条规定", [("3", "2", None, None), ("3", "3", None, None), ("5", None, None, None)]),
    ("第三、四条", [("3", None, None, None), ("4", None, None, None)]),
    ("第五条第(一)、(二)项", [("5", None, "1", None), ("5", None, "2", None)]),
    ("第二十条之一", [("20-1", None, None, None)]),
    ("第39条", [("39", None, None, None)]),
    ("第三条,应当", [("3", None, None, None)]),
    ("第三方", []), ("第三", []), ("三条", []),
])  # fmt: skip
def test_places_are_read_as_listed(text, keys):
    assert [place.key for place in pinpoints.follow(text, 0)] == keys


def test_a_range_has_two_ends():
    (place,) = pinpoints.follow("第八条至第十一条", 0)
    assert (place.key[0], place.last.key[0]) == ("8", "11")
