"""Layout: what each line of a text is, before they grow into a tree."""

from pipeline import attachments, contents, cuts, endings, lines, sequence
from pipeline.lines import Line


def read(text: str) -> list[Line]:
    """The lines of a text, each with its role and, where it is numbered, its marker.

    Each step takes away what would mislead the next: numbers in a table of contents start no text,
    and run-on lines must be cut before their last part can be told to be a signature.
    """
    found = contents.mark(text, lines.split(text))
    found = endings.mark(text, cuts.cut(text, found))
    return sequence.settle(text, attachments.mark(text, found))
