"""The sandboxed process: `python -m pipeline.reading.formats KIND FILE` prints one file's text as JSON."""

import json
import sys
import traceback
from pathlib import Path

from pipeline.core import dependencies
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA
from pipeline.reading.formats import blocks, sandbox
from pipeline.reading.formats.blocks import FileContent

_PACKAGE = str(Path(__file__).resolve().parents[2])


def main(kind: str, path: Path) -> None:
    """Read a file within bounds, and print its content, or why it is refused, as JSON."""
    dependencies.record([DATA, Path("pipeline")])
    sandbox.limit()
    answer: dict[str, object]
    try:
        content = _read(kind, path)
        text = blocks.write(content.blocks)
        answer = {"text": text, "title": content.title, "pictures": content.pictures}
    except CorpusError as error:
        answer = {"refused": [error.where, error.found, error.fix]}
    except MemoryError:
        answer = {"refused": [str(path), "太大，内存不够", "拆成几个文件，或只留正文后另存"]}
    except RecursionError:
        fix = "用 Word 或浏览器打开，另存后再添加"
        answer = {"refused": [str(path), "表格或标记嵌套太深", fix]}
    except Exception as error:
        answer = {"refused": [str(path), *_fault(error)]}
    answer["used"] = dependencies.used()
    print(json.dumps(answer, ensure_ascii=False))


def _fault(error: Exception) -> tuple[str, str]:
    """What went wrong, and how to fix it: the environment, this program, or the file."""
    message = str(error)[:80]
    if isinstance(error, ImportError):
        missing = f"读不出来：运行环境缺少库 {error.name or ''}（{message}），不是文件的问题"
        return missing, "删去 .venv，重新运行 make 建立环境"
    frame = traceback.extract_tb(error.__traceback__)[-1]
    if isinstance(error, NameError | AssertionError) and frame.filename.startswith(_PACKAGE):
        place = f"{Path(frame.filename).relative_to(Path(_PACKAGE).parent)} 第 {frame.lineno} 行"
        return f"读不出来：程序有误（{place}，{message}），不是文件的问题", "把这一行告诉维护者"
    # the libraries raise nearly anything on a broken file
    broken = f"读不出来，多半是文件残缺（{type(error).__name__}：{message}）"
    return broken, "重新下载，或用 Word 或浏览器打开后另存"


def _read(kind: str, path: Path) -> FileContent:
    # each reader is imported where it is needed: a web page should not wait for the PDF library
    if kind == "docx":
        from pipeline.reading.formats.word import docx

        return docx.read(path)
    if kind == "doc":
        from pipeline.reading.formats.word import doc

        return doc.read(path)
    if kind == "pdf":
        from pipeline.reading.formats import pdf

        return pdf.read(path)
    if kind in ("html", "mht"):
        from pipeline.reading.formats.web import html, mht

        return html.read(mht.markup(path) if kind == "mht" else html.markup(path))
    raise AssertionError(f"格式 {kind!r} 没有读法")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
