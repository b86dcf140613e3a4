"""Simplified characters for a search typed in traditional ones: the texts are in simplified characters."""

from opencc import OpenCC

_TO_SIMPLIFIED = OpenCC("t2s")  # reads its dictionaries once, 4 ms; conversion changes no state


def simplified(text: str) -> str:
    """The text in simplified characters.

    OpenCC matches the longest dictionary word at each position, so that a text already in simplified
    characters may be changed (破坏土地 to 破坯土地): search for the result beside the original, never
    instead of it.

    >>> simplified("居住證積分"), simplified("居住证积分")
    ('居住证积分', '居住证积分')
    """
    return str(_TO_SIMPLIFIED.convert(text))
