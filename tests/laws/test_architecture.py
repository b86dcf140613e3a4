"""The house rules: one-way flow, one home a library, small modules, true prerequisites."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path("pipeline")
STAGES = {
    "sources",
    "documents",
    "clauses",
    "facts",
    "tokens",
    "topics",
    "measures",
    "provisions",
    "conditions",
    "document_pairs",
    "citations",
    "validity",
    "alignments",
    "revisions",
    "gaps",
    "gap_changes",
    "claims",
}
# `papers` is one file read by what the stages are made of, for the two tools that look at a file.
EDGES = {
    "database",
    "evaluate",
    "train",
    "digests",
    "papers",
    "entries",
    "inspect",
    "add",
    "__main__",
}
HOMES = {"rjieba": "lexicon", "spacy": "nlp", "sklearn": "features", "sparse_dot_topn": "features",
         "sqlite_utils": "database", "opencc": "hanzi", "docx": "docx", "olefile": "doc",
         "selectolax": "html_blocks", "pdfplumber": "pdf", "pdfminer": "pdf",
         "charset_normalizer": "encodings"}  # fmt: skip
MODULES = {path.stem: path for path in PACKAGE.glob("*.py")}
PARTS = {
    path.parent.name: path.parent for path in PACKAGE.glob("*/__init__.py")
}  # helpers of many files
EVERY = sorted(PACKAGE.rglob("*.py"))


@cache
def imports(path: Path) -> frozenset[str]:
    """Dotted names that a module imports; `from pipeline import a` gives pipeline.a."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inside = node.module == "pipeline"
            found |= {f"pipeline.{a.name}" for a in node.names} if inside else {node.module}
    return frozenset(found)


def ours(path: Path) -> set[str]:
    return {name.split(".")[1] for name in imports(path) if name.startswith("pipeline.")}


@pytest.mark.parametrize("stage", sorted(STAGES))
def test_a_stage_imports_no_stage_and_no_edge(stage):
    assert not ours(MODULES[stage]) & (STAGES | EDGES | {"site"})


@pytest.mark.parametrize("module", sorted(set(MODULES) - STAGES - EDGES))
def test_a_helper_imports_no_stage_and_no_edge(module):
    assert not ours(MODULES[module]) & (STAGES | EDGES)


@pytest.mark.parametrize("part", sorted(PARTS))
def test_a_package_of_helpers_imports_no_stage_and_no_edge(part):
    for path in PARTS[part].glob("*.py"):
        assert not ours(path) & (STAGES | EDGES), path


@pytest.mark.parametrize("library, home", HOMES.items())
def test_a_library_has_one_home(library, home):
    users = {path.stem for path in EVERY if any(n.split(".")[0] == library for n in imports(path))}
    assert users == {home}


def test_the_site_knows_nothing_of_the_pipeline():
    for path in (PACKAGE / "site").rglob("*.py"):
        assert ours(path) <= {"site"}, path


@pytest.mark.parametrize("path", EVERY, ids=str)
def test_modules_and_functions_stay_small(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 300, "find the second noun in it"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 40, node.name


def needed(module: str) -> set[str]:
    """The modules that a module imports, and theirs."""
    found, todo = set(), {module}
    while todo:
        name = todo.pop()
        if name in PARTS:
            todo |= {each for path in PARTS[name].glob("*.py") for each in ours(path)} - {name}
        if name in MODULES and name not in found:
            found.add(name)
            todo |= ours(MODULES[name])
    return found


def prerequisites() -> dict[str, set[str]]:
    """Stage → modules that its rule names, variables expanded."""
    text = Path("Makefile").read_text(encoding="utf-8")
    values = dict(re.findall(r"(?m)^([A-Z]+)\s*\??:?=\s*(.*)$", text))

    def expand(words: str) -> str:
        while found := re.search(r"\$\(([A-Z]+)\)", words):
            words = words.replace(found[0], values.get(found[1], ""))
        return words

    rules = re.findall(r"(?m)^\$\(BUILD\)/(\w+)\.jsonl:\s*(.*)$", text)
    return {stage: set(re.findall(r"pipeline/(\w+)\.py", expand(words))) for stage, words in rules}


def test_a_rule_names_every_package_of_its_stage():
    text = Path("Makefile").read_text(encoding="utf-8")
    for stage in STAGES:
        rule = re.search(rf"(?m)^\$\(BUILD\)/{stage}\.jsonl:.*$", text)
        for part in PARTS.keys() & ours(MODULES[stage]):
            assert rule and f"$({part.upper()})" in rule[0], (stage, part)


@pytest.mark.parametrize("stage", sorted(STAGES))
def test_a_rule_names_every_module_of_its_stage(stage):
    assert needed(stage) <= prerequisites()[stage] | {"__init__"}
