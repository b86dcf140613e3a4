"""Adding files to a corpus: what is written, what is refused, what stays as it was."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pipeline.core import regions
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA, Workspace
from pipeline.curation import corpus_folder, manifest_entries
from pipeline.curation.add import run
from pipeline.reading import documents, sources

NOTICE = """嘉兴市人民政府关于印发《嘉兴市甲办法》的通知
嘉政发〔2019〕12号
各县（市、区）人民政府：
现将《嘉兴市甲办法》印发给你们，请遵照执行。
嘉兴市人民政府
2019年3月5日
嘉兴市甲办法
第一条 为了规范甲事，制定本办法。
第二条 对符合条件的企业，给予10万元补贴，具体条件由市财政部门会同有关部门另行规定并公布，每年调整一次，并向社会公开征求意见。
第三条 本办法自2019年4月1日起施行，有效期3年。
"""
PLAIN = "关于乙事的通知\n一、按照规定办理。\n二、自2020年1月1日起执行。\n"


@pytest.fixture
def add(tmp_path, capsys):
    def call(*files: Path, region=None, dry_run=False, corpus=None):
        work = Workspace((corpus or tmp_path / "my",), tmp_path / "build", tmp_path / "kb.db")
        status = run(work, list(files), region, dry_run)
        return status, capsys.readouterr().out

    return call


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def held(folder: Path) -> list:
    return sources.read(folder, regions.load(DATA / "regions.toml"))


def test_a_file_becomes_text_and_entry(add, tmp_path):
    status, told = add(write(tmp_path / "in", "甲.txt", NOTICE))
    (source,) = held(tmp_path / "my")
    assert status == 0 and "收入：嘉兴市甲办法" in told
    assert (source.title, source.region_id, source.level, source.number, source.issuers) == (
        "嘉兴市甲办法", "330400", "行政规范性文件", "嘉政发〔2019〕12号", ["嘉兴市人民政府"],
    )  # fmt: skip
    assert (source.issued_date, source.effective_date, source.expires_date) == (
        "2019-03-05", "2019-04-01", "2022-03-31",
    )  # fmt: skip
    document = documents.read(source)
    assert document.text.startswith("第一条") and document.text.endswith("有效期3年。")
    assert "现将《嘉兴市甲办法》印发给你们" in document.head


def test_no_character_is_lost(add, tmp_path):
    add(write(tmp_path / "in", "甲.txt", NOTICE))
    kept = documents.read(held(tmp_path / "my")[0])
    assert corpus_folder.fingerprint(kept.head + kept.text) == corpus_folder.fingerprint(NOTICE)


def test_existing_entries_stay_as_they_are(add, tmp_path):
    add(write(tmp_path / "in", "甲.txt", NOTICE))
    toml = tmp_path / "my/sources.toml"
    toml.write_text("# 我的备注\n" + toml.read_text(encoding="utf-8"), encoding="utf-8")
    before = toml.read_bytes()
    add(write(tmp_path / "in", "乙.txt", PLAIN), region="330400")
    assert toml.read_bytes().startswith(before)
    assert len(held(tmp_path / "my")) == 2


def test_a_dry_run_writes_nothing(add, tmp_path):
    status, told = add(write(tmp_path / "in", "甲.txt", NOTICE), dry_run=True)
    entry = tomllib.loads(told[: told.index("试读")])["document"][0]
    assert status == 0 and entry["number"] == "嘉政发〔2019〕12号"
    assert not (tmp_path / "my").exists()


@pytest.mark.parametrize(
    "again", [NOTICE, NOTICE.replace("\n", "\n\n"), NOTICE.replace("10万元", "20万元")]
)
def test_a_duplicate_is_refused_with_the_id_of_the_other(add, tmp_path, again):
    add(write(tmp_path / "in", "甲.txt", NOTICE))
    (source,) = held(tmp_path / "my")
    before = (tmp_path / "my/sources.toml").read_bytes()
    with pytest.raises(CorpusError, match=source.document_id):
        add(write(tmp_path / "in", "又.txt", again))
    assert (tmp_path / "my/sources.toml").read_bytes() == before


def test_the_region_is_asked_for_where_the_text_does_not_state_it(add, tmp_path):
    file = write(tmp_path / "in", "乙.txt", PLAIN)
    with pytest.raises(CorpusError, match="REGION="):
        add(file)
    add(file, region="330481")
    assert held(tmp_path / "my")[0].region_id == "330481"


def test_a_region_that_contradicts_the_text_is_noted(add, tmp_path):
    _, told = add(write(tmp_path / "in", "甲.txt", NOTICE), region="310000")
    assert "按 REGION 记作上海市，文中像是嘉兴市" in told


def test_an_unknown_region(add, tmp_path):
    with pytest.raises(CorpusError, match="未知地区"):
        add(write(tmp_path / "in", "甲.txt", NOTICE), region="999999")


@pytest.mark.parametrize(
    "title, kind",
    [("嘉兴市甲办法（征求意见稿）", "draft"), ("《嘉兴市甲办法》政策解读", "commentary")],
)
def test_drafts_and_commentaries_are_marked(add, tmp_path, title, kind):
    _, told = add(write(tmp_path / "in", "丙.txt", f"{title}\n一、总的要求。\n二、其他。\n"))
    assert held(tmp_path / "my")[0].text_kind == kind
    assert "不参加对照" in told


def test_a_folder_ends_with_a_table(add, tmp_path):
    folder = tmp_path / "in"
    write(folder / "嘉兴", "乙.txt", PLAIN)
    write(folder, "甲.txt", NOTICE)
    write(folder, "又甲.txt", NOTICE)
    write(folder, "坏.docx", "不是文档")
    write(folder, "空.txt", "")
    status, told = add(folder)
    lines = told.splitlines()
    assert status == 0 and lines[-1].startswith("共 5 个文件：读入 2")
    assert [line.split("\t")[0] for line in lines[1:-1]].count("未收") == 3
    assert len(held(tmp_path / "my")) == 2
    assert "地区按文件夹名记作嘉兴市" in told


def test_adding_nothing_is_a_failure(add, tmp_path):
    write(tmp_path / "in", "空.txt", "")
    assert add(tmp_path / "in")[0] == 1


def test_an_id_is_the_same_whenever_the_same_text_is_added(add, tmp_path):
    file = write(tmp_path / "in", "甲.txt", NOTICE)
    add(file)
    add(file, corpus=tmp_path / "other")
    assert held(tmp_path / "my")[0].document_id == held(tmp_path / "other")[0].document_id


@pytest.mark.parametrize("name", ["甲 乙（丙）'丁'.txt", "a;b$(c).txt"])
def test_make_takes_any_file_name(tmp_path, name):
    file = write(tmp_path / "in dir", name, NOTICE)
    made = subprocess.run(
        ["make", "add", f"FILE={file}".replace("$", "$$"), f"CORPUS={tmp_path / 'my'}", "DRY=1"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    assert "嘉政发〔2019〕12号" in made.stdout


def test_make_without_a_file_says_how():
    made = subprocess.run(["make", "add"], capture_output=True, text=True, check=False)
    assert made.returncode != 0 and "make add FILE=" in made.stderr


def test_inspect_prints_one_object(tmp_path):
    file = write(tmp_path, "甲.txt", NOTICE)
    made = subprocess.run(
        [sys.executable, "-m", "pipeline", "inspect", str(file)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    import json

    found = json.loads(made.stdout)
    assert (found["title"], found["inner_title"], found["n_articles"], found["scheme"]) == (
        "嘉兴市人民政府关于印发《嘉兴市甲办法》的通知", "嘉兴市甲办法", 3, "articles",
    )  # fmt: skip
    assert found["text"] == NOTICE.strip()


def test_inspect_of_a_bad_file_is_one_line(tmp_path):
    made = subprocess.run(
        [sys.executable, "-m", "pipeline", "inspect", str(tmp_path / "none.docx")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 1 and made.stdout == ""
    assert made.stderr.startswith("错误：") and made.stderr.count("\n") == 1


def test_the_missing_fields_of_an_entry_are_named():
    empty = dict.fromkeys(("number", "issuers", "issued", "effective", "expires"))
    assert manifest_entries.missing(empty) == ["文号", "发文机关", "日期", "施行日期", "有效期"]


@pytest.mark.parametrize("text", ["", "  \n", "404 Not Found"])
def test_a_file_without_text_is_refused_and_does_not_stop_the_others(add, tmp_path, text):
    write(tmp_path / "in", "空.txt", text)
    with pytest.raises(CorpusError, match="空.txt"):
        add(tmp_path / "in/空.txt", region="330400")
    write(tmp_path / "in", "甲.txt", NOTICE)
    assert add(tmp_path / "in")[0] == 0
    assert [source.title for source in held(tmp_path / "my")] == ["嘉兴市甲办法"]


def test_entries_keep_the_line_ends_of_the_file_and_a_link_stays_a_link(add, tmp_path):
    real = tmp_path / "real.toml"
    real.write_bytes("# 我的语料\r\n".encode())
    real.chmod(0o600)
    (tmp_path / "my").mkdir()
    (tmp_path / "my/sources.toml").symlink_to(real)
    add(write(tmp_path / "in", "甲.txt", NOTICE))
    written = real.read_bytes()
    assert written.startswith("# 我的语料\r\n".encode()) and b"\n" not in written.replace(
        b"\r\n", b""
    )
    assert (tmp_path / "my/sources.toml").is_symlink() and real.stat().st_mode & 0o777 == 0o600
    assert [source.title for source in held(tmp_path / "my")] == ["嘉兴市甲办法"]


def test_a_failed_write_is_reported_and_leaves_nothing_behind(add, tmp_path):
    (tmp_path / "my/sources.toml.part").mkdir(parents=True)  # nobody can write there
    with pytest.raises(CorpusError, match="写不进去"):
        add(write(tmp_path / "in", "甲.txt", NOTICE))
    assert list((tmp_path / "my/texts").iterdir()) == []
    (tmp_path / "my/sources.toml.part").rmdir()
    assert add(tmp_path / "in/甲.txt")[0] == 0


def test_an_interruption_reports_what_was_added(add, tmp_path, capsys, monkeypatch):
    for name in ("甲", "乙"):
        write(tmp_path / "in", f"{name}.txt", NOTICE.replace("甲办法", f"{name}办法"))

    def interrupted(self, entry, text, origin):
        if "甲" in str(entry["title"]):
            raise KeyboardInterrupt
        add_entry(self, entry, text, origin)

    add_entry = corpus_folder.CorpusFolder.add
    monkeypatch.setattr(corpus_folder.CorpusFolder, "add", interrupted)
    with pytest.raises(CorpusError, match="已中断，还有 1 个文件没有读"):
        add(tmp_path / "in")
    assert "乙办法" in capsys.readouterr().out
    monkeypatch.undo()
    assert add(tmp_path / "in")[0] == 0
    assert {source.title for source in held(tmp_path / "my")} == {"嘉兴市甲办法", "嘉兴市乙办法"}


@pytest.mark.parametrize(
    "folder, region",
    [
        ("嘉兴", "330400"),
        ("嘉兴/教育", "330400"),  # a subject below the place
        ("浙江", "330000"),
        ("浙江/Hangzhou", None),  # may be a city's
        ("武汉", None),
    ],
)
def test_a_folder_gives_the_region_where_its_name_is_unambiguous(add, tmp_path, folder, region):
    file = write(tmp_path / folder, "乙.txt", PLAIN)
    if region is None:
        with pytest.raises(CorpusError, match="说不出是哪个地区"):
            add(file)
    else:
        assert "按文件夹名" in add(file)[1]
        assert held(tmp_path / "my")[0].region_id == region


def test_a_place_that_the_regions_lack_is_named(add, tmp_path):
    file = write(tmp_path / "in", "丙.txt", PLAIN.replace("关于乙事", "天津市关于乙事"))
    with pytest.raises(CorpusError, match="天津市"):
        add(file)


def test_nearly_the_same_text_under_another_title_is_noted(add, tmp_path):
    rules = "".join(
        f"第{n}条 对第{n}类情形，由市主管部门按照规定办理。\n" for n in "一二三四五六七八九"
    )
    add(write(tmp_path / "in", "甲.txt", f"嘉兴市甲办法\n{rules}"))
    told = add(
        write(tmp_path / "in", "乙.txt", f"嘉兴市办事大全\n本页介绍办理甲事的各项规定。\n{rules}")
    )[1]
    assert "的句子相同" in told
    assert len(held(tmp_path / "my")) == 2
