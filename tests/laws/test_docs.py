"""Documents agree with the code: READMEs, docs/, the help of make and of the command."""

import contextlib
import io
import re
import sqlite3
import subprocess
from pathlib import Path

import pytest

import pipeline.__main__ as command
from pipeline.site.plugins import downloads, pages
from support.building import planned
from support.markdown import DOCUMENTS, GUIDES, anchors, blocks, code, commands, links, read, rows

README, ENGLISH = Path("README.md"), Path("README.en.md")
ARCHITECTURE, STAGES_PAGE = Path("docs/architecture.md"), Path("docs/stages.md")
PACKAGES = sorted(path.parent for path in Path("pipeline").rglob("__init__.py"))[1:]
STAGE_ROWS = {row[0]: row for row in rows(STAGES_PAGE, "| 步骤 | 模块 |")}
MAKEFILE = read(Path("Makefile"))


# Stages and tools


def test_the_page_of_stages_lists_the_stages_in_order_with_their_modules():
    modules = {stage: f"`pipeline/{p}/{stage}.py`" for stage, p in command.STAGES.items()}
    assert [(stage, row[1]) for stage, row in STAGE_ROWS.items()] == list(modules.items())


def test_the_architecture_lists_the_stages_in_order_with_their_packages():
    table = rows(ARCHITECTURE, "| stage | package |")
    assert [(row[0], row[1]) for row in table] == list(command.STAGES.items())


def test_the_architecture_lists_the_rows_that_each_stage_is_made_from():
    rules = re.findall(r"(?m)^\$\((?:BUILD\)/(\w+)\.jsonl|KB\)): *(.*)$", MAKEFILE)
    made_from = {
        stage or "database": re.findall(r"\w+", inputs.partition("ROWS,")[2])
        for stage, inputs in rules
        if "ROWS" in inputs or "inputs.txt" in inputs
    }
    table = rows(ARCHITECTURE, "| stage | package |")
    assert {row[0]: re.findall(r"\w+", row[2]) for row in table} == made_from


def test_the_architecture_names_the_tools_with_their_packages():
    prose = " ".join(read(ARCHITECTURE).split())
    for tool, package in command.TOOLS.items():
        assert re.search(rf"`{tool}`[^.()]*\({package}\)", prose), tool


@pytest.mark.parametrize("stage", command.STAGES)
def test_a_stage_uses_the_data_files_that_the_page_of_stages_names(kb, stage):
    """It opened them in the bundled build, or loaded a module that names them."""
    record = (kb.parent / f"build/{stage}.d").read_text(encoding="utf-8").splitlines()[0]
    used = [path for path in record.split()[1:] if Path(path).is_file()]
    modules = "".join(read(Path(path)) for path in used if path.endswith(".py"))
    for name in code(STAGE_ROWS[stage][3]):
        opened = any(path.startswith(name) for path in used)
        assert opened or re.search(rf"\b{Path(name).stem}\b", modules), name


def test_the_help_of_the_command_lists_stages_and_tools():
    out = io.StringIO()
    with contextlib.redirect_stdout(out), pytest.raises(SystemExit):
        command.main(["--help"])
    assert {*command.STAGES, *command.TOOLS} <= set(re.findall(r"\w+", out.getvalue()))


def test_documents_run_only_stages_and_tools_that_there_are():
    named = {
        name
        for path in GUIDES
        for text in commands(path)
        for name in re.findall(r"-m pipeline ([a-z_]+)", text)
    }
    assert named and named <= {*command.STAGES, *command.TOOLS}


# Packages


def floors() -> dict[str, set[str]]:
    """Package → the packages that the architecture lets it import, in the order of the table."""
    return {
        row[0].removeprefix("`pipeline/").removesuffix("/`"): set()
        if row[3].startswith("nothing of ours")
        else set(row[3].split(", "))
        for row in rows(ARCHITECTURE, "| package | in | out |")
    }


def imported(package: str) -> set[str]:
    """The other top-level packages that a package imports from."""
    text = "\n".join(read(path) for path in Path("pipeline", package).rglob("*.py"))
    direct = re.findall(r"(?m)^\s*(?:from|import) pipeline\.(\w+)", text)
    return {*direct, *re.findall(r"(?m)^\s*from pipeline import (\w+)", text)} - {package}


def test_every_package_stands_in_the_architecture_before_those_that_import_it():
    listed = list(floors())
    assert sorted(listed) == [path.name for path in PACKAGES if len(path.parts) == 2]
    for place, package in enumerate(listed):
        assert floors()[package] <= set(listed[:place]), package


@pytest.mark.parametrize("package", floors())
def test_a_package_imports_no_more_than_the_architecture_says(package):
    assert imported(package) <= floors()[package]


@pytest.mark.parametrize("package", floors())
def test_a_package_that_may_be_imported_is_imported_or_named_in_the_package_itself(package):
    own = read(Path("pipeline", package, "__init__.py"))
    for name in floors()[package] - imported(package):
        assert re.search(rf"\b{name}\b", own), name


@pytest.mark.parametrize("path", PACKAGES, ids=str)
def test_the_architecture_names_every_package(path):
    within = "/".join(path.parts[2:])
    assert {f"{path.as_posix()}/", f"{within}/"} & set(code(read(ARCHITECTURE)))


def test_the_english_readme_maps_every_top_level_package():
    folders = [code(row[0])[0] for row in rows(ENGLISH, "| folder | what is there |")]
    assert {f"pipeline/{name}/" for name in floors()} <= set(folders)


# One clause from file to page

WALKED, MATTER = "sh-2019-shoutai__st-004", "guoji-shoutai-jiangli"
WALK = {code(row[0])[0]: row for row in rows(ARCHITECTURE, "| `build/` |")}


@pytest.mark.parametrize("name", WALK)
def test_what_the_walk_quotes_of_a_clause_is_in_its_rows(kb, name):
    _, quoted, tables = map(code, WALK[name])
    fragments = [text for text in quoted if text.startswith(('"', "["))]
    lines = (kb.parent / "build" / name).read_text(encoding="utf-8").splitlines()
    assert fragments
    ours = [line for line in lines if WALKED.split("__")[0] in line or f'"{MATTER}"' in line]
    assert any(all(text in line for text in fragments) for line in ours)
    with sqlite3.connect(kb) as db:
        assert set(tables) <= {name for (name,) in db.execute("select name from sqlite_master")}


def test_the_walk_names_every_stage_that_has_rows_of_the_clause(kb):
    files = (kb.parent / "build").glob("*.jsonl")
    with_rows = {path.name for path in files if WALKED in path.read_text(encoding="utf-8")}
    assert with_rows and with_rows <= WALK.keys()


def test_the_walk_shows_the_clause_as_it_stands_in_the_corpus():
    (line,) = (text for text in blocks(ARCHITECTURE, "") if "[^st-004]" in text)
    assert line in read(Path("corpus/digests/sh-2019-shoutai.md"))


@pytest.mark.parametrize("page, table, column", [("clause", "clauses", "clause_id"), ("matter", "matters", "matter_id"),
                                                 ("claim", "claims", "claim_id")])  # fmt: skip
def test_the_pages_of_the_walk_have_rows(kb, page, table, column):
    (key,) = re.findall(rf"`/-/{page}/([\w-]+)`", read(ARCHITECTURE))
    with sqlite3.connect(kb) as db:
        assert db.execute(f"select 1 from {table} where {column} = ?", [key]).fetchone()


def test_the_line_that_the_readme_explains_is_a_gap(kb):
    (line,) = re.findall(r"(?m)^> (.*)$", read(README))
    with sqlite3.connect(kb) as db:
        headlines = {text for (text,) in db.execute("select headline from gaps")}
    assert line.replace("**", "") in headlines


# What a build redoes


@pytest.mark.parametrize("row", rows(ARCHITECTURE, "| touched file |"), ids=lambda row: row[0])
def test_touching_a_file_reruns_the_stages_that_the_architecture_says(kb, row):
    build, (path,) = kb.parent / "build", code(row[0])
    assert Path(path).is_file()
    rerun = [] if row[1].startswith("none") else row[1].split(", ")
    assert sorted(planned(kb, build, "-W", path, str(kb))) == sorted(rerun)


# make

TARGETS = dict(re.findall(r"(?m)^([a-z]+):[^#\n]*## *(.*)$", MAKEFILE))
VARIABLES = {
    *re.findall(r"(?m)^([A-Z_]+) *\?=", MAKEFILE),
    *re.findall(r"\$\(if \$\((?:filter-out [^,]*,\$\()?([A-Z]+)\)", MAKEFILE),
    *re.findall(r'test -n "\$[$(]([A-Z]+)\)?"', MAKEFILE),
}


def test_make_help_lists_every_target():
    phony = re.search(r"(?m)^\.PHONY: (.*)$", MAKEFILE)[1].split()
    shown = subprocess.run(["make", "help"], capture_output=True, text=True, check=True).stdout
    typed = {target for target in phony if "-" not in target}  # gold-rows is a step of others
    assert typed == set(TARGETS) == set(re.findall(r"(?m)^ *make ([a-z]+)", shown))


def test_the_english_readme_lists_every_target():
    table = rows(ENGLISH, "| target | what it does |")
    listed = [name for row in table for name in re.findall(r"`make ([a-z]+)`", row[0])]
    assert sorted(listed) == sorted(TARGETS)


@pytest.mark.parametrize("path", GUIDES, ids=str)
def test_what_a_document_tells_to_make_can_be_made(path):
    for text in commands(path):
        for call in re.findall(r'\bmake((?: (?:[a-z]+\b|[A-Z_]+=(?:"[^"]*"|\S*)))*)', text):
            for word in re.sub(r'"[^"]*"', "…", call).split():
                name, is_variable, _ = word.partition("=")
                assert name in (VARIABLES if is_variable else TARGETS), text
        for name in re.findall(r"^([A-Z_]+)(?:=.*)?$", text):
            assert name in VARIABLES | {"STAGE", "FILE"}, name


@pytest.mark.parametrize("target", TARGETS)
def test_a_help_text_names_variables_that_make_reads(target):
    assert set(re.findall(r"\b([A-Z_]+)=", TARGETS[target])) <= VARIABLES


def test_documents_give_the_port_that_make_serves():
    port = re.search(r"(?m)^PORT *\?= *(\d+)", MAKEFILE)[1]
    given = {number for path in GUIDES for number in re.findall(r"127\.0\.0\.1:(\d+)", read(path))}
    assert given == {port}


# Paths, links, addresses, examples

BUILT = {
    "kb.db",
    "sources.toml",
    "changes.jsonl",
    "history.jsonl",
    "verified.jsonl",
    "fetched.jsonl",
    *WALK,
}  # by a build, or a user's own
FILE = re.compile(r"[\w-]+\.(?:py|toml|sql|yaml|md|html|css|jsonl?|lock)")
PATH = re.compile(r"(?<![\w/.])(?:corpus|pipeline|docs|tests|\.ci)/[\w./*-]*")


@pytest.mark.parametrize("path", DOCUMENTS, ids=str)
def test_every_path_that_a_document_names_exists(path):
    for name in PATH.findall(" ".join([*commands(path), *links(path)])):
        assert list(Path().glob(name.rstrip("/."))), name


@pytest.mark.parametrize("path", GUIDES, ids=str)
def test_every_file_that_a_document_names_without_its_folder_exists(path):
    folders = [Path(name) for name in ("corpus", "docs", "pipeline", "tests")]
    there = {file.name for folder in folders for file in folder.rglob("*.*")}
    named = {text for text in code(read(path)) if FILE.fullmatch(text)}
    assert named <= there | BUILT | {file.name for file in Path().iterdir()}


@pytest.mark.parametrize("path", DOCUMENTS, ids=str)
def test_every_link_within_the_repository_resolves(path):
    for target in links(path):
        name, _, anchor = target.partition("#")
        linked = (path.parent / name).resolve() if name else path.resolve()
        assert linked.exists() and linked.is_relative_to(Path.cwd()), target
        assert not anchor or anchor in anchors(linked), target


@pytest.mark.parametrize("path", [path for path in DOCUMENTS if path != README], ids=str)
def test_every_document_is_linked_from_another(path):
    linked = {
        (other.parent / target.partition("#")[0]).resolve()
        for other in GUIDES
        if other != path
        for target in links(other)
    }
    assert path.resolve() in linked


def test_every_picture_is_shown():
    shown = {
        (path.parent / name).resolve()
        for path in GUIDES
        for name in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", read(path))
    }
    assert shown == {path.resolve() for path in Path("docs/images").iterdir()}


@pytest.mark.parametrize("path", GUIDES, ids=str)
def test_every_address_of_ours_that_a_document_names_is_a_page(path):
    routes = [
        pattern
        for pattern, _ in (
            *pages.register_routes(),
            *downloads.register_routes(),
        )
    ]
    closed = {"/-/databases", "/-/config", "/-/plugins"}  # Datasette's own, on a public site
    for text in set(code(read(path))) - closed:
        if text.startswith("/-/"):
            address = re.sub("<[^>]*>", "x", text.partition("?")[0])
            assert any(re.match(route, address) for route in routes), text


@pytest.mark.parametrize("path", GUIDES, ids=str)
def test_every_sql_example_finds_rows(kb, path):
    with sqlite3.connect(kb) as db:
        for query in blocks(path, "sql"):
            assert db.execute(query).fetchone(), query
