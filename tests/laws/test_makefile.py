"""make: builds what changed and nothing else, says what is wrong, and loses nothing.

Everything happens in a copy of the checkout, so that its modules and data files may be touched too.
"""

import hashlib
import os
import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from pipeline.__main__ import STAGES
from support.building import checkout, make, planned, write_document


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """A copy of the test corpus in a copy of the checkout, built once."""
    folder = checkout(tmp_path_factory.mktemp("make") / "checkout") / "mini/corpus"
    shutil.copytree("tests/corpus", folder)
    assert build(folder).returncode == 0
    return folder


def build(corpus: Path, *more: str, to: str | None = None):
    """Build a corpus folder of the copied checkout, into the folder beside it or into another."""
    top = corpus.parents[1]
    target = to or corpus.parent.name
    paths = [f"CORPUS={corpus.relative_to(top)}", f"KB={target}/kb.db", f"BUILD={target}/build"]
    return make(*paths, *more, folder=top)


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


@pytest.fixture(scope="module")
def parallel(corpus):
    """The same corpus built by two stages at a time, into another folder."""
    done = build(corpus, "-j2", to="parallel")
    assert done.returncode == 0, done.stderr
    return corpus.parents[1] / "parallel"


def test_two_builds_are_the_same_to_the_byte(corpus, parallel):
    assert dump(parallel / "kb.db") == dump(kb_of(corpus))
    assert (parallel / "kb.db").read_bytes() == kb_of(corpus).read_bytes()


def test_stages_at_a_time_write_the_same_rows(corpus, parallel):
    names = {path.name for path in (corpus.parent / "build").glob("*.jsonl")}
    assert names == {path.name for path in (parallel / "build").glob("*.jsonl")}
    assert names >= {f"{stage}.jsonl" for stage in STAGES.keys() - {"database"}}
    for name in names:
        rows = [folder / "build" / name for folder in (corpus.parent, parallel)]
        assert rows[0].read_bytes() == rows[1].read_bytes(), name


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


def test_a_text_that_stops_early_is_told_in_the_database(corpus):
    """The rules of government and congress that do not say when they begin, and one that has no 附则."""
    with sqlite3.connect(kb_of(corpus)) as db:
        rows = db.execute(
            "select document_id, last_article, reason from incomplete_texts"
        ).fetchall()
    assert [row[0] for row in rows] == ["sh-jifen", "sh-shoutai", "zj-jifen"]
    assert rows[1][1:] == ("5", "收录文本止于第五条，未见施行日期等附则，疑不完整")


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
def test_what_is_wrong_is_one_line_and_the_old_database_stays(corpus, spoil, found):
    copied = corpus.parents[1] / spoil.__name__
    shutil.copytree(corpus.parent, copied, copy_function=shutil.copy2)
    folder = copied / "corpus"
    before = kb_of(folder).read_bytes()
    spoil(folder)
    done = build(folder)
    said = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert done.returncode != 0 and len(said) == 1
    assert said[0].startswith("错误：") and found in said[0] and "改法：" in said[0]
    assert kb_of(folder).read_bytes() == before


# What is rerun


def plan(corpus: Path, target: str = "") -> list[str]:
    """The stages that make would run for a target, kb.db where none is given."""
    top, name = corpus.parents[1], corpus.parent.name
    kb, build = Path(name, "kb.db"), Path(name, "build")
    folder = f"CORPUS={corpus.relative_to(top)}"
    return planned(kb, build, folder, target or str(kb), folder=top)


def times(corpus: Path) -> dict[str, int]:
    """Stage → when its rows were written."""
    rows = {path.stem: path for path in (corpus.parent / "build").glob("*.jsonl")}
    paths = rows | {"database": kb_of(corpus)}
    return {stage: paths[stage].stat().st_mtime_ns for stage in STAGES}


def rerun(corpus: Path) -> set[str]:
    """The stages that make runs, told by what they write."""
    before = times(corpus)
    done = build(corpus)
    assert done.returncode == 0, done.stderr
    return {stage for stage, time in times(corpus).items() if time != before[stage]}


def test_what_make_plans_is_what_it_runs(corpus):
    os.utime(corpus.parents[1] / "pipeline/gaps/claims.py")
    stages = plan(corpus)
    assert rerun(corpus) == set(stages) == {"claims", "database"}


def test_a_stage_whose_record_is_gone_is_run_again(corpus):
    (corpus.parent / "build/claims.d").unlink()
    assert rerun(corpus) == {"claims", "database"}
    assert (corpus.parent / "build/claims.d").exists()


@pytest.mark.parametrize(
    "file, stage",
    [("pipeline/gaps/claims.py", "claims"), ("corpus/topics.toml", "topics"),
     ("mini/corpus/texts/zj-jifen.md", "documents")],
)  # fmt: skip
def test_a_deleted_file_makes_its_stages_stale_and_stops_nothing(corpus, file, stage):
    path = corpus.parents[1] / file
    path.rename(path.with_name("away"))
    try:
        assert stage in plan(corpus)
    finally:
        path.with_name("away").rename(path)


def test_file_names_that_make_reads_otherwise(corpus):
    """Spaces, and signs that mean something in a Makefile."""
    odd = corpus.parents[1] / "odd/corpus"
    file = "texts/甲 乙#丙$丁:戊%己.md"
    entry = {"id": '"sh-odd"', "title": '"某办法"', "region": '"310000"', "level": '"其他"', "text_kind": '"official"'}  # fmt: skip
    write_document(odd, file, "第一条 为了规范甲事，制定本办法。\n", **entry)
    rows = "odd/build/documents.jsonl"
    assert build(odd, rows).returncode == 0
    assert plan(odd, rows) == []
    os.utime(odd / file)
    assert plan(odd, rows) == ["sources", "documents"]
    assert build(odd, rows).returncode == 0
    (odd / file).unlink()
    done = build(odd, rows)
    assert "不存在" in done.stderr and "No rule" not in done.stderr


# Other targets


def test_a_corpus_folder_that_is_not_there():
    done = make("CORPUS=tests/nowhere", "KB=build/none.db", "BUILD=build/none")
    assert "tests/nowhere：语料文件夹不存在" in done.stderr and not Path("build/none.db").exists()
