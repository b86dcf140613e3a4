"""Law names: title, region, level, date and id of a text of law, by its path in the collection and its head.

A path is folders named for levels and places, and a file named for title and date:
`地方性法规/浙江/某市某条例(2020-04-10).md`. A text is a title line, the lines of the 题注 (who adopted it
when), the comment that ends the head, and the articles.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.core import regions
from pipeline.core.errors import CorpusError
from pipeline.core.records import END_OF_HEAD, Region
from pipeline.language import dates
from pipeline.reading.metadata import legal_levels
from pipeline.reading.sources import LEVELS

_DATED = re.compile(r"(.+?)[(（](\d{4}-\d\d-\d\d)[)）]")
_ABROAD = re.compile(r"^中国[（(]")  # 中国（上海）自由贸易试验区条例
_ETHNIC = re.compile("(?<=..)[\u3400-\u9fff]族自治[县州]$")
_EFFECTIVE = "施行"  # a line of the 题注 with this is of the day on which the law took effect
_STATE = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class LawName:
    """What the path of a law tells; the date is None where the file is named without one."""

    document_id: str
    title: str
    region: str
    level: str
    issued: str | None


def of_path(path: str, regions_by_id: Mapping[str, Region], ids: Mapping[str, str]) -> LawName:
    """Read a path.

    Args:
        path: in the collection.
        regions_by_id: of corpus/regions.toml.
        ids: region → the beginning of its ids; r and the code where there is none.

    The id is of the file's name: another version, which has another date in its name, has another id.

    Raises:
        CorpusError: neither title nor folders begin with the name of a region.
    """
    *folders, stem = PurePosixPath(path).with_suffix("").parts
    dated = _DATED.fullmatch(stem)
    title = dated[1] if dated else stem
    place = _folder_region(folders, regions_by_id)
    region = _named(title, place, regions_by_id) or place
    if region is None:
        fix = "在 corpus/regions.toml 补上这个地区，或从清单中删去这一行"
        raise CorpusError(path, "说不出是哪个地区的文件", fix)
    levels = [name for name in folders if name in LEVELS]
    level = levels[-1] if levels else legal_levels.level(title, None, (), region == "000000")
    key = hashlib.sha1(stem.encode(), usedforsecurity=False).hexdigest()[:8]
    document_id = f"{ids.get(region, f'r{region}')}-law-{key}"
    return LawName(document_id, title, region, level, dated[2] if dated else None)


def _folder_region(folders: list[str], regions_by_id: Mapping[str, Region]) -> str | None:
    """The region that the innermost such folder is named for."""
    by_name = {_bare(row.name): row.region_id for row in reversed(list(regions_by_id.values()))}
    return next((by_name[name] for name in reversed(folders) if name in by_name), None)


def _named(title: str, place: str | None, regions_by_id: Mapping[str, Region]) -> str | None:
    """The region with the longest name that a title begins with, within the place of its folder."""
    title = _ABROAD.sub("", title)
    inside = regions.within(place, dict(regions_by_id)) if place else set(regions_by_id)
    names = [
        (len(name), row.region_id)
        for row in regions_by_id.values()
        if row.region_id in inside and title.startswith(name := _bare(row.name))
    ]
    return max(names)[1] if names else None


def _bare(name: str) -> str:
    """A region's name without its rank.

    >>> _bare("嘉兴市"), _bare("景宁畲族自治县"), _bare("长兴县")
    ('嘉兴', '景宁', '长兴')
    """
    return regions.short_name(_ETHNIC.sub("", name))


def printed_title(text: str, title: str) -> str:
    r"""The title as the text prints it, where that is the title of the file's name in full.

    >>> printed_title("# 某市实施《中华人民共和国气象法》办法\n", "某市实施《气象法》办法")
    '某市实施《中华人民共和国气象法》办法'
    >>> printed_title("# 目录\n", "某市甲条例")
    '某市甲条例'
    """
    first = text.lstrip("\ufeff\r\n").split("\n", 1)[0].lstrip("# \u3000").strip()
    same = first.replace(_STATE, "") == title.replace(_STATE, "")
    return first if same else title


def day_of_issue(text: str) -> str | None:
    r"""The day on which a law was last adopted, approved, amended or published, by its 题注.

    >>> day_of_issue("# 甲\n\n2011年11月25日 修订\n\n2011年12月8日 公布\n\n2012年3月1日 施行\n<!-- INFO END -->\n")
    '2011-12-08'
    >>> day_of_issue("# 甲\n\n第一条 2011年11月25日起。\n") is None
    True
    """
    head, end, _ = text.partition(END_OF_HEAD)
    lines = head.split("\n")[1:] if end else []
    days = [day.iso for line in lines if _EFFECTIVE not in line for day in dates.find(line)]
    return max((day for day in days if len(day) == 10), default=None)
