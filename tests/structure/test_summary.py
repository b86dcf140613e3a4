"""What a text is about: counts of its articles, its scheme, its attachments."""

from pipeline.structure import layout, summary
from pipeline.structure.clauses import split
from support import cases
from support.records import document


@cases.table("outline.summary", "text", "scheme", "articles", "top", "chapters", last=None)
def test_the_shape_is_that_of_the_main_scope(text, scheme, articles, top, chapters, last):
    shape = summary.shape(layout.read(text))
    assert summary.scheme(split(document(text=text))) == scheme
    assert (shape.articles, shape.last, shape.top, shape.chapters) == (
        articles,
        last,
        top,
        chapters,
    )


@cases.table("outline.attachments", "text", "names")
def test_attachments_are_named_as_printed(text, names):
    assert summary.shape(layout.read(text)).attachments == names
