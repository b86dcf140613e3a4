"""Citations of a page by GB/T 7714—2025, as one line to copy and as plain data.

Order of elements, as in the standard: 责任者. 题名：其他题名信息[EB/OL]. （发布日期）[引用日期]. 访问路径. A
document number (文号) and an article are 其他题名信息, as the number of a standard is. For a text read in
the knowledge base, this is named after // with its build. Of the marks only the full stop and the
square brackets are half-width, as since the edition of 2025. The day of access is left for the reader to
fill in, so that a page is the same on every day.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

BASE = "政策差异知识库"
ACCESSED = "[引用日期]"  # the day of access, which GB/T 7714 requires: the reader fills it in
_MAX_AUTHORS = 3  # GB/T 7714: of more than three, the first three and 等


def _authors(issuers: Sequence[str]) -> str:
    """责任者, the authors; empty where none is named, which the numeric style (顺序编码制) allows.

    >>> _authors(["上海市人民政府"]), _authors([])
    ('上海市人民政府', '')
    >>> _authors(["市发改委", "市财政局", "市人社局", "市教委"])
    '市发改委，市财政局，市人社局，等'
    """
    names = [name.strip() for name in issuers if name.strip()]
    return "，".join(names[:_MAX_AUTHORS] + (["等"] if len(names) > _MAX_AUTHORS else []))


def _issued(date: str | None) -> str:
    """The date of issue in brackets, as precise as it is known; empty where it is unknown.

    >>> _issued("2020-03-01"), _issued("2020-03"), _issued("2020"), _issued(None)
    ('（2020-03-01）', '（2020-03）', '（2020）', '')
    """
    return f"（{date}）" if date else ""


def entry(source: Mapping[str, Any], build_id: str | None, link: str) -> dict[str, Any]:
    """One citation's data: what BibTeX calls @online, in plain JSON.

    A digest is this project's own wording, so it is cited without the issuers and the date of its
    source. An official text is cited at its official address; without one, at its page here.

    Args:
        source: title, number, issuers, issued_date, text_kind, url, path of a document or clause.
        build_id: the build of the knowledge base.
        link: the permanent link of the page here.

    >>> law = {"title": "某条例", "number": None, "issuers": [], "issued_date": "2020", "path": None,
    ...        "text_kind": "official", "url": "https://x.gov.cn/1"}
    >>> entry(law, "b1", "/-/document/d")["url"], entry(law | {"url": None}, "b1", "/d")["container"]
    ('https://x.gov.cn/1', '政策差异知识库')
    """
    digest = source["text_kind"] == "digest"
    official_url = None if digest else source["url"]
    return {
        "type": "online",
        "author": [] if digest else list(source["issuers"]),
        "title": source["title"] + ("（摘编）" if digest else ""),
        "number": source["number"],
        "place": source.get("path"),
        "date": None if digest else source["issued_date"],
        "container": None if official_url else BASE,
        "build": None if official_url else build_id,
        "url": official_url or link,
        "urldate": None,
    }


def page(title: str, place: str | None, build_id: str | None, link: str) -> dict[str, Any]:
    """The data of a page of this knowledge base: what it is called, its date, its build.

    >>> page("奖补上限：上海市 → 嘉兴市", "截至2018-12-31", "b1", "/c")["container"]
    '政策差异知识库'
    """
    return {
        "type": "online",
        "author": [],
        "title": title,
        "number": None,
        "place": place,
        "date": None,
        "container": BASE,
        "build": build_id,
        "url": link,
        "urldate": None,
    }


def comparison(
    sides: Sequence[Mapping[str, Any]], build_id: str | None, link: str
) -> dict[str, Any]:
    """The data of a comparison of clauses.

    >>> comparison([{"title": "甲", "path": "第一条"}, {"title": "乙", "path": "第二条"}], "b1", "/c")["title"]
    '条款对照：《甲》第一条与《乙》第二条'
    """
    title = "条款对照：" + "与".join(f"《{side['title']}》{side['path']}" for side in sides)
    return page(title, None, build_id, link)


def line(entry: Mapping[str, Any]) -> str:
    """The citation as printed by GB/T 7714—2025, with the day of access left open.

    >>> one = {"author": ["上海市人民政府"], "title": "某办法", "number": "沪府规〔2020〕3号", "place": "第二条",
    ...        "date": "2020-03-01", "container": None, "build": None, "url": "https://x.gov.cn/1"}
    >>> line(one)
    '上海市人民政府. 某办法：沪府规〔2020〕3号：第二条[EB/OL]. （2020-03-01）[引用日期]. https://x.gov.cn/1.'
    >>> line(one | {"author": [], "number": None, "date": None, "container": BASE, "build": "b1"})
    '某办法：第二条[EB/OL]//政策差异知识库：构建 b1. [引用日期]. https://x.gov.cn/1.'
    """
    titles = (entry["title"], entry["number"], entry["place"])
    title = "：".join(_one_line(part) for part in titles if part)
    build = f"：构建 {entry['build']}" if entry["build"] else ""
    container = f"//{entry['container']}{build}" if entry["container"] else ""
    author = _authors(entry["author"])
    start = f"{author}. " if author else ""
    return f"{start}{title}[EB/OL]{container}. {_issued(entry['date'])}{ACCESSED}. {entry['url']}."


def labelled(label: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """A citation for a page: the label of what it cites, the printed line, the data."""
    return {"label": label, "text": line(entry), "entry": dict(entry)}


def _one_line(text: str) -> str:
    """A text on one line, without the full stop at its end, which would end the citation."""
    return re.sub(r"\s+", " ", text).strip().rstrip("。. ")
