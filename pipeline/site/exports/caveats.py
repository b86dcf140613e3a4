"""What every export says of itself: what its data are not, and under which licence they are."""

from collections.abc import Iterable

from pipeline.site.exports.sheets import Sheet

LINES = (
    ("未查得", "查过而没有查到的，记为“未查得”；未查得不等于没有。"),
    ("摘编", "本库据所列来源逐条转述的事实，不是原文；引用前请核对所注来源。"),
    ("征求意见稿、解读", "只供参考，不作为规定参加对照。"),
    ("许可", "摘编部分 CC BY 4.0；摘编所转述的文件，权利属于其发布机关；法规正文不受著作权保护。"),
)


def sheet(lines: Iterable[tuple[str, str]]) -> Sheet:
    """The sheet 说明: a label and a text in each row."""
    return Sheet("说明", (), lines, (18, 100), bold=True)
