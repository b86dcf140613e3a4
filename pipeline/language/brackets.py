"""Brackets: words cut short outside brackets, and titles within a title."""

_PAIRS = {"（": "）", "“": "”", "《": "》", "〔": "〕"}


def closed(words: str) -> str:
    """Words without what follows an opening mark that is never closed.

    >>> closed("河道（包括湖…"), closed("所在周为“上海…"), closed("河道（包括湖泊）的保护…")
    ('河道…', '所在周为…', '河道（包括湖泊）的保护…')
    """
    open_at: list[tuple[int, str]] = []
    for at, letter in enumerate(words):
        if letter in _PAIRS:
            open_at.append((at, _PAIRS[letter]))
        elif open_at and letter == open_at[-1][1]:
            open_at.pop()
    return f"{words[: open_at[0][0]].rstrip('，、；：')}…" if open_at else words


def in_title(title: str) -> str:
    """A title as it stands within 《》: titles in it have single brackets (GB/T 15834).

    >>> in_title("持有《上海市居住证》人员申办本市常住户口办法")
    '持有〈上海市居住证〉人员申办本市常住户口办法'
    """
    return title.translate(str.maketrans("《》", "〈〉"))
