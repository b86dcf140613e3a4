"""make verify: what is found at the addresses of facts, against a server on loopback, and what a build makes of it."""

import datetime
import json
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.collection import verify
from pipeline.collection.source_checks import figure_search, verify_settings
from pipeline.collection.verify import VerifyOptions
from pipeline.core import fact_files
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA
from pipeline.language import lexicon
from support.building import built, write_document
from support.files import p, pdf, shown, word
from support.law_collection import settings
from support.loopback import Answer, serving

FILLER = "".join(
    f"<p>各有关单位应当按照本办法的规定办理渡船登记手续，第{n}次通知。</p>" for n in range(20)
)
RIGHT = "本市对国际首台套装备研制单位给予最高2000万元的奖励。"
LOGIN = "<html><title>用户登录</title><form><input type=password></form></html>".encode()
GONE_200 = "<html><title>出错了</title><p>您访问的页面不存在</p></html>".encode()
TODAY = datetime.date.today().isoformat()


def page(body: str, encoding: str = "utf-8") -> bytes:
    body = body if body.startswith("<") else f"<p>{body}</p>"
    return f"<html><head><meta charset={encoding}><title>装备奖励办法</title></head><body>{FILLER}{body}{FILLER}</body></html>".encode(encoding)  # fmt: skip


def table(header: str, cell: str) -> bytes:
    rows = f"<tr><th>装备类别</th><th>{header}</th></tr><tr><td>国际首台套奖励</td><td>{cell}</td></tr><tr><td>国内首台套奖励</td><td>7</td></tr>"
    return page(f"<table>{rows}</table>")


def fact(fact_id: str, url: str | None, value: float | None = 2000, unit: str = "万元", **more):
    return {
        "id": fact_id, "document": "sh-a", "topic": "shoutai", "attribute": "国际首台套奖励上限",
        "statement": "上海对国际首台套装备最高奖励2000万元。", "condition": None, "note": "编者的话。", "value": value,
        "unit": unit, "as_of": None, "source": "某网", "url": url, "source_kind": "press", "confidence": "medium",
    } | more  # fmt: skip


@pytest.fixture
def host():
    with serving() as one:
        yield one


@pytest.fixture
def run(host, tmp_path, capsys):
    """Check facts given as id → path at the host: exit status, what was printed, the checks by fact."""

    def call(facts, **how):
        rows = [
            row if isinstance(row, dict) else fact(name, f"{host.url}{row}")
            for name, row in facts.items()
        ]
        folder = tmp_path / "corpus/facts"
        folder.mkdir(parents=True, exist_ok=True)
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / "a.jsonl").write_text(lines, encoding="utf-8")
        path, verified = settings(tmp_path / "settings", host.url, {}), tmp_path / "verified.jsonl"
        status = verify.run(VerifyOptions((tmp_path / "corpus",), verified, path, **how))
        return status, capsys.readouterr().out, fact_files.checks(verified)

    return call


# What a page says of a figure


@pytest.mark.parametrize(
    "text",
    [
        RIGHT,
        RIGHT.replace("2000万", "2,000万"),
        RIGHT.replace("2000万", "２０００ 万"),
        RIGHT.replace("2000万", "二千万"),
        RIGHT.replace("2000万", "贰仟万"),
        RIGHT.replace("2000万", "20000000"),
        RIGHT.replace("2000万", "0.2亿"),
        RIGHT.replace("2000万", "500至2000万"),
        RIGHT.replace("2000万", "2000—3000万"),
    ],
)
def test_the_figure_is_found_in_any_writing(host, run, text):
    host.files = {"/a.html": page(text)}
    status, _, checks = run({"a": "/a.html"})
    assert (status, checks["a"].state, checks["a"].date) == (0, "confirmed", TODAY)
    assert "首台" in checks["a"].note


@pytest.mark.parametrize(
    "text",
    [
        RIGHT.replace("2000", "1800"),
        RIGHT.replace("2000", "12000"),
        RIGHT.replace("2000万元", "2000元"),
        RIGHT.replace("2000万元", "2000万户"),
        RIGHT.replace("2000", "2000.5"),
        "渡船登记费全年收入2000万元。",
        "国际首台套装备研制单位奖励另行规定。" + FILLER + "<p>渡船登记费全年收入2000万元。</p>",
    ],
)
def test_another_figure_or_another_matter_is_not_taken_for_it(host, run, text):
    host.files = {"/a.html": page(text)}
    status, told, checks = run({"a": "/a.html"})
    assert (status, checks["a"].state) == (0, "not_seen") and "a：2000万元" in told


@pytest.mark.parametrize(
    "value, unit, text, found",
    [
        (30, "%", "按合同额的百分之三十奖励", True),
        (30, "%", "按合同额的30％奖励", True),
        (30, "%", "按合同额的30万元奖励", False),
        (30, "%", "按合同额的20%-30%奖励", True),
        (20, "%", "按合同额的20-30%奖励", True),
        (1.2, "元/平方米", "每平方米1.2元奖励", True),
        (12, "万元/亩·年", "每亩奖励12万元", True),
        (1, "年", "奖励期十二个月", True),
        (18, "个月", "奖励期18个月", True),
        (20, "条", "第20条奖励", False),
        (20, "条", "奖励办法共20条", True),
        (4, "个行业", "奖励四个重点行业", True),
        (10, "分", "奖励10分钟", False),
        (10, "分", "奖励十分", True),
        (2, "亿千瓦时", "奖励2亿千瓦时", True),
    ],
)
def test_units(value, unit, text, found):
    how, lex = verify_settings.load(), lexicon.load(DATA / "lexicon")
    wanted = figure_search.figures(value, unit, how)
    seen = figure_search.find(text, wanted, ["奖励"], lex, how)
    assert (seen.seen, bool(seen.words)) == (found, found)


@pytest.mark.parametrize(
    "header, cell, state",
    [
        ("奖励（万元）", "2000", "confirmed"),
        ("奖励（元）", "20,000,000", "confirmed"),
        ("奖励", "2000万元", "confirmed"),
        ("奖励（万元）", "二千", "confirmed"),
        ("奖励（万元）", "不超过2000", "confirmed"),
        ("奖励（元）", "2000", "not_seen"),
        ("奖励", "2000", "not_seen"),
        ("奖励（万元）", "200", "not_seen"),
    ],
)
def test_a_cell_of_a_table_has_its_unit_from_its_header(host, run, header, cell, state):
    host.files = {"/a.html": table(header, cell)}
    assert run({"a": "/a.html"})[2]["a"].state == state


def test_the_line_above_a_table_may_name_the_unit(host, run):
    plain = table("奖励", "2000").replace(b"<table>", "<p>单位：万元</p><table>".encode())
    host.files = {"/a.html": plain}
    assert run({"a": "/a.html"})[2]["a"].state == "confirmed"


def test_pdf_and_word_and_a_page_of_another_encoding(host, run, tmp_path):
    filler = "".join(
        shown("各有关单位应当按照本办法办理渡船登记", 92, 700 - 28 * n) for n in range(5)
    )
    host.files = {
        "/a.pdf": pdf(filler + shown(RIGHT[:20], 92, 500) + shown(RIGHT[20:], 92, 472)),
        "/wrong.pdf": pdf(filler + shown(RIGHT.replace("2000", "1900"), 92, 500)),
        "/a.docx": word(tmp_path / "a.docx", p("奖励办法"), p(RIGHT)).read_bytes(),
        "/download?id=1": word(tmp_path / "b.docx", p("奖励办法"), p(RIGHT)).read_bytes(),
        "/gbk.html": page(RIGHT, "gb18030"),
    }
    status, told, checks = run({path: path for path in host.files})
    assert status == 0, told
    states = {name: check.state for name, check in checks.items()}
    assert states.pop("/wrong.pdf") == "not_seen"
    assert set(states.values()) == {"confirmed"}, states


# What servers do


HOME = {"/index.html": b"<html>home</html>"}


@pytest.mark.parametrize(
    "answer, state, note",
    [
        (Answer(status=404), "page_gone", "页面不在（404）"),
        (Answer(status=410), "page_gone", "页面不在（410）"),
        (Answer(GONE_200), "page_gone", "得到的是出错页"),
        (Answer(status=302, headers={"location": "/index.html"}), "page_gone", "转到了首页"),
        (Answer(LOGIN), "unchecked", "得到的是登录页"),
        (Answer(status=500), "unchecked", "服务器答 500"),
        (Answer(page(RIGHT), cut=100), "unchecked", "连接断了"),
        (Answer(page(RIGHT), pause=3.0, headers={"content-length": "99999"}), "unchecked", "等不到回应"),
        (Answer(b"%PDF-1.4 broken"), "unchecked", ""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_page_that_is_not_had_is_one_line_and_the_rest_goes_on(host, run, answer, state, note):
    host.files = HOME | {"/a.html": answer, "/b.html": page(RIGHT)}
    status, told, checks = run({"a": "/a.html", "b": "/b.html"})
    (line,) = [line for line in told.splitlines() if line.startswith("没收：")]
    assert status == 1 and "/a.html" in line and note in line and "1 个事实" in line
    assert (checks["a"].state, checks["b"].state) == (state, "confirmed")
    assert note in checks["a"].note


def test_a_page_that_moved_is_read_where_it_is(host, run):
    moved = Answer(status=301, headers={"location": "/new/a.html"})
    host.files = {"/a.html": moved, "/b.html": Answer(status=302, headers={"location": "/new/b.html"}),
                  "/new/a.html": page(RIGHT), "/new/b.html": page("渡船登记办法。")}  # fmt: skip
    status, _, checks = run({"a": "/a.html", "b": "/b.html"})
    assert status == 0
    assert (checks["a"].state, checks["b"].state) == ("confirmed", "not_seen")
    assert all("转到了" in check.note and "/new/" in check.note for check in checks.values())


def test_robots_are_obeyed(host, run):
    host.files = {"/robots.txt": b"User-agent: *\nDisallow: /no/", "/no/a.html": page(RIGHT)}
    status, _, checks = run({"a": "/no/a.html"})
    assert (status, checks["a"].state) == (1, "unchecked") and "robots.txt" in checks["a"].note
    assert "/no/a.html" not in host.asked


def test_a_page_is_asked_for_once_on_one_connection(host, run):
    host.files = {"/a.html": page(RIGHT), "/b.html": page(RIGHT)}
    facts = {f"a{n}": "/a.html" for n in range(3)} | {"a3": "/a.html#part", "b": "/b.html"}
    _, _, checks = run(facts)
    assert sorted(host.asked) == ["/a.html", "/b.html", "/robots.txt"] and host.connections == 1
    assert {check.state for check in checks.values()} == {"confirmed"} and len(checks) == 5


def test_what_has_no_address_or_no_figure_is_not_asked_for(host, run):
    facts = {"a": fact("a", None), "b": fact("b", f"{host.url}/b.html", None, "上千万元")}
    status, told, checks = run(facts)
    assert (status, host.asked, checks) == (0, [], {}) and "未核\t1" in told


# Again


def test_what_was_checked_not_long_ago_is_not_asked_again_unless_forced(host, run, tmp_path):
    host.files = {"/a.html": page(RIGHT), "/b.html": Answer(status=500)}
    facts = {"a": "/a.html", "b": "/b.html"}
    run(facts)
    host.forget()
    run(facts)
    assert host.asked == ["/robots.txt", "/b.html"], "what was not had is"
    host.forget()
    run(facts, force=True)
    assert set(host.asked) == {"/robots.txt", "/a.html", "/b.html"}
    file = tmp_path / "verified.jsonl"
    old = file.read_text(encoding="utf-8").replace(TODAY, "2020-01-01")
    file.write_text(old, encoding="utf-8")
    host.forget()
    assert run(facts)[2]["a"].date == TODAY and "/a.html" in host.asked


def test_a_limit_goes_on_where_the_last_run_stopped(host, run):
    host.files = {f"/{n}.html": page(RIGHT) for n in range(5)}
    facts = {f"f{n}": f"/{n}.html" for n in range(5)}
    counts = [len(run(facts, limit=2)[2]) for _ in range(3)]
    assert counts == [2, 4, 5]
    pages = [path for path in host.asked if path.endswith(".html")]
    assert len(pages) == len(set(pages)) == 5


def test_a_page_that_cannot_be_had_this_time_leaves_the_earlier_check(host, run):
    host.files = {"/a.html": page(RIGHT)}
    run({"a": "/a.html"})
    host.files = {"/a.html": Answer(status=500)}
    status, _, checks = run({"a": "/a.html"}, force=True)
    assert (status, checks["a"].state) == (1, "confirmed")
    host.files = {}
    assert run({"a": "/a.html"}, force=True)[2]["a"].state == "page_gone"


def test_a_fact_that_was_changed_is_checked_anew(host, run):
    host.files = {"/a.html": page(RIGHT)}
    run({"a": "/a.html"})
    other = fact("a", f"{host.url}/a.html", 1500)
    assert run({"a": other})[2]["a"].state == "not_seen"


def test_checks_of_facts_that_are_not_here_stay(host, run):
    host.files = {"/a.html": page(RIGHT), "/b.html": page(RIGHT)}
    run({"a": "/a.html"})
    assert set(run({"b": "/b.html"})[2]) == {"a", "b"}


@pytest.mark.parametrize("before", [False, True])
def test_without_a_network_nothing_changes(host, run, tmp_path, before):
    file = tmp_path / "verified.jsonl"
    if before:
        host.files = {"/a.html": page(RIGHT)}
        run({"a": "/a.html"})
    kept = file.read_bytes() if before else None
    with serving() as closed:
        dead = closed.url  # nobody listens there once the block is left
    facts = {f"f{n}": fact(f"f{n}", f"{dead}/{n}.html") for n in range(3)}
    with pytest.raises(CorpusError, match="没有联网"):
        run(facts, force=True)
    assert (file.read_bytes() if file.exists() else None) == kept


def test_a_damaged_file_of_checks_is_named_and_stays(run, tmp_path):
    file = tmp_path / "verified.jsonl"
    file.write_text('{"fact_id":"a"}\n', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"verified\.jsonl 第 1 行.*改法："):
        run({"a": "/a.html"})
    assert file.read_text(encoding="utf-8") == '{"fact_id":"a"}\n'


# In a build


def test_a_build_joins_the_checks_and_leaves_the_editors_words(tmp_path):
    corpus = tmp_path / "corpus"
    (corpus / "facts").mkdir(parents=True)
    facts = [fact(name, f"https://a.example/{name}") for name in ("x-1", "x-2", "x-3")]
    lines = [json.dumps(row, ensure_ascii=False) for row in facts]
    (corpus / "facts/a.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    head = "# 上海市装备奖励办法\n\n文本性质：摘编。\n\n<!-- INFO END -->\n\n"
    text = head + "".join(f"{n}. 国际首台套装备最高奖励2000万元。[^x-{n}]\n\n" for n in (1, 2, 3))
    write_document(corpus, "texts/a.md", text, id='"sh-a"', title='"上海市装备奖励办法"', region='"310000"',
        level='"行政规范性文件"', issuers="[]", issued="2019-01-02", text_kind='"digest"', url='"https://a.example/"')  # fmt: skip
    plain = states(built(corpus, tmp_path))
    assert plain == {f"x-{n}": ("unchecked", None, None, "medium", "编者的话。") for n in (1, 2, 3)}
    one = {"fact_id": "x-1", "url": "https://a.example/x-1", "value": 2000, "unit": "万元",
        "state": "confirmed", "date": "2026-01-02", "note": "旁边有：首台套"}  # fmt: skip
    stale = one | {"fact_id": "x-2", "url": "https://a.example/x-2", "value": 1999}
    rows = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in (one, stale))
    (tmp_path / "verified.jsonl").write_text(rows, encoding="utf-8")
    done = states(built(corpus, tmp_path))
    assert done.pop("x-1") == ("confirmed", "2026-01-02", "旁边有：首台套", "medium", "编者的话。")
    assert set(done.values()) == {plain["x-2"]}, "a check of another figure says nothing"
    (tmp_path / "verified.jsonl").unlink()
    assert states(built(corpus, tmp_path)) == plain


def states(kb: Path) -> dict[str, tuple]:
    with sqlite3.connect(kb) as db:
        rows = db.execute(
            "select fact_id, checked, checked_date, checked_note, confidence, note from facts"
        )
        return {name: tuple(rest) for name, *rest in rows}


@pytest.mark.parametrize("after", [1, 3])
def test_what_was_checked_before_a_kill_is_kept_and_not_asked_again(host, run, tmp_path, after):
    paths = [f"/{n}.html" for n in range(6)]
    host.files = {path: page(RIGHT) for path in paths[:after]}
    facts = {path: path for path in paths[:after]}
    run(facts)  # writes facts and settings
    (tmp_path / "verified.jsonl").unlink()
    host.files |= {path: Answer(page(RIGHT), pause=0.5) for path in paths[after:]}
    rows = [fact(path, f"{host.url}{path}") for path in paths]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (tmp_path / "corpus/facts/a.jsonl").write_text(lines, encoding="utf-8")
    host.forget()
    command = [sys.executable, "-m", "pipeline", "verify", "--corpus", tmp_path / "corpus",
        "--sources", tmp_path / "settings/fetch.toml", "--verified", tmp_path / "verified.jsonl"]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while paths[after] not in host.asked and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    kept = fact_files.checks(tmp_path / "verified.jsonl")
    assert set(kept) == set(paths[:after])
    host.files = {path: page(RIGHT) for path in paths}
    host.forget()
    assert set(run({path: path for path in paths})[2]) == set(paths)
    assert host.asked == ["/robots.txt", *paths[after:]]
