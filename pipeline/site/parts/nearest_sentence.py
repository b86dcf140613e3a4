"""Nearest sentence: of the other article, the one that shares most words with what only one article says.

It lets a reader judge whether the other article really lacks it: the machine may have missed a rewording.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

LEAST = 0.2  # share of common pairs of characters below which no sentence is near
_SENTENCE = re.compile(r"[^。；\n]+[。；]?")
_HAN = re.compile(r"[^㐀-鿿0-9A-Za-z%]+")


def with_nearest(
    points: list[dict[str, Any]], sides: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The points, each that only one side has with `nearest`: see `of`.

    Args:
        points: with relation and quotes.
        sides: a and b, each with the text of its article.
    """
    others = {"only_a": ("a", "b"), "only_b": ("b", "a")}
    told = []
    for point in points:
        if point["relation"] in others:
            own, other = others[point["relation"]]
            quotes = [q["quote"] for q in point["quotes"] if q["side"] == own]
            found = {"side": other, "sentence": of("".join(quotes), sides[other]["text"])}
            point = point | {"nearest": found}
        told.append(point)
    return told


def of(words: str, text: str) -> str | None:
    """The sentence of a text that is nearest to some words; None where none is near.

    >>> of("拒不改正的，处一万元罚款", "第一条 单位应当节水。逾期不改正的，处二万元罚款。")
    '逾期不改正的，处二万元罚款。'
    >>> of("应当公布结果", "第一条 单位应当节水。") is None
    True
    """
    sentences = [found.strip() for found in _SENTENCE.findall(text)]
    best = max(sentences, key=lambda sentence: likeness(words, sentence), default="")
    return best if best and likeness(words, best) >= LEAST else None


def likeness(a: str, b: str) -> float:
    """Dice coefficient of the pairs of characters of two texts, punctuation left out: 0 to 1."""
    first, second = _pairs(a), _pairs(b)
    total = sum(first.values()) + sum(second.values())
    return 2 * sum((first & second).values()) / total if total else 0.0


def _pairs(text: str) -> Counter[str]:
    letters = _HAN.sub("", text)
    return Counter(letters[at : at + 2] for at in range(len(letters) - 1))
