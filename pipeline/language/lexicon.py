"""Words: jieba's segmentation with our terms; numbers, units and document numbers stay whole.

The only home of the segmenter. rjieba is jieba's dictionary and algorithm in Rust; a test holds
the two equal, user words included.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import rjieba

from pipeline.core import schema, text_files, toml_files
from pipeline.core.errors import CorpusError
from pipeline.language.normalization import fold

_HAN = "零〇一二三四五六七八九十百千万亿两半"
_ARABIC = r"\d+(?:[.,]\d+)*"
_LONG = "平方米|平方公里|立方米|千瓦时|公里|公顷|周岁|小时|个?工作日|个?百分点|个月|万元|亿元"
_SHORT = "元|‰|%|％|倍|分|日|天|年|月|人|名|户|件|项|台|套|家|吨|米|亩|次|岁|桶"
# What the segmenter must not cut; jieba cuts everything between. One Chinese digit with a short unit
# is left to jieba, or 一次性 and 一件事 would be cut here. 首台（套） is listed because jieba always cuts
# at brackets.
_ATOM = re.compile(
    r"首[台批版][（(][套次][)）]|"
    r"[沪浙嘉国财发税人建商教科银环交市省杭甬海平桐善][一-鿿]{0,8}[〔\[(（]\d{4}[〕\])）]\s?第?\d+号"
    rf"|第(?:{_ARABIC}|[{_HAN}]+)[编章节条款项](?:之[{_HAN}]+)?"
    rf"|百分之[{_HAN}]+|[{_HAN}]+分之[{_HAN}]+"
    rf"|{_ARABIC}[百千]?[万亿]?(?:{_LONG}|{_SHORT})?"
    rf"|[{_HAN}]+(?:{_LONG})|[{_HAN}]{{2,}}(?:元|年|月|日|倍)|[A-Za-z]+(?:[-.][A-Za-z0-9]+)*"
)
# Words that do not tell what a clause is about: numbers, and numbers of articles, since 第十二条 of one
# text has nothing to do with 第十二条 of another.
_NUMBER_WORD = re.compile(
    rf"(?:百分之)?(?:{_ARABIC}|[{_HAN}]+)[百千万亿]*(?:{_LONG}|{_SHORT}|分之[{_HAN}]+)?"
    rf"|第(?:{_ARABIC}|[{_HAN}]+)[编章节条款项目](?:之[{_HAN}]+)?"
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The segmenter with our terms, and the words that similarity leaves out or unifies."""

    folder: Path  # read again in another process, for the segmenter cannot be sent there
    engine: Any
    ignored: frozenset[str]  # stop words; places and agencies, in which the two sides always differ
    synonyms: dict[str, str]
    terms_by_word: dict[str, str] = field(default_factory=dict)  # cache of `term`

    def __reduce__(self) -> tuple[Any, ...]:
        return load, (self.folder,)

    def cut(self, text: str) -> list[str]:
        """Cut text into words that join to the text again."""
        words: list[str] = []
        end = 0
        for atom in _ATOM.finditer(text):
            words += self._segment(text[end : atom.start()])
            words.append(atom[0])
            end = atom.end()
        return words + self._segment(text[end:])

    def _segment(self, text: str) -> list[str]:
        return list(self.engine.cut(text, True)) if text else []

    def terms(self, words: list[str]) -> list[str]:
        """The words that tell one matter from another: folded, unified, without places and numbers.

        Numbers are left out: two provisions on one matter differ in them.
        """
        known = self.terms_by_word
        return [
            term for word in words if (term := known[word] if word in known else self.term(word))
        ]

    def term(self, word: str) -> str:
        """The term that a word stands for, "" where it is left out."""
        term = self.terms_by_word.get(word)
        if term is None:
            term = fold(self.synonyms.get(word, word))
            number = _NUMBER_WORD.fullmatch(term)
            ignored = len(term) < 2 or number or {word, term} & self.ignored
            term = "" if ignored or not any(map(str.isalnum, term)) else term
            self.terms_by_word[word] = term
        return term


@cache
def load(folder: Path) -> Lexicon:
    """Read corpus/lexicon: userdict.txt, stopwords.txt, places.txt, synonyms.toml.

    Raises:
        CorpusError: an unreadable file, a term with a space, a word in two synonym groups.
    """
    by_word = synonyms(folder / "synonyms.toml")
    engine = rjieba.Jieba()
    for term in dict.fromkeys([*text_files.words(folder / "userdict.txt"), *by_word]):
        engine.add_word(term, engine.suggest_freq(term), "n")
    ignored = {
        word for name in ("stopwords.txt", "places.txt") for word in text_files.words(folder / name)
    }
    return Lexicon(folder, engine, frozenset(ignored), by_word)


def synonyms(path: Path) -> dict[str, str]:
    """Read synonyms.toml: word → the canonical word of its group.

    Raises:
        CorpusError: an unreadable file, a word in two groups.
    """
    groups = schema.tables({"canonical": str, "words": schema.each(str)}, label="canonical")
    canonical: dict[str, str] = {}
    for group in toml_files.read(path, {"synonym": groups}, required=()).get("synonym", []):
        for word in group["words"]:
            if canonical.setdefault(word, group["canonical"]) != group["canonical"]:
                raise CorpusError(f"{path} [{word}]", "同时属于两组近义词", "只留一组")
    return canonical
