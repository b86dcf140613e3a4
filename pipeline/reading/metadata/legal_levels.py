"""Legal levels (效力级别): the legal rank of a document, from its issuers, number and title."""

from collections.abc import Sequence

from pipeline.language import official_words


def level(title: str, number: str | None, issuers: Sequence[str], national: bool) -> str:
    """The level, by the authorities that 立法法 (2023) gives power to make laws, regulations and rules.

    A document without an order or a congress behind it is 行政规范性文件; whether it was registered as
    one, its text does not say.

    Args:
        title: of the document.
        number: its document number, folded.
        issuers: names of offices.
        national: whether the document is of the whole country.

    Returns:
        one of `sources.LEVELS`.

    >>> level("某市甲条例", None, ["某市人民代表大会常务委员会"], False)
    '地方性法规'
    >>> level("某市甲办法", "某市人民政府令第2号", ["某市人民政府"], False), level("关于甲的通知", None, [], False)
    ('地方政府规章', '行政规范性文件')
    """
    offices = official_words.offices()
    names, number = "、".join(issuers), number or ""
    if offices.party.search(names):
        return "党委文件"
    by_congress = offices.congress.search(names) or offices.congress.search(number)
    if by_congress or (title.endswith("条例") and not names):
        if national:
            return "法律" if title.endswith("法") else "其他"
        return "地方性法规"
    if national and "国务院令" in number:
        return "行政法规"
    if national and "令" in number:
        return "部门规章"
    if offices.government_order.search(number):
        return "地方政府规章"
    if national and title.endswith("条例"):
        return "行政法规"
    return "行政规范性文件"
