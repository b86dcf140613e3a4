"""Labels: what readers call the codes of kb.db, in Chinese and English, from corpus/labels.toml."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.core import toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA

PATH = DATA / "labels.toml"
_FORMS = ("label", "english", "definition", "in_summary", "in_figures")


@dataclass(frozen=True, slots=True)
class CodeLabel:
    """One code of a vocabulary; all fields but the last two are the columns of table labels.

    Attributes:
        vocabulary: the set of codes, e.g. gap_kind.
        code: as the rows hold it; a Chinese code is its own label.
        ordinal: place within the vocabulary, from 0, in the order in which a reader should meet it.
        label: in Chinese, for pages, tables and exports.
        english: what the English pages say for the label.
        definition: in Chinese, where a label alone does not explain itself.
        used_in: the columns that hold the code, as table.column.
        in_summary: the label within a gap's summary or attribute, where that differs.
        in_figures: the same where a summary compares two figures.
    """

    vocabulary: str
    code: str
    ordinal: int
    label: str
    english: str | None
    definition: str | None
    used_in: list[str]
    in_summary: str
    in_figures: str


@cache
def load(path: Path = PATH) -> dict[tuple[str, str], CodeLabel]:
    """Read the labels by (vocabulary, code), in file order.

    Raises:
        CorpusError: an entry of the wrong form, or a code with two labels in columns of one name:
            in a query the name of the column is all that tells what a code means. A vocabulary with
            `own_table` may have such a code; it is named rightly in its tables and in their overviews.
    """
    keys: dict[str, type] = {"id": str, "columns": list, "codes": dict, "own_table": bool}
    labels: dict[tuple[str, str], CodeLabel] = {}
    by_column: dict[tuple[str, str], str] = {}
    for row in toml_files.entries(path, "vocabulary", keys, set(keys) - {"own_table"}):
        where = f"{path} [{row['id']}]"
        for ordinal, (code, forms) in enumerate(row["codes"].items()):
            entry = _entry(where, row, code, ordinal, forms)
            for column in row["columns"]:
                key = column.partition(".")[2], code
                own = row.get("own_table", False)
                if not own and by_column.setdefault(key, entry.label) != entry.label:
                    text = f"{key[0]} 列的代码 {code} 又叫“{entry.label}”，前面叫“{by_column[key]}”"
                    fix = "同名的列里同一代码只用一个 label，摘要里的说法写在 in_summary"
                    raise CorpusError(where, text, fix)
            labels[entry.vocabulary, code] = entry
    return labels


def of(vocabulary: str, code: str) -> CodeLabel:
    """The label of a code.

    >>> of("outcome", "same").label
    '两地相同'

    Raises:
        CorpusError: corpus/labels.toml lacks the code.
    """
    label = load().get((vocabulary, code))
    if label is None:
        fix = f"在 [vocabulary.codes] 下补上 {code} = {{ label = … }}"
        raise CorpusError(f"{PATH} [{vocabulary}]", f"没有代码 {code!r}", fix)
    return label


def _entry(where: str, row: dict[str, Any], code: str, ordinal: int, forms: Any) -> CodeLabel:
    if not isinstance(forms, dict) or not all(isinstance(v, str) and v for v in forms.values()):
        raise CorpusError(
            where, f"{code} = {forms!r} 不是文字的表", f'写成 {code} = {{ label = "…" }}'
        )
    if unknown := sorted(forms.keys() - set(_FORMS)):
        raise CorpusError(
            where, f"{code} 有不认识的键 {unknown[0]!r}", f"可用的键：{'、'.join(_FORMS)}"
        )
    texts: dict[str, str] = forms
    label = texts.get("label", code)
    return CodeLabel(
        vocabulary=row["id"],
        code=code,
        ordinal=ordinal,
        label=label,
        english=texts.get("english"),
        definition=texts.get("definition"),
        used_in=row["columns"],
        in_summary=texts.get("in_summary", label),
        in_figures=texts.get("in_figures", label),
    )
