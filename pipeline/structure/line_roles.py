"""Line roles: classify the lines of a text, before they become an outline."""

from pipeline.structure import (
    article_sequence,
    attachments,
    closings,
    marked_lines,
    run_on_lines,
    tables_of_contents,
)
from pipeline.structure.marked_lines import MarkedLine


def read(text: str) -> list[MarkedLine]:
    """The lines of a text, each with its role and, where it is numbered, its marker.

    The order of the steps matters: numbers in a table of contents must not count as provisions when
    run-on lines are cut, and only the last part of a cut line can be recognised as a signature.
    """
    lines = tables_of_contents.mark(marked_lines.split(text))
    lines = closings.mark(run_on_lines.cut(lines))
    return article_sequence.settle(attachments.mark(lines))
