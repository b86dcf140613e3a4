"""The interface's phrases in English, read from english.toml.

A phrase may hold `{}` for any data and `{n}` for a number or a date; what stands there is kept,
unless it is itself a phrase.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("english.toml")

_SPACES = re.compile(r"[ \t\r\n]+")
_HAN = re.compile(r"[㐀-鿿〇]")
_HOLE = re.compile(r"\{(n|\d?)\}")
_SENTENCES = re.compile(r"(?<=。)(?! ?$) ?")
_LISTED = re.compile(r"([，、；])")
_DOTTED = re.compile(r"( ?· ?|　)")
_BETWEEN = {"，": ", ", "、": ", ", "；": "; ", "　": " · "}
_NUMBER = r"([\d.,:%–-]+)"
LONGEST = 600  # characters; longer texts are data, and placeholders in them would be slow
DEEPEST = 3  # phrases inside placeholders of phrases


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A phrase with placeholders: what it matches, and the English with numbered holes."""

    matching: re.Pattern[str]
    english: str
    quoted: tuple[bool, ...]  # which placeholders hold somebody's words: “{}”, 《{}》
    sure: bool  # it has words of its own, or numbers only; otherwise one part must be a phrase

    def fill(self, kept: Sequence[str]) -> str:
        """The English with what stood in the placeholders."""
        return _HOLE.sub(lambda hole: kept[int(hole[1]) - 1], self.english)


class _Section:
    """Phrases that hold in one place; those with placeholders found by their first and last letter."""

    def __init__(self) -> None:
        self.exact: dict[str, str] = {}
        self.patterns: dict[tuple[str, str], list[_Pattern]] = {}

    def add(self, chinese: str, english: str) -> None:
        if not _HOLE.search(chinese):
            self.exact[chinese] = english
            return
        words = _HOLE.split(chinese)[::2]
        filled = "".join(
            re.escape(part) if not at % 2 else _NUMBER if part else "(.+?)"
            for at, part in enumerate(_HOLE.split(chinese))
        )
        pattern = _Pattern(
            re.compile(filled, re.DOTALL),
            _numbered(english),
            tuple(word.endswith(("“", "《")) for word in words[:-1]),
            len(_HAN.findall("".join(words))) > 1 or "{}" not in chinese,
        )
        bucket = self.patterns.setdefault((words[0][:1], words[-1][-1:]), [])
        bucket.append(pattern)
        # Where two could match, the phrase with more words of its own wins.
        bucket.sort(key=lambda each: -len(each.matching.pattern))

    def likely(self, text: str) -> Iterator[_Pattern]:
        """The patterns whose first and last letters are the text's."""
        for first in (text[0], ""):
            for last in (text[-1], ""):
                yield from self.patterns.get((first, last), ())


def _numbered(english: str) -> str:
    """Every hole with its place.

    >>> _numbered("{n} of {}"), _numbered("{2} of {1}")
    ('{1} of {2}', '{2} of {1}')
    """
    places = iter(range(1, 100))
    return _HOLE.sub(lambda hole: hole[0] if hole[1].isdigit() else f"{{{next(places)}}}", english)


class Phrases:
    """All phrases; `say` gives the English of a text."""

    def __init__(self, content: dict[str, Any], where: str = "english.toml") -> None:
        """Check and arrange the sections of an english.toml.

        Raises:
            ValueError: a phrase that cannot be used; where, what, and how to mend it.
        """
        self._general, self._only = _Section(), dict[str, _Section]()
        for name, phrases in content.items():
            if name == "only":
                for tag, inside in phrases.items():
                    self._fill(
                        self._only.setdefault(tag, _Section()), inside, f"{where} [only.{tag}]", {}
                    )
        seen: dict[str, str] = {}
        for name, phrases in content.items():
            if name != "only":
                self._fill(self._general, phrases, f"{where} [{name}]", seen)
        self._cached = lru_cache(20_000)(self._say)

    def _fill(self, section: _Section, phrases: Any, where: str, seen: dict[str, str]) -> None:
        if not isinstance(phrases, dict):
            raise ValueError(f'{where}：不是一节；改法：写在 [节名] 之下，每行 "中文" = "English"')
        for chinese, english in phrases.items():
            _check(f"{where} {chinese!r}", chinese, english, seen)
            seen[chinese] = where
            section.add(_tidy(chinese), english)

    def say(self, text: str, tag: str = "") -> str | None:
        """The English of a text directly inside <tag>; None where it is data."""
        text = _tidy(text)
        return None if not text or text.isascii() else self._cached(text, tag, 0)

    def _say(self, text: str, tag: str, depth: int) -> str | None:
        for section in self._sections(tag):
            if text in section.exact:
                return section.exact[text]
        if depth > DEEPEST or len(text) > LONGEST:
            return None
        for attempt in (self._sentences, self._filled, self._dotted, self._listed, self._partly):
            said = attempt(text, tag, depth + 1)
            if said is not None:
                return said
        return None

    def _sections(self, tag: str) -> list[_Section]:
        return [self._only[tag], self._general] if tag in self._only else [self._general]

    def _inner(self, text: str, tag: str, depth: int) -> str | None:
        text = _tidy(text)
        return None if not text or text.isascii() else self._cached(text, tag, depth)

    def _sentences(self, text: str, tag: str, depth: int) -> str | None:
        """Sentences that are phrases each of them."""
        sentences = _SENTENCES.split(text)
        if len(sentences) == 1:
            return None
        said = [self._inner(sentence, tag, depth) for sentence in sentences]
        return None if None in said else _SPACES.sub(" ", " ".join(filter(None, said)))

    def _filled(self, text: str, tag: str, depth: int) -> str | None:
        """A phrase with placeholders."""
        for section in self._sections(tag):
            for pattern in section.likely(text):
                found = pattern.matching.fullmatch(text)
                if not found:
                    continue
                inside = [
                    None if quoted else self._inner(data, "", depth)
                    for data, quoted in zip(found.groups(), pattern.quoted, strict=True)
                ]
                if pattern.sure or any(said is not None for said in inside):
                    return pattern.fill(_either(inside, found.groups()))
        return None

    def _listed(self, text: str, tag: str, depth: int) -> str | None:
        """A list whose items are phrases or numbers throughout."""
        items = _LISTED.split(text)
        if len(items) == 1 or not _HAN.search(text):
            return None
        said = [
            _BETWEEN.get(item) or (item if item.isascii() else self._inner(item, "", depth))
            for item in items
        ]
        return None if None in said else "".join(_either(said, items))

    def _dotted(self, text: str, tag: str, depth: int) -> str | None:
        """Parts between dots, each for itself."""
        return self._each(_DOTTED.split(text), tag, depth)

    def _partly(self, text: str, tag: str, depth: int) -> str | None:
        """Sentences, each for itself."""
        return self._each(_SENTENCES.split(text), tag, depth)

    def _each(self, parts: list[str], tag: str, depth: int) -> str | None:
        said = [self._inner(part, tag, depth) for part in parts] if len(parts) > 1 else []
        if all(one is None for one in said):
            return None
        return "".join(_either(said, [_BETWEEN.get(part, part) for part in parts]))


def _either(said: Sequence[str | None], kept: Sequence[str]) -> list[str]:
    """What could be said in English, and the rest as it is."""
    return [k if s is None else s for s, k in zip(said, kept, strict=True)]


def _check(where: str, chinese: str, english: Any, seen: dict[str, str]) -> None:
    if not isinstance(english, str):
        raise ValueError(f"{where}：{english!r} 不是文字；改法：写成加引号的英文")
    if not chinese.strip() or chinese != chinese.strip():
        raise ValueError(f"{where}：中文是空的或两端有空格；改法：照页面写，去掉两端的空格")
    if chinese in seen:
        raise ValueError(f"{where}：{seen[chinese]} 里已有这一句；改法：留一处")
    holes = len(_HOLE.findall(chinese))
    places = sorted(int(place) for place in re.findall(r"\{(\d)\}", _numbered(english)))
    if places != list(range(1, holes + 1)):
        raise ValueError(
            f"{where}：中文有 {holes} 处空位，英文用了 {places}；"
            "改法：英文里每处空位写一次，次序不同的写 {1}、{2}"
        )


def _tidy(text: str) -> str:
    """Line breaks and runs of spaces are one space, as in a browser.

    >>> _tidy(" 甲   乙 ")
    '甲 乙'
    """
    return _SPACES.sub(" ", text).strip(" ")


@cache
def load(path: Path = TABLE) -> Phrases:
    """The phrases of a file, read once.

    Raises:
        ValueError: the file is no TOML, or a phrase in it cannot be used.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{path}：读不出（{error}）；改法：按提示改正这个 TOML 文件") from None
    return Phrases(content, path.name)
