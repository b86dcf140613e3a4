"""What a text is about: counts of its articles, its scheme, its attachments."""

from pipeline.structure import summary
from support import cases


@cases.table("outline.summary", "text", "scheme", "articles", "top", "chapters", last=None)
def test_a_text_s_shape_is_that_of_what_it_is_about(text, scheme, articles, top, chapters, last):
    found = summary.shape(text)
    assert (found.scheme, found.articles, found.last) == (scheme, articles, last)
    assert (found.top, found.chapters) == (top, chapters)


@cases.table("outline.attachments", "text", "names")
def test_attachments_are_named_as_printed(text, names):
    assert summary.shape(text).attachments == names
