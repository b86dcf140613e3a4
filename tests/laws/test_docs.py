"""Documents agree with the code: READMEs, docs/, help texts, settings, schema comments, corpus/README.md."""

import contextlib
import io
import json
import re
import sqlite3
import subprocess
import sys
import tomllib
from collections import Counter
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest
import yaml

import pipeline.__main__ as command
from pipeline.core import settings
from pipeline.reading import sources

DOCUMENTS = sorted(
    path
    for folder in (".", "docs", "corpus")
    for path in Path(folder).glob("*.md" if folder == "." else "**/*.md")
    if path.name != "CHANGELOG.md" and path.parent.name != "digests"
)
ARCHITECTURE = Path("docs/architecture.md")
STAGES_PAGE = Path("docs/stages.md")
READING = Path("docs/reading-a-gap.md")
EVALUATION = Path("docs/evaluation.md")
CORPUS = Path("corpus")
SCHEMA = Path("pipeline/database/schema.sql")
VIEWS = Path("pipeline/database/views.sql")
SETTINGS = Path("pipeline/core/settings.toml")
METADATA = Path("pipeline/site/metadata.yaml")
PACKAGES = {path.parent for path in Path("pipeline").rglob("__init__.py")} - {Path("pipeline")}
SECTIONS = {
    "features": settings.FEATURES,
    "pairing": settings.PAIRING,
    "alignments": settings.ALIGNMENTS,
    "gaps": settings.GAPS,
    "training": settings.TRAINING,
    "severity": settings.SEVERITY,
    "kind_training": settings.KIND_TRAINING,
    "reading": settings.READING,
}


@cache
def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def table(path: Path, head: str) -> list[list[str]]:
    """The rows of the Markdown table whose header begins with these cells, as lists of cells."""
    lines = read(path).splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(head))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def code(text: str) -> list[str]:
    """The inline code of a Markdown text."""
    return re.findall(r"`([^`\n]+)`", text)


def blocks(path: Path, language: str) -> list[str]:
    """The fenced blocks of a language."""
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", read(path))


# Stages and tools


def test_the_page_of_stages_lists_the_stages_in_order():
    rows = table(STAGES_PAGE, "| 步骤 | 模块")
    listed = [(row[0], row[1].strip("`")) for row in rows]
    assert listed == [(s, f"pipeline/{p}/{s}.py") for s, p in command.STAGES.items()]
    assert all(Path(module).is_file() for _, module in listed)


def test_the_architecture_lists_the_stages_in_order_with_their_packages():
    rows = table(ARCHITECTURE, "| stage | package |")
    assert [(row[0], row[1]) for row in rows] == list(command.STAGES.items())


def test_the_architecture_lists_what_rows_each_stage_is_made_from():
    rules = re.findall(
        r"(?m)^\$\(BUILD\)/(\w+)\.jsonl:(.*)$|^\$\((KB)\):(.*)$", read(Path("Makefile"))
    )
    made_from = {
        stage or "database": ", ".join(re.findall(r"\$\(call ROWS,([\w ]+)\)", rows or kb_rows)).replace(" ", ", ").replace(",,", ",")
        for stage, rows, kb_rule, kb_rows in rules
        if stage or "ROWS" in kb_rows
    }  # fmt: skip
    assert {row[0]: row[2] for row in table(ARCHITECTURE, "| stage | package |")} == made_from


def test_the_architecture_names_the_tools_with_their_packages():
    prose = " ".join(read(ARCHITECTURE).split())
    for tool, package in command.TOOLS.items():
        assert re.search(rf"`{tool}`[^.()]*\({package}\)", prose), tool


@pytest.mark.parametrize("stage", command.STAGES)
def test_a_stage_uses_the_data_files_that_the_page_of_stages_names(kb, stage):
    """It opened them in the bundled build, or loaded a module that reads them where there is need."""
    row = next(row for row in table(STAGES_PAGE, "| 步骤 | 模块") if row[0] == stage)
    record = (kb.parent / f"build/{stage}.d").read_text(encoding="utf-8").splitlines()[0]
    used = [path for path in record.split()[1:] if Path(path).is_file()]
    modules = "".join(read(Path(path)) for path in used if path.endswith(".py"))
    for name in code(row[3]):
        opened = any(path.startswith(name) for path in used)
        assert opened or Path(name).name in modules or Path(name).stem in modules, name


def test_the_command_s_help_lists_stages_and_tools():
    out = io.StringIO()
    with contextlib.redirect_stdout(out), pytest.raises(SystemExit):
        command.main(["--help"])
    words = set(re.findall(r"\w+", out.getvalue()))
    assert {*command.STAGES, *command.TOOLS} <= words


# Packages


def floors() -> dict[str, set[str]]:
    """Package → the packages that the architecture lets it import, in the order of the table."""
    found = {}
    for row in table(ARCHITECTURE, "| package | in | out |"):
        names = set() if row[3].startswith("nothing of ours") else set(row[3].split(", "))
        found[row[0].removeprefix("`pipeline/").removesuffix("/`")] = names
    return found


def imported(package: str) -> set[str]:
    """The top-level packages whose modules a package's modules import."""
    sources = [read(path) for path in Path("pipeline", package).rglob("*.py")]
    pattern = r"(?m)^\s*(?:from|import) pipeline\.(\w+)|^\s*from pipeline import (\w+)"
    hits = [name for text in sources for pair in re.findall(pattern, text) for name in pair if name]
    return set(hits) - {package}


def test_the_architecture_lists_the_top_level_packages_each_above_those_that_import_it():
    listed = list(floors())
    assert sorted(listed) == sorted(path.name for path in PACKAGES if len(path.parts) == 2)
    for i, package in enumerate(listed):
        assert floors()[package] <= set(listed[:i]), package


@pytest.mark.parametrize("package", floors())
def test_a_package_imports_no_more_than_the_architecture_says(package):
    assert imported(package) <= floors()[package]


def test_a_permission_to_import_is_used_or_stands_in_the_package_s_own_docstring():
    for package, allowed in floors().items():
        docstring = read(Path("pipeline", package, "__init__.py"))
        for name in allowed - imported(package):
            assert name in docstring or "everything above" in docstring, (package, name)


def test_the_architecture_names_every_package_of_every_depth():
    named = read(ARCHITECTURE)
    for path in sorted(PACKAGES):
        assert f"`{path.as_posix()}/`" in named or f"`{'/'.join(path.parts[2:])}/`" in named, path


def test_the_english_readme_maps_every_top_level_package():
    mapped = [code(row[0])[0] for row in table(Path("README.en.md"), "| folder | what is there |")]
    packages = {f"pipeline/{name}/" for name in floors()}
    assert packages <= set(mapped)


# One clause from file to page

WALKED = "sh-2019-shoutai__st-004"


@pytest.mark.parametrize("row", table(ARCHITECTURE, "| `build/` |"), ids=lambda row: row[0])
def test_what_the_walk_quotes_of_a_clause_is_in_its_rows(kb, row):
    lines = (kb.parent / "build" / code(row[0])[0]).read_text(encoding="utf-8").splitlines()
    about = [line for line in lines if WALKED in line or '"document_id":"sh-2019-shoutai"' in line]
    quoted = [text for text in code(row[1]) if text.startswith(('"', "["))]
    assert quoted and any(all(text in line for text in quoted) for line in about)
    with sqlite3.connect(kb) as db:
        names = {name for (name,) in db.execute("select name from sqlite_master")}
    assert set(code(row[2])) <= names


def test_the_walk_names_every_stage_that_has_rows_of_the_clause(kb):
    listed = {code(row[0])[0] for row in table(ARCHITECTURE, "| `build/` |")}
    rows = {
        path.name
        for path in (kb.parent / "build").glob("*.jsonl")
        if WALKED in path.read_text(encoding="utf-8")
    }
    assert rows <= listed


def test_the_walk_shows_the_clause_as_it_stands_in_the_corpus():
    line = next(text for text in blocks(ARCHITECTURE, "") if "[^st-004]" in text)
    assert line in read(Path("corpus/digests/sh-2019-shoutai.md"))


def test_the_addresses_of_the_walk_lead_to_rows(kb):
    prose = read(ARCHITECTURE)
    with sqlite3.connect(kb) as db:
        for kind, key in re.findall(r"`/-/(clause|compare|claim)/([\w-]+)`", prose):
            column, name = {"clause": ("clause_id", "clauses"), "compare": ("gap_id", "gaps"), "claim": ("claim_id", "claims")}[kind]  # fmt: skip
            assert db.execute(f"select 1 from {name} where {column} = ?", [key]).fetchone(), key
        for name, key in re.findall(r"`/kb/(\w+)/([\w-]+)`", prose):
            assert db.execute(f"select 1 from {name} where rowid = (select rowid from {name} where clause_id = ?)", [key]).fetchone()  # fmt: skip


def test_the_line_that_the_readme_explains_is_a_gap_s(kb):
    line = next(text for text in read(Path("README.md")).splitlines() if text.startswith("> **"))
    summary = line.removeprefix("> ").replace("**", "")
    with sqlite3.connect(kb) as db:
        summaries = [text for (text,) in db.execute("select summary from gaps")]
    assert any(text.startswith(summary) for text in summaries)


# What a build redoes


@pytest.mark.parametrize("row", table(ARCHITECTURE, "| touched file |"), ids=lambda row: row[0])
def test_touching_a_file_reruns_the_stages_that_the_architecture_says(kb, row):
    build = kb.parent / "build"
    (path,) = code(row[0])
    assert Path(path).is_file()
    plan = subprocess.run(
        ["make", "-n", "-W", path, "-o", f"{build}/inputs.txt", "-o", ".venv/.ready", f"BUILD={build}", f"KB={kb}"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    rerun = re.findall(r"-m pipeline (\w+)", plan)
    listed = [] if row[1].startswith("none") else row[1].split(", ")
    assert sorted(rerun) == sorted(listed)


# make


def targets() -> dict[str, str]:
    """Target → its help text."""
    return dict(re.findall(r"(?m)^([a-z]+):[^#\n]*## *(.*)$", read(Path("Makefile"))))


def variables() -> set[str]:
    """The variables that a user may set: with a default, or read by a recipe."""
    makefile = read(Path("Makefile"))
    defaults = re.findall(r"(?m)^([A-Z_]+) *\?=", makefile)
    asked = re.findall(r"\$\(if \$\((?:filter-out [^,]*,\$\()?([A-Z]+)\)", makefile)
    return {*defaults, *asked, *re.findall(r'"\$\$?\(?([A-Z]+)\)?"', makefile)}


def test_make_help_lists_every_target_that_is_no_file():
    phony = set(re.search(r"(?m)^\.PHONY: (.*)$", read(Path("Makefile")))[1].split())
    shown = subprocess.run(["make", "help"], capture_output=True, text=True, check=True).stdout
    assert phony == set(targets()) == set(re.findall(r"(?m)^ *make ([a-z]+)", shown))


def test_the_english_readme_lists_every_target():
    rows = table(Path("README.en.md"), "| target | what it does |")
    listed = [name for row in rows for name in re.findall(r"`make ([a-z]+)`", row[0])]
    assert Counter(listed) == Counter(targets())


@pytest.mark.parametrize("path", DOCUMENTS, ids=str)
def test_what_a_document_tells_to_make_can_be_made(path):
    spans = [*code(read(path)), *"\n".join(blocks(path, "sh")).splitlines()]
    for span in spans:
        for call in re.findall(
            r"\bmake((?: (?:[a-z]+\b|[A-Z_]+=(?:\"[^\"]*\"|\S*)))*)", span.split("#")[0]
        ):
            words = re.sub(r'"[^"]*"', "x", call).split()
            for word in words:
                name, is_variable, _ = word.partition("=")
                assert name in (variables() if is_variable else targets()), span
    for name in re.findall(r"`([A-Z_]+)=[^`]*`", read(path)):
        assert name in variables(), name


def test_the_help_texts_of_make_name_variables_that_it_reads():
    for target, text in targets().items():
        for name in re.findall(r"\b([A-Z_]+)=", text):
            assert name in variables(), (target, name)


def test_the_address_that_the_readmes_give_is_the_one_that_make_serves():
    port = re.search(r"(?m)^PORT *\?= *(\d+)", read(Path("Makefile")))[1]
    for path in DOCUMENTS:
        assert set(re.findall(r"127\.0\.0\.1:(\d+)", read(path))) <= {port}, path


# Settings


def test_every_key_of_the_settings_is_read_and_every_field_is_set():
    content = tomllib.loads(read(SETTINGS))
    assert content.keys() == SECTIONS.keys()
    for name, section in SECTIONS.items():
        assert set(content[name]) == {field.name for field in fields(section)}, name


def test_every_setting_is_used():
    sources = "\n".join(read(path) for path in Path("pipeline").rglob("*.py"))
    for name, section in SECTIONS.items():
        for field in fields(section):
            assert re.search(rf"\b{name.upper()}\.{field.name}\b", sources), (name, field.name)


def test_every_setting_has_its_reason_beside_it():
    table_has_reason = False
    for line in read(SETTINGS).splitlines():
        if line.startswith("["):
            # Weights by name: the heading says what they weigh.
            table_has_reason = "." in line.split("]")[0] and bool(re.search(r"# *\S", line))
        elif "=" in line.split("#")[0] and not table_has_reason:
            assert re.search(r"# *\S", line), line


def test_no_comment_of_the_settings_names_a_module_that_is_not_there():
    for name in re.findall(r"\bpipeline/[\w/]+\.\w+", read(SETTINGS)):
        assert Path(name).is_file(), name


def test_the_weights_that_the_guide_to_a_gap_quotes_are_those_of_the_settings():
    weights = settings.SEVERITY
    rows = {row[0]: row[1] for row in table(READING, "| 因数 |")}
    assert f"未查得 {weights.kind['not_in_corpus']}，" in rows["类别"]
    assert f"仅上级有规定 {weights.kind['upper_level_only']}" in rows["类别"]
    assert f"写明其他对象的 {weights.named}；没有写明的 {weights.others}" in rows["对象"]


# The schema


def tables_of_schema() -> dict[str, list[str]]:
    """Table → the lines of its definition."""
    found = re.findall(r"(?ms)^create table (\w+) \(.*?^\) strict", read(SCHEMA))
    whole = re.findall(r"(?ms)^(create table \w+ \(.*?)^\) strict", read(SCHEMA))
    return dict(zip(found, (text.splitlines() for text in whole), strict=True))


def described() -> dict[str, dict[str, object]]:
    return yaml.safe_load(read(METADATA))["databases"]["kb"]["tables"]


def columns() -> dict[str, set[str]]:
    """Table or view → its columns."""
    db = sqlite3.connect(":memory:")
    db.execute("create table clauses_fts (rowid integer)")
    db.executescript(read(SCHEMA))
    db.executescript(read(VIEWS))
    names = [name for (name,) in db.execute("select name from sqlite_master where type in ('table', 'view')")]  # fmt: skip
    return {
        name: {row[1] for row in db.execute(f"pragma table_info({name})")}
        for name in names
        if "_fts" not in name
    }


def test_every_table_of_the_schema_has_a_comment():
    for name, lines in tables_of_schema().items():
        assert re.search(r"-- *\S", lines[0]), name


def test_every_table_view_and_column_is_described_for_readers_and_nothing_else():
    assert described().keys() == columns().keys()
    for name, text in described().items():
        assert text.get("title") and text.get("description"), name
        assert set(text["columns"]) == columns()[name], name


# corpus/


def files_of_corpus() -> list[str]:
    names = (path.relative_to(CORPUS).as_posix() for path in CORPUS.rglob("*") if path.is_file())
    return sorted(name for name in names if not Path(name).name.startswith("."))


def test_the_corpus_readme_names_every_data_file_and_nothing_else():
    named = [name for row in table(CORPUS / "README.md", "| 文件 |") for name in code(row[0])]
    files = [name for name in files_of_corpus() if not name.endswith("README.md")]
    for name in named:
        assert (CORPUS / name).exists() or list(CORPUS.glob(name)), name
    for name in files:
        covered = [
            p for p in named if Path(name).match(p) or (p.endswith("/") and name.startswith(p))
        ]
        assert len(covered) == 1, (name, covered)
    assert len(named) == len(set(named))


def test_the_entry_that_the_corpus_readme_shows_is_a_true_one():
    (example,) = blocks(CORPUS / "README.md", "toml")
    (entry,) = tomllib.loads(example)["document"]
    assert entry.keys() <= set(re.findall(r"\w+", read(Path(sources.__file__))))
    assert set(re.search(r"(?m)^level = .*# (.*)$", example)[1].split()) == set(sources.LEVELS)
    for kind in sources.TEXT_KINDS:
        assert re.search(rf"(?m)^text_kind = .*\b{kind}\b", example), kind


def test_the_readme_of_the_annotations_names_every_one():
    rows = table(CORPUS / "gold/README.md", "| 文件 |")
    ranges = [re.findall(r"([A-Z])(\d+)\.json", row[0]) for row in rows]
    named = {
        f"{a[0]}{n}" for a, *b in ranges if a for n in range(int(a[1]), int((b or [a])[0][1]) + 1)
    }
    absent = {name for row in rows for name in re.findall(r"没有 ([A-Z]\d+)", row[1])}
    annotated = {path.stem for path in (CORPUS / "gold").glob("[A-Z]*.json")}
    assert named - absent == annotated and not absent & annotated
    numerals = dict(zip("一二三四五六七八九十", range(1, 11), strict=True))
    for row, (group, *_) in zip(rows, (r[0] for r in ranges if r), strict=False):
        text = re.match(r"([一二三四五六七八九十]+)对", row[1])[1]
        count = numerals[text] if len(text) == 1 else 10 + numerals[text[1]]
        assert count == len([name for name in annotated if name.startswith(group)])


# Figures


def test_the_figures_of_the_kinds_are_those_noted_at_training():
    (path,) = CORPUS.glob("*/figures.json")
    kinds = json.loads(read(path))["kinds"]
    right = "、".join(f"{kinds[name]['right']:.2f}（{name}1" for name in "DE")
    text = read(EVALUATION)
    assert re.search(right.replace("（D1", "（D1–D9）").replace("（E1", "（E1–E16）"), text)
    assert (
        f"总说“范围”的占 {kinds['D']['always scope']:.2f}、{kinds['E']['always scope']:.2f}" in text
    )


def test_the_counts_that_documents_give_are_true():
    pairs = len(list((CORPUS / "gold").glob("[A-Z]*.json")))
    assert f"有 {pairs} 对法规的人工标注" in read(EVALUATION)
    articles = int(read(CORPUS / "background/words.tsv").splitlines()[0].split("\t")[1])
    assert f"{articles:,}" in read(CORPUS / "README.md") and f"{articles:,}" in read(ARCHITECTURE)


# Paths, links, addresses, examples

TOP = r"(?:corpus|pipeline|docs|tests|\.ci)/[\w./*{},-]*"
KEPT_ELSEWHERE = {"kb.db", "sources.toml", "measures.json"}  # built, or a user's own


@pytest.mark.parametrize("path", [*DOCUMENTS, Path("CHANGELOG.md")], ids=str)
def test_every_path_that_a_document_names_exists(path):
    text = read(path).split("\n## ")[1] if path.name == "CHANGELOG.md" else read(path)
    for name in re.findall(rf"(?<![\w/.]){TOP}", "\n".join([*code(text), *blocks(path, "sh")])):
        if name.rstrip("/") not in ("tests/cases",):
            assert list(Path().glob(name.rstrip("/."))), name
    every = {file.name for folder in ("pipeline", "corpus", "docs", "tests") for file in Path(folder).rglob("*")}  # fmt: skip
    every |= {file.name for file in Path().iterdir()} | KEPT_ELSEWHERE
    for name in code(text):
        if re.fullmatch(r"[\w-]+\.(?:py|toml|sql|yaml|md|html|css|lock|service)", name):
            assert name in every, name


def slug(heading: str) -> str:
    """A heading's anchor, as GitHub makes it."""
    plain = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return plain.replace(" ", "-")


@pytest.mark.parametrize("path", [*DOCUMENTS, Path("CHANGELOG.md")], ids=str)
def test_every_link_within_the_repository_resolves(path):
    for target in re.findall(r"\]\(([^)\s]+)\)", read(path)):
        if target.startswith(("http:", "https:")):
            continue
        name, _, anchor = target.partition("#")
        linked = (path.parent / name).resolve() if name else path.resolve()
        assert linked.exists() and linked.is_relative_to(Path.cwd()), target
        if anchor:
            headings = re.findall(r"(?m)^#+ (.*)$", linked.read_text(encoding="utf-8"))
            assert anchor in map(slug, headings), target


@pytest.mark.parametrize("path", DOCUMENTS, ids=str)
def test_every_document_is_reached_from_a_readme(path):
    others = [other for other in DOCUMENTS if other != path]
    links = {(o.parent / t.partition("#")[0]).resolve() for o in others for t in re.findall(r"\]\(([^)\s]+)\)", read(o))}  # fmt: skip
    assert path.name == "README.md" and path.parent == Path() or path.resolve() in links


def test_every_picture_is_shown():
    shown = {
        (path.parent / name).resolve()
        for path in DOCUMENTS
        for name in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", read(path))
    }
    assert shown == {path.resolve() for path in Path("docs/images").iterdir()}


def routes() -> list[re.Pattern[str]]:
    """The addresses of our pages, as the plugins register them."""
    folder = Path("pipeline/site/plugins")
    sources = "\n".join(read(path) for path in folder.glob("*.py"))
    key = r"(?P<key>[^/]+?)(?P<format>\.json)?$"
    found = re.findall(r"""\(r?f?r?"(\^/[^"]*)",""", sources)
    return [re.compile(pattern.replace("{KEY}", key)) for pattern in found]


@pytest.mark.parametrize("path", DOCUMENTS, ids=str)
def test_every_address_of_ours_that_a_document_names_is_a_page(path):
    closed = {"/-/databases", "/-/config", "/-/plugins"}  # Datasette's own, named as closed
    for span in code(read(path)):
        if span.startswith("/-/") and span not in closed:
            address = re.sub(r"<[^>]*>", "x", span.partition("?")[0])
            assert any(route.match(address) for route in routes()), span


@pytest.mark.parametrize("path", DOCUMENTS, ids=str)
def test_every_sql_example_finds_something(kb, path):
    with sqlite3.connect(kb) as db:
        for query in blocks(path, "sql"):
            assert db.execute(query).fetchone(), query


def test_the_grades_kinds_and_changes_of_the_glossary_are_those_of_the_schema():
    glossary = {row[1]: row[2] for row in table(ARCHITECTURE, "| 中文 | English")}
    for word, column in (("grade", "grade"), ("gap change", "change"), ("favours", "favours")):
        codes = re.findall(rf"(?m)^ +{column} +text[^\n]*check \({column} in \(([^)]*)\)", read(SCHEMA))[0]  # fmt: skip
        for each in re.findall(r"'(\w+)'", codes):
            assert re.search(rf"\b{each}\b", glossary[word]), (word, each)


def test_the_command_that_documents_name_is_this_one():
    spans = [span for path in DOCUMENTS for span in [*code(read(path)), *blocks(path, "sh")]]
    named = {name for span in spans for name in re.findall(r"-m pipeline (\w+)", span)}
    assert named - {"STAGE"} <= {*command.STAGES, *command.TOOLS}
    assert sys.version_info >= (3, 11) and "Python 3.11" in read(Path("README.md"))
