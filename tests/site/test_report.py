"""make report: the files of the site's downloads, none overwritten, a wrong name told with the right ones."""

import io
import re
import zipfile

import pytest

from pipeline.site import report
from support.building import make

OF_2018 = ["--topic", "首台（套）", "--comparison", "sh-jx", "--as-of", "2018"]


def words(body: bytes) -> str:
    """The text of a Word or Excel file, without what names the address of the site."""
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        names = [
            n
            for n in parts.namelist()
            if n.endswith(("document.xml", "sharedStrings.xml")) or "/sheet" in n
        ]
        text = "".join(parts.read(name).decode("utf-8") for name in sorted(names))
    return re.sub(r"https?://[^/<\"]+", "", re.sub(r"<[^>]+>", "\n", text))


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
async def test_the_files_say_what_the_downloads_of_the_site_say(kb, site, tmp_path, suffix):
    files = report.contents(site.get_database("kb"), "shoutai", "sh-jx", "2018-12-31")
    (data,) = await files
    word = report.labels.of(site.get_database("kb")).word
    written = dict(report.write(data, word, "http://localhost"))
    (body,) = [body for name, body in written.items() if name.endswith(suffix)]
    address = f"/-/topic/shoutai.{suffix}?comparison=sh-jx&date={data['moment']['moment_id']}"
    assert words(body) == words((await site.client.get(address)).content)


def test_a_topic_by_its_name_at_a_day_is_two_files_and_a_second_run_writes_none(
    kb, tmp_path, capsys
):
    out = tmp_path / "reports"
    arguments = [str(kb), *OF_2018, "--out", str(out)]
    assert report.main(arguments) == 0
    files = {path.name: path.read_bytes() for path in out.iterdir()}
    assert len(files) == 2 and all("2018-12-31" in name for name in files)
    next(path for path in out.iterdir() if path.suffix == ".docx").unlink()
    assert report.main(arguments) == 1
    assert re.fullmatch(r"错误：.*已有这个文件，一件也没有写；改法：.*\n", capsys.readouterr().err)
    assert [path.suffix for path in out.iterdir()] == [".xlsx"]


@pytest.mark.parametrize(
    "name, told", [("TOPIC", "shoutai（首台"), ("COMPARISON", "sh-jx（"), ("AS_OF", "2018-12-31（")]
)
def test_a_wrong_name_is_told_in_one_line_with_the_right_ones(kb, tmp_path, capsys, name, told):
    flag = f"--{name.lower().replace('_', '-')}"
    assert report.main([str(kb), flag, "没有的", "--out", str(tmp_path / "out")]) == 1
    line = capsys.readouterr().err
    assert line.startswith(f"错误：{name}：没有 '没有的'；改法：") and told in line
    assert line.count("\n") == 1 and not (tmp_path / "out").exists()


def test_without_a_knowledge_base_it_says_how_to_get_one(tmp_path, capsys):
    assert report.main([str(tmp_path / "kb.db")]) == 1
    assert "先运行 make" in capsys.readouterr().err


def test_make_hands_on_what_it_is_given():
    shown = make("-n", "report", "TOPIC=首台（套）", "AS_OF=2018", "OUT=o").stdout
    assert '--topic "首台（套）"' in shown and '--as-of "2018"' in shown and '--out "o"' in shown
