"""Point sentences: a point as one line of Chinese, with the words of each side in quotation marks."""

import os
import re

# By kind: what differs; the other kinds are told as 规定, for a label that is wrong misleads.
_DIFFERENCES = {"penalty": "处罚", "deadline": "时限", "amount": "数额", "actor": "负责的主体"}
_EXTRAS = {"penalty": "另设处罚"}
_LONGEST = 120  # characters of a quote in a sentence; the whole quote stands in its own row
_CONTEXT = 80  # characters
_COMMON = 20  # characters of what two long quotes begin or end with alike; more is left out
_PAUSES = "，、；。"


def sentence(
    kind: str,
    relation: str,
    quotes: tuple[str, str],
    places: tuple[str, str],
    contexts: tuple[str, str] = ("", ""),
    *,
    is_item: bool = False,
    is_sure: bool = True,
    see_also: str = "",
) -> str:
    """One line.

    Args:
        kind: of the point.
        relation: of the two sides.
        quotes: the words of both sides, "" where one is silent.
        places: short names of the regions of both texts.
        contexts: what the quotes need to be understood, or "".
        is_item: whether a one-sided point is an item of a list.
        is_sure: whether the rules differ; else their wording does.
        see_also: another article of the silent text with like words, or "".

    >>> sentence("deadline", "differs", ("三十日内答复", "十日内答复"), ("上海", "浙江"))
    '时限不同：上海“三十日内答复”，浙江“十日内答复”'
    >>> sentence("duty", "only_a", ("定期演练", ""), ("上海", "浙江"), see_also="第九条")
    '上海另规定“定期演练”，浙江这一条未见（可参看第九条）'
    >>> sentence("duty", "only_a", ("定期演练", ""), ("上海", "浙江"), is_sure=False)
    '上海另规定“定期演练”，浙江这一条未见相同规定'
    """
    if relation in ("only_a", "only_b"):
        side = "ab".index(relation[-1])
        extra = "另列" if is_item else _EXTRAS.get(kind, "另规定")
        hint = f"（可参看{see_also}）" if see_also else ""
        own = f"{places[side]}{_about(contexts[side])}{extra}“{shortened(quotes[side])}”"
        return f"{own}，{places[1 - side]}这一条未见{'' if is_sure else '相同规定'}{hint}"
    differs = _DIFFERENCES.get(kind, "规定" if is_sure else "表述")
    if relation == "same":
        return _same(differs, quotes, places)
    return _different(differs, quotes, places, contexts)


def _same(differs: str, quotes: tuple[str, str], places: tuple[str, str]) -> str:
    a, b = _where_they_differ(*quotes)
    if a == b:
        return f"两地{differs}一致：“{a}”"
    return f"两地规定相近：{places[0]}“{a}”，{places[1]}“{b}”"


def _different(
    differs: str, quotes: tuple[str, str], places: tuple[str, str], contexts: tuple[str, str]
) -> str:
    a, b = _where_they_differ(*quotes)
    about_a, about_b = map(_about, contexts)
    if about_a == about_b:
        return f"{about_a}{differs}不同：{places[0]}“{a}”，{places[1]}“{b}”"
    return f"{differs}不同：{places[0]}{about_a}“{a}”，{places[1]}{about_b}“{b}”"


def _about(context: str) -> str:
    """The context in brackets; of a long one the end, where the act stands, before a fine the beginning too."""
    line = re.sub(r"\s+", "", context).rstrip(_PAUSES)
    if not line:
        return ""
    if line.endswith("罚款"):
        return f"（{shortened(line)}）"
    if len(line) > _CONTEXT:
        cut = min((at for p in _PAUSES if (at := line.find(p, -_CONTEXT)) > 0), default=-1)
        line = "……" + (line[cut + 1 :] if cut > 0 else line[-_CONTEXT:])
    return f"（{line}）"


def _where_they_differ(a: str, b: str) -> tuple[str, str]:
    """Two quotes in one line each; of long ones what both begin and end with is left out."""
    lines = [re.sub(r"\s+", "", quote) for quote in (a, b)]
    if max(map(len, lines)) > _LONGEST:
        head = _common(*lines)
        tail = _common(*(line[::-1] for line in lines))
        lines = [_trimmed(line, head, tail) for line in lines]
    return shortened(lines[0]), shortened(lines[1])


def _common(one: str, other: str) -> int:
    """How many characters two lines begin with alike, up to a pause; 0 where they are few."""
    same = os.path.commonprefix([one, other])
    end = max(same.rfind(pause) for pause in _PAUSES) + 1
    return end if end > _COMMON else 0


def _trimmed(line: str, head: int, tail: int) -> str:
    if head + tail >= len(line):
        return line
    return f"{'……' if head else ''}{line[head : len(line) - tail]}{'……' if tail else ''}"


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
