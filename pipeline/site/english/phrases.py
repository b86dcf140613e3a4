"""English phrases of the interface, read from english.toml.

A phrase may contain placeholders: `{}` for any data, `{n}` for a number or a date. The text in a
placeholder is kept, unless it is itself a phrase.
"""

import copy
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Self

from pipeline.site.english import quantities

TABLE = Path(__file__).with_name("english.toml")

_SPACES = re.compile(r"[ \t\r\n]+")
_HAN = re.compile(r"[㐀-鿿〇]")
_PLACEHOLDER = re.compile(r"\{(n|\d?)\}")
_SENTENCES = re.compile(r"(?<=。)(?! ?$) ?")
_COMMAS = re.compile(r"([，、；])")
_DOTS = re.compile(r"( ?· ?|　)")
_SEPARATORS = {"，": ", ", "、": ", ", "；": "; ", "　": " · "}
_NUMBER = r"([\d.,:%–-]+)"
MAX_LENGTH = 600  # characters; longer texts are data, and placeholders would be slow on them
MAX_DEPTH = 3  # of phrases within placeholders of phrases


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A phrase with placeholders: what it matches, and the English with numbered placeholders."""

    chinese: re.Pattern[str]
    english: str
    quoted: tuple[bool, ...]  # which placeholders are quotations, never translated: “{}”, 《{}》
    distinctive: bool  # has words of its own, or numbers only; else a placeholder must be a phrase

    def fill(self, values: Sequence[str]) -> str:
        """The English with values for the placeholders."""
        return _PLACEHOLDER.sub(lambda match: values[int(match[1]) - 1], self.english)


class _Section:
    """Phrases of one section; those with placeholders are indexed by their first and last character."""

    def __init__(self) -> None:
        self.exact: dict[str, str] = {}
        self.patterns: dict[tuple[str, str], list[_Pattern]] = {}

    def add(self, chinese: str, english: str) -> None:
        if not _PLACEHOLDER.search(chinese):
            self.exact[chinese] = english
            return
        parts = _PLACEHOLDER.split(chinese)  # words and contents of placeholders in turn
        words = parts[::2]
        expression = "".join(
            re.escape(part) if not at % 2 else _NUMBER if part else "(.+?)"
            for at, part in enumerate(parts)
        )
        pattern = _Pattern(
            chinese=re.compile(expression, re.DOTALL),
            english=_numbered(english),
            quoted=tuple(word.endswith(("“", "《")) for word in words[:-1]),
            distinctive=len(_HAN.findall("".join(words))) > 1 or "{}" not in chinese,
        )
        bucket = self.patterns.setdefault((words[0][:1], words[-1][-1:]), [])
        bucket.append(pattern)
        # Of two phrases that match, the longer one is tried first.
        bucket.sort(key=lambda candidate: -len(candidate.chinese.pattern))

    def candidates(self, text: str) -> Iterator[_Pattern]:
        """The patterns with the first and last character of the text."""
        for first in (text[0], ""):
            for last in (text[-1], ""):
                yield from self.patterns.get((first, last), ())


def _numbered(english: str) -> str:
    """The phrase with its placeholders numbered from 1.

    >>> _numbered("{n} of {}"), _numbered("{2} of {1}")
    ('{1} of {2}', '{2} of {1}')
    """
    places = iter(range(1, 100))
    return _PLACEHOLDER.sub(
        lambda match: match[0] if match[1].isdigit() else f"{{{next(places)}}}", english
    )


class Phrases:
    """All phrases; `translate` gives the English of a text."""

    def __init__(self, content: dict[str, Any], where: str = "english.toml") -> None:
        """Check and arrange the sections of an english.toml.

        Raises:
            ValueError: a phrase that cannot be used: where, what was found, how to fix it.
        """
        self._general, self._by_tag = _Section(), dict[str, _Section]()
        for tag, phrases in content.get("only", {}).items():
            section = self._by_tag.setdefault(tag, _Section())
            self._fill(section, phrases, f"{where} [only.{tag}]", {})
        sections: dict[str, str] = {}
        for name, phrases in content.items():
            if name != "only":
                self._fill(self._general, phrases, f"{where} [{name}]", sections)
        self._names: Mapping[str, str] = {}
        self._cached = lru_cache(20_000)(self._translate)

    def with_names(self, names: Mapping[str, str]) -> Self:
        """The same phrases, and names of the data; a phrase of the interface goes before a name."""
        other = copy.copy(self)
        other._names = names
        other._cached = lru_cache(20_000)(other._translate)
        return other

    def _fill(self, section: _Section, phrases: Any, where: str, sections: dict[str, str]) -> None:
        if not isinstance(phrases, dict):
            raise ValueError(f'{where}：不是一节；改法：写在 [节名] 之下，每行 "中文" = "English"')
        for chinese, english in phrases.items():
            _check(f"{where} {chinese!r}", chinese, english, sections)
            sections[chinese] = where
            section.add(_tidy(chinese), english)

    def translate(self, text: str, tag: str = "") -> str | None:
        """The English of a text directly inside <tag>; None where it is data."""
        text = _tidy(text)
        return None if not text or text.isascii() else self._cached(text, tag, 0)

    def _translate(self, text: str, tag: str, depth: int) -> str | None:
        for section in self._sections(tag):
            if text in section.exact:
                return section.exact[text]
        if (name := self._names.get(text) or quantities.translate(text)) is not None:
            return name
        if depth > MAX_DEPTH or len(text) > MAX_LENGTH:
            return None
        for method in (
            self._all_sentences,
            self._pattern,
            self._dotted_parts,
            self._list_items,
            self._some_sentences,
        ):
            english = method(text, tag, depth + 1)
            if english is not None:
                return english
        return None

    def _sections(self, tag: str) -> list[_Section]:
        return [self._by_tag[tag], self._general] if tag in self._by_tag else [self._general]

    def _part(self, text: str, tag: str, depth: int) -> str | None:
        text = _tidy(text)
        return None if not text or text.isascii() else self._cached(text, tag, depth)

    def _all_sentences(self, text: str, tag: str, depth: int) -> str | None:
        """Several sentences, each of which is a phrase."""
        sentences = _SENTENCES.split(text)
        if len(sentences) == 1:
            return None
        english = [self._part(sentence, tag, depth) for sentence in sentences]
        return None if None in english else _SPACES.sub(" ", " ".join(filter(None, english)))

    def _pattern(self, text: str, tag: str, depth: int) -> str | None:
        """A phrase with placeholders."""
        for section in self._sections(tag):
            for pattern in section.candidates(text):
                match = pattern.chinese.fullmatch(text)
                if not match:
                    continue
                english = [
                    None if quoted else self._part(value, "", depth)
                    for value, quoted in zip(match.groups(), pattern.quoted, strict=True)
                ]
                if pattern.distinctive or any(part is not None for part in english):
                    return pattern.fill(_with_originals(english, match.groups()))
        return None

    def _list_items(self, text: str, tag: str, depth: int) -> str | None:
        """A list of which every item is a phrase or a number."""
        items = _COMMAS.split(text)
        if len(items) == 1 or not _HAN.search(text):
            return None
        english = [
            _SEPARATORS.get(item) or (item if item.isascii() else self._part(item, "", depth))
            for item in items
        ]
        return None if None in english else "".join(_with_originals(english, items))

    def _dotted_parts(self, text: str, tag: str, depth: int) -> str | None:
        """Parts between dots, each translated if it is a phrase."""
        return self._parts(_DOTS.split(text), tag, depth)

    def _some_sentences(self, text: str, tag: str, depth: int) -> str | None:
        """Several sentences, each translated if it is a phrase."""
        return self._parts(_SENTENCES.split(text), tag, depth)

    def _parts(self, parts: list[str], tag: str, depth: int) -> str | None:
        english = [self._part(part, tag, depth) for part in parts] if len(parts) > 1 else []
        if all(part is None for part in english):
            return None
        return "".join(_with_originals(english, [_SEPARATORS.get(part, part) for part in parts]))


def _with_originals(english: Sequence[str | None], originals: Sequence[str]) -> list[str]:
    """The English of each part; the original where there is none."""
    pairs = zip(english, originals, strict=True)
    return [original if part is None else part for part, original in pairs]


def _check(where: str, chinese: str, english: Any, sections: dict[str, str]) -> None:
    if not isinstance(english, str):
        raise ValueError(f"{where}：{english!r} 不是文字；改法：写成加引号的英文")
    if not chinese.strip() or chinese != chinese.strip():
        raise ValueError(f"{where}：中文是空的或两端有空格；改法：照页面写，去掉两端的空格")
    if chinese in sections:
        raise ValueError(f"{where}：{sections[chinese]} 里已有这一句；改法：留一处")
    count = len(_PLACEHOLDER.findall(chinese))
    numbers = sorted(int(number) for number in re.findall(r"\{(\d)\}", _numbered(english)))
    if numbers != list(range(1, count + 1)):
        raise ValueError(
            f"{where}：中文有 {count} 处空位，英文用了 {numbers}；"
            "改法：英文里每处空位写一次，次序不同的写 {1}、{2}"
        )


def _tidy(text: str) -> str:
    """The text with white space collapsed, as in a browser.

    >>> _tidy(" 甲   乙 ")
    '甲 乙'
    """
    return _SPACES.sub(" ", text).strip(" ")


@cache
def load(path: Path = TABLE) -> Phrases:
    """The phrases of a file, read once.

    Raises:
        ValueError: the file is not TOML, or a phrase in it cannot be used.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{path}：读不出（{error}）；改法：按提示改正这个 TOML 文件") from None
    return Phrases(content, path.name)
