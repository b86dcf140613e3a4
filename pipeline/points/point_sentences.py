"""Point sentences: a point as one line of Chinese, with the words of each side in quotation marks."""

import re

_LABELS = {
    "penalty": ("处罚", "另设处罚"),
    "deadline": ("时限", "另定时限"),
    "amount": ("数额", "另定数额"),
    "condition": ("条件", "另定条件"),
    "procedure": ("程序", "另定程序"),
    "actor": ("负责的主体", "另定主体"),
    "scope": ("范围", "另列"),
    "duty": ("要求", "另作要求"),
}
_LONGEST = 60  # characters of a quote in a sentence; the whole quote stands in its own row
_CONTEXT = 36  # characters
_PAUSES = "，、；。"


def sentence(
    kind: str,
    relation: str,
    quotes: tuple[str, str],
    places: tuple[str, str],
    contexts: tuple[str, str] = ("", ""),
) -> str:
    """One line.

    Args:
        kind: of the point.
        relation: of the two sides.
        quotes: the words of both sides, "" where one is silent.
        places: short names of the regions of both texts.
        contexts: what the quotes need to be understood, "" where they stand for themselves.

    >>> sentence("deadline", "differs", ("三十日内答复", "十日内答复"), ("上海", "浙江"))
    '时限不同：上海“三十日内答复”，浙江“十日内答复”'
    >>> sentence("scope", "only_b", ("", "无人机"), ("上海", "浙江"))
    '浙江另列“无人机”，上海这一条未见'
    """
    differs, extra = _LABELS[kind]
    if relation in ("only_a", "only_b"):
        side = "ab".index(relation[-1])
        quote = shortened(quotes[side])
        about = _about(contexts[side])
        return f"{places[side]}{about}{extra}“{quote}”，{places[1 - side]}这一条未见"
    a, b = map(shortened, quotes)
    if relation == "same":
        return (
            f"两地{differs}一致：“{a}”"
            if a == b
            else f"两地规定相近：{places[0]}“{a}”，{places[1]}“{b}”"
        )
    about = _about(contexts[0] or contexts[1])
    return f"{about}{differs}不同：{places[0]}“{a}”，{places[1]}“{b}”"


def _about(context: str) -> str:
    """The context in brackets, its end where it is long: there stands the act."""
    line = re.sub(r"\s+", "", context).rstrip(_PAUSES)
    if not line:
        return ""
    if len(line) > _CONTEXT:
        cut = min((at for p in _PAUSES if (at := line.find(p, -_CONTEXT)) > 0), default=-1)
        line = "……" + (line[cut + 1 :] if cut > 0 else line[-_CONTEXT:])
    return f"（{line}）"


def shortened(quote: str) -> str:
    """A quote in one line; a long one is cut behind a comma and marked with ……."""
    line = re.sub(r"\s+", "", quote)
    if len(line) <= _LONGEST:
        return line
    cut = max(line.rfind(pause, 0, _LONGEST) for pause in _PAUSES)
    return (line[:cut] if cut > _LONGEST // 2 else line[:_LONGEST]) + "……"
