"""Two small corpora of our own wording in one folder: documents that cite each other, and versions of one."""

from collections.abc import Iterable
from pathlib import Path

from support.building import built, write_document
from support.match_samples import LATER, NEW, OLD

# Document → title, region, level, date, text: they cite, repeal and prolong each other.
CITING = {
    "law": ("国家水价法", "000000", "法律", "2000-01-01", "第一条 水价由政府定。\n第二条 水费按月收。\n用水户按期缴纳。"),
    "old": ("上海市用水办法", "310000", "地方政府规章", "2005-01-01", "第一条 用水登记。\n第二条 本办法自2005年2月1日起施行。"),
    "new": ("上海市水价办法", "310000", "行政规范性文件", "2012-01-01",
            "第一条 根据《国家水价法》第二条第二款和《国家节水条例》，制定本办法。\n第二条 水费每户每月10元。\n"
            "第三条 违反本办法第二条规定的，依照《国家节水条例》（国务院令第999号）处罚。\n"
            "第四条 本办法自2012年2月1日起施行。《上海市用水办法》同时废止。"),
    "term": ("上海市排水办法", "310000", "行政规范性文件", "2015-01-01",
             "第一条 排水许可，适用《国家节水条例》。\n第二条 本办法自2015年2月1日起施行，有效期五年。"),
    "jx": ("嘉兴市节水办法", "330400", "行政规范性文件", "2019-01-01", "第一条 用水单位应当节水。"),
    "longer": ("关于延长有关文件有效期的通知", "310000", "行政规范性文件", "2019-12-01",
               "经评估，《上海市排水办法》有效期延长至2029年1月31日。\n本通知自2019年12月1日起施行，有效期至2029年1月31日。"),
}  # fmt: skip
# Two versions of one text, and its counterpart in another region.
VERSIONS = {
    "sh-2020-danche": ("上海市共享单车管理办法", "310000", "地方政府规章", "2020-01-01", "\n\n".join(OLD)),
    "sh-2024-danche": ("上海市共享单车管理办法", "310000", "地方政府规章", "2024-01-01", "\n\n".join(LATER)),
    "jx-2023-danche": ("嘉兴市共享单车管理办法", "330400", "地方政府规章", "2023-06-01", "\n\n".join(NEW)),
}  # fmt: skip
ALL = CITING | VERSIONS


def build(folder: Path, names: Iterable[str] = ALL, jobs: int = 1, target: str = "kb.db") -> Path:
    """What is built of these documents, in the given order, by so many processes a stage."""
    for name in names:
        title, region, level, issued, text = ALL[name]
        file = f"texts/{name}.txt" if name in CITING else f"texts/{name}.md"
        write_document(folder / "corpus", file, text, id=f'"{name}"', title=f'"{title}"', region=f'"{region}"',
                       level=f'"{level}"', issued=issued, text_kind='"official"')  # fmt: skip
    return built(folder / "corpus", folder, f"JOBS={jobs}", target=target)
