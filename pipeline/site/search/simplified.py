"""Traditional characters in a search, as the simplified ones that the texts are written in."""

from opencc import OpenCC

_TO_SIMPLIFIED = OpenCC("t2s")  # reads its dictionaries once, 4 ms; conversion changes no state


def simplified(text: str) -> str:
    """The text in simplified characters.

    OpenCC takes the longest word of its dictionary wherever it begins, so a text that is simplified
    already may come out changed (破坏土地 as 破坯土地): offer the result beside the original,
    never in its place.

    >>> simplified("居住證積分"), simplified("居住证积分")
    ('居住证积分', '居住证积分')
    """
    return str(_TO_SIMPLIFIED.convert(text))
