"""Point sentences: a point as one line of Chinese, with the words of each side in quotation marks."""

import re

# By kind: what differs; the other kinds are told as 规定, for a label that is wrong misleads.
_DIFFERENCES = {"penalty": "处罚", "deadline": "时限", "amount": "数额", "actor": "负责的主体"}
_EXTRAS = {"penalty": "另设处罚"}
_LONGEST = 80  # characters of a quote in a sentence; the whole quote stands in its own row
_CONTEXT = 36  # characters
_PAUSES = "，、；。"


def sentence(
    kind: str,
    relation: str,
    quotes: tuple[str, str],
    places: tuple[str, str],
    contexts: tuple[str, str] = ("", ""),
    *,
    is_item: bool = False,
) -> str:
    """One line.

    Args:
        kind: of the point.
        relation: of the two sides.
        quotes: the words of both sides, "" where one is silent.
        places: short names of the regions of both texts.
        contexts: what the quotes need to be understood, "" where they stand for themselves.
        is_item: whether a one-sided point is an item of a list.

    >>> sentence("deadline", "differs", ("三十日内答复", "十日内答复"), ("上海", "浙江"))
    '时限不同：上海“三十日内答复”，浙江“十日内答复”'
    >>> sentence("scope", "only_b", ("", "无人机"), ("上海", "浙江"), is_item=True)
    '浙江另列“无人机”，上海这一条未见'
    """
    differs = _DIFFERENCES.get(kind, "规定")
    if relation in ("only_a", "only_b"):
        side = "ab".index(relation[-1])
        quote = shortened(quotes[side])
        about = _about(contexts[side])
        extra = "另列" if is_item else _EXTRAS.get(kind, "另规定")
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
    """A quote in one line; of a long one the beginning and the end, where a sanction or a term stands."""
    line = re.sub(r"\s+", "", quote)
    if len(line) <= _LONGEST:
        return line
    half = _LONGEST // 2
    head = max(line.rfind(pause, 0, half) for pause in _PAUSES)
    tail = min((at for pause in _PAUSES if (at := line.find(pause, -half)) > 0), default=-1)
    begin = line[:head] if head > half // 2 else line[:half]
    return f"{begin}……{line[tail + 1 :] if tail > 0 else line[-half:]}"
