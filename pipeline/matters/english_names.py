"""English names of what the coded matters hold in Chinese words: corpus/english_names.toml.

Names of matters stand beside them in corpus/matters/*.toml (`name_en`), those of departments in
corpus/departments.toml. Quantities are not listed: the
English pages convert them by rule.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.core import schema, toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA

PATH = DATA / "english_names.toml"
SECTIONS = ("affects", "tiers", "answers")
_HAN = re.compile(r"[㐀-鿿〇]")


def load(path: Path = PATH) -> dict[str, dict[str, str]]:
    """The English of each name, by section.

    Raises:
        CorpusError: a section that is unknown or missing, a name whose English is none.
    """
    sections: dict[str, dict[str, str]] = toml_files.read(path, dict.fromkeys(SECTIONS, dict))
    for section, names in sections.items():
        for name, english in names.items():
            text(f"{path} [{section}]", name, english)
    return sections


def text(where: str, key: str, value: Any) -> str:
    """A value that must be English: a check of a schema.

    Raises:
        CorpusError: it is no text, empty, or has Chinese characters.
    """
    english: str = schema.check(where, {key: value}, {key: str})[key]
    if _HAN.search(english):
        raise CorpusError(where, f"{key} = {english!r} 有汉字", "写英文")
    return english


def check_complete(used: Mapping[str, Iterable[str]], path: Path = PATH) -> None:
    """Every name in use has its English.

    Args:
        used: the names in use, by section.
        path: the file.

    Raises:
        CorpusError: a name that the file lacks.
    """
    names = load(path)
    for section, found in used.items():
        for name in found:
            if name not in names[section]:
                raise CorpusError(
                    f"{path} [{section}]", f"没有 {name!r}", f'补一行 "{name}" = "英文"'
                )
