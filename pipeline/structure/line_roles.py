"""Layout: what each line of a text is, before they grow into a tree."""

from pipeline.structure import (
    article_sequence,
    attachments,
    closings,
    marked_lines,
    run_on_lines,
    tables_of_contents,
)
from pipeline.structure.marked_lines import Line


def read(text: str) -> list[Line]:
    """The lines of a text, each with its role and, where it is numbered, its marker.

    Each step takes away what would mislead the next: numbers in a table of contents start no text,
    and run-on lines must be cut before their last part can be told to be a signature.
    """
    found = tables_of_contents.mark(text, marked_lines.split(text))
    found = closings.mark(text, run_on_lines.cut(text, found))
    return article_sequence.settle(text, attachments.mark(text, found))
