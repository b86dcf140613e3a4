"""make: builds what changed and nothing else, says what is wrong, and loses nothing."""

import hashlib
import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from support.building import make


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """A copy of the test corpus, built once."""
    folder = tmp_path_factory.mktemp("mini") / "corpus"
    shutil.copytree("tests/corpus", folder)
    assert build(folder).returncode == 0
    return folder


def build(folder: Path, *more: str):
    top = folder.parent
    return make(f"CORPUS={folder}", f"KB={top}/kb.db", f"BUILD={top}/build", *more)


def kb_of(folder: Path) -> Path:
    return folder.parent / "kb.db"


def rehash(folder: Path, name: str) -> None:
    """Note a text's new hash in sources.toml, as an editor would."""
    toml = (folder / "sources.toml").read_text(encoding="utf-8")
    sha256 = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    pattern = rf'(file = "{re.escape(name)}"\nsha256 = )"\w+"'
    (folder / "sources.toml").write_text(re.sub(pattern, rf'\1"{sha256}"', toml), encoding="utf-8")


def dump(path: Path) -> list[str]:
    with sqlite3.connect(path) as db:
        return list(db.iterdump())


def test_a_second_make_does_nothing(corpus):
    before = kb_of(corpus).stat().st_mtime_ns
    again = build(corpus)
    assert (again.returncode, again.stderr) == (0, "")
    assert "件" not in again.stdout and kb_of(corpus).stat().st_mtime_ns == before


def test_two_builds_are_the_same_to_the_byte(corpus, tmp_path):
    other = make(f"CORPUS={corpus}", f"KB={tmp_path}/kb.db", f"BUILD={tmp_path}/build")
    assert other.returncode == 0
    assert dump(tmp_path / "kb.db") == dump(kb_of(corpus))
    assert (tmp_path / "kb.db").read_bytes() == kb_of(corpus).read_bytes()


def test_editing_one_document_reads_only_that_one_again(corpus):
    text = corpus / "texts/zj-jifen.md"
    text.write_text(
        text.read_text(encoding="utf-8") + "\n第四条 居住证首次申领免收工本费。\n", encoding="utf-8"
    )
    rehash(corpus, "texts/zj-jifen.md")
    done = build(corpus)
    assert done.returncode == 0, done.stderr
    for stage in ("documents", "clauses", "tokens", "measures", "provisions"):
        assert re.search(rf"{stage}: 1 件新\w，3 件未变", done.stdout), done.stdout
    with sqlite3.connect(kb_of(corpus)) as db:
        assert db.execute(
            "select count(*) from clauses where clause_id = 'zj-jifen__art_4'"
        ).fetchone() == (1,)


def test_a_hole_in_the_articles_is_a_warning_in_the_database(corpus):
    with sqlite3.connect(kb_of(corpus)) as db:
        rows = db.execute("select document_id, kind, message from document_warnings").fetchall()
    assert [(row[0], row[1]) for row in rows] == [("zj-jifen", "hole")]
    assert "第二条" in rows[0][2]


def spoil_hash(folder: Path) -> None:
    (folder / "texts/sh-jifen.md").write_text("第一条 改了。", encoding="utf-8")


def spoil_delete(folder: Path) -> None:
    (folder / "texts/sh-jifen.md").unlink()


def spoil_stray(folder: Path) -> None:
    (folder / "texts/stray.md").write_text("第一条 多出来的。", encoding="utf-8")


def spoil_empty(folder: Path) -> None:
    (folder / "texts/sh-jifen.md").write_text("\n\n", encoding="utf-8")
    rehash(folder, "texts/sh-jifen.md")


def spoil_file(folder: Path) -> None:
    (folder / "texts/sh-jifen.md").write_bytes(b"PK\x03\x04 no archive")
    rehash(folder, "texts/sh-jifen.md")


def spoil_region(folder: Path) -> None:
    path = folder / "sources.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("330400", "999999"), encoding="utf-8")


@pytest.mark.parametrize(
    "spoil, found",
    [
        (spoil_hash, "sha256"),
        (spoil_delete, "不存在"),
        (spoil_stray, "没有登记"),
        (spoil_empty, "没有一个汉字"),
        (spoil_file, "texts/sh-jifen.md"),
        (spoil_region, "未知地区"),
    ],
)
def test_what_is_wrong_is_one_line_and_the_old_database_stays(corpus, tmp_path, spoil, found):
    shutil.copytree(corpus.parent, tmp_path / "copy", copy_function=shutil.copy2)
    folder = tmp_path / "copy/corpus"
    before = kb_of(folder).read_bytes()
    spoil(folder)
    done = build(folder)
    said = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert done.returncode != 0 and len(said) == 1
    assert said[0].startswith("错误：") and found in said[0] and "改法：" in said[0]
    assert kb_of(folder).read_bytes() == before


def test_a_corpus_folder_that_is_not_there():
    done = make("CORPUS=tests/nowhere", "KB=build/none.db", "BUILD=build/none")
    assert "tests/nowhere：语料文件夹不存在" in done.stderr and not Path("build/none.db").exists()


def test_every_target_has_help():
    targets = re.findall(r"(?m)^([a-z]+):", Path("Makefile").read_text(encoding="utf-8"))
    shown = make("help").stdout
    assert [target for target in targets if f"make {target} " not in shown] == []
