"""Words: jieba's segmentation with our terms; numbers, units and document numbers stay whole.

The only home of the segmenter. rjieba is jieba's dictionary and algorithm in Rust; a test holds
the two equal, user words included.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import rjieba

from pipeline.core import toml_files
from pipeline.core.errors import CorpusError
from pipeline.language.normalization import fold

_HAN = "零〇一二三四五六七八九十百千万亿两半"
_ARABIC = r"\d+(?:[.,]\d+)*"
_LONG = "平方米|平方公里|立方米|千瓦时|公里|公顷|周岁|小时|个?工作日|个?百分点|个月|万元|亿元"
_SHORT = "元|‰|%|％|倍|分|日|天|年|月|人|名|户|件|项|台|套|家|吨|米|亩|次|岁|桶"
# What the segmenter must not tear; everything between goes through jieba. One Chinese digit with a
# short unit stays jieba's, or 一次性 and 一件事 would be torn here.
# 首台（套） is one because jieba always breaks at brackets.
ATOM = re.compile(
    r"首[台批版][（(][套次][)）]|"
    r"[沪浙嘉国财发税人建商教科银环交市省杭甬海平桐善][一-鿿]{0,8}[〔\[(（]\d{4}[〕\])）]\s?第?\d+号"
    rf"|第(?:{_ARABIC}|[{_HAN}]+)[编章节条款项](?:之[{_HAN}]+)?"
    rf"|百分之[{_HAN}]+|[{_HAN}]+分之[{_HAN}]+"
    rf"|{_ARABIC}[百千]?[万亿]?(?:{_LONG}|{_SHORT})?"
    rf"|[{_HAN}]+(?:{_LONG})|[{_HAN}]{{2,}}(?:元|年|月|日|倍)|[A-Za-z]+(?:[-.][A-Za-z0-9]+)*"
)
# A number says nothing of the matter, and 第十二条 of one text nothing of 第十二条 of another.
_NUMBER_WORD = re.compile(
    rf"(?:百分之)?(?:{_ARABIC}|[{_HAN}]+)[百千万亿]*(?:{_LONG}|{_SHORT}|分之[{_HAN}]+)?"
    rf"|第(?:{_ARABIC}|[{_HAN}]+)[编章节条款项目](?:之[{_HAN}]+)?"
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The segmenter with our terms, and what to leave out, mask or unify for similarity."""

    engine: Any
    silent: frozenset[str]  # stop words, and places and agencies that differ by their side only
    synonyms: dict[str, str]
    known: dict[str, str] = field(default_factory=dict)  # word → term, found so far

    def cut(self, text: str) -> list[str]:
        """Cut text into words that join to the text again."""
        words: list[str] = []
        last = 0
        for atom in ATOM.finditer(text):
            words += self._words(text[last : atom.start()])
            words.append(atom[0])
            last = atom.end()
        return words + self._words(text[last:])

    def _words(self, text: str) -> list[str]:
        return list(self.engine.cut(text, True)) if text else []

    def terms(self, words: list[str]) -> list[str]:
        """The words that tell one matter from another: folded, unified, without places and numbers.

        Numbers are left out because they are what differs, not what is spoken of.
        """
        found = (self._term(word) for word in words)
        return [term for term in found if term]

    def _term(self, word: str) -> str:
        """The term that a word stands for, "" where it tells nothing."""
        known = self.known.get(word)
        if known is None:
            term = fold(self.synonyms.get(word, word))
            number = _NUMBER_WORD.fullmatch(term)
            silent = len(term) < 2 or number or {word, term} & self.silent
            known = self.known[word] = "" if silent or not any(map(str.isalnum, term)) else term
        return known


def load(folder: Path) -> Lexicon:
    """Read corpus/lexicon: userdict.txt, stopwords.txt, places.txt, synonyms.toml.

    Raises:
        CorpusError: an unreadable file, a term with a space, a word in two synonym groups.
    """
    terms = _lines(folder / "userdict.txt")
    synonyms = _synonyms(folder / "synonyms.toml")
    engine = rjieba.Jieba()
    for term in dict.fromkeys([*terms, *synonyms]):
        engine.add_word(term, engine.suggest_freq(term), "n")
    return Lexicon(
        engine,
        frozenset(_lines(folder / "stopwords.txt") + _lines(folder / "places.txt")),
        synonyms,
    )


def files(folder: Path) -> list[Path]:
    """What `load` reads."""
    return [
        folder / name for name in ("userdict.txt", "stopwords.txt", "places.txt", "synonyms.toml")
    ]


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CorpusError(str(path), "文件不存在", "补上该文件，可以为空") from None
    except UnicodeDecodeError as error:
        raise CorpusError(str(path), f"第 {error.start} 字节不是 UTF-8", "另存为 UTF-8") from None
    words = []
    for count, line in enumerate(text.splitlines(), 1):
        if word := line.split("#")[0].strip():  # jieba would take a comment for a word
            if " " in word:
                raise CorpusError(f"{path} 第 {count} 行", f"{word!r} 中有空格", "每行只写一个词")
            words.append(word)
    return words


def _synonyms(path: Path) -> dict[str, str]:
    unified: dict[str, str] = {}
    content = toml_files.load(path)
    for group in content.get("synonym", []):
        if not isinstance(group.get("canonical"), str) or not isinstance(group.get("words"), list):
            raise CorpusError(str(path), f"{group!r} 不完整", 'canonical = "…"，words = ["…"]')
        for word in group["words"]:
            if unified.get(word, group["canonical"]) != group["canonical"]:
                raise CorpusError(f"{path} [{word}]", "同时属于两组近义词", "只留一组")
            unified[word] = group["canonical"]
    return unified
