"""Marks inside a text change none of its characters."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.site.parts.markup import Highlight, render


@given(
    st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5)
)
def test_marks_change_no_character(text, places):
    highlights = [Highlight(a, b, "b", "c", '"<>') for a, b in places if b <= len(text)]
    marked = str(render(text, highlights, [(a, f"id{a}") for a, _ in places]))
    assert (
        html.unescape(re.sub(r'<b class="c" title="[^"<>]*">|</b>|<a id="id\d+"></a>', "", marked))
        == text
    )
    assert marked.count("<b ") == marked.count("</b>")
