"""A corpus of any number of documents of our own wording, on voluntary service, in three regions."""

import random
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from support.building import write_document

ARTICLES = (
    "为了规范志愿服务，制定本条例。",
    "志愿者可以自愿参加志愿服务，任何单位不得强迫。",
    "志愿服务组织应当为志愿者购买人身意外伤害保险。",
    "志愿服务组织应当在三十日内出具志愿服务记录证明。",
    "违反本条例规定，泄露志愿者信息的，由民政部门处一千元以上五千元以下罚款。",
    "学校应当将志愿服务纳入实践教育，每学年不少于二十小时。",
    "民政部门负责志愿服务的行政管理工作。",
    "市、区人民政府应当将志愿服务经费列入财政预算。",
)
REGIONS = ("310000", "330000", "330400")
Content = tuple[str, Sequence[int], str]  # region, numbers of its articles, a figure


def documents(count: int, rng: random.Random) -> dict[str, Content]:
    """So many documents of each region, by name."""
    return {
        f"{region}-{k}": (region, rng.sample(range(len(ARTICLES)), 6), "三十")
        for region in REGIONS
        for k in range(count)
    }


def write(corpus: Path, contents: Mapping[str, Content]) -> None:
    """Write them into a corpus folder."""
    shutil.rmtree(corpus, ignore_errors=True)
    for name, (region, numbers, days) in sorted(contents.items()):
        text = "\n\n".join(
            f"第{'一二三四五六七八九'[i]}条 {ARTICLES[n]}" for i, n in enumerate(numbers)
        )
        entry = {
            "id": f'"{name}"',
            "title": f'"志愿服务条例{name}"',
            "region": f'"{region}"',
            "level": '"地方性法规"',
            "issued": "2019-01-01",
            "text_kind": '"official"',
        }
        write_document(
            corpus, f"texts/{name}.md", text.replace("三十日", f"{days}日") + "\n", **entry
        )
