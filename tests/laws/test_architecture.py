"""The floors of pipeline/: who may import whom, one home a library, small modules, one meaning a class name.

Imports are read from the source, those inside functions too.
"""

import ast
import re

import pytest

from pipeline.__main__ import STAGES, TOOLS
from support.imports import FOLDERS, MODULES, PACKAGES, imports, ours, package, top, tree, within

# A package may import those of the floors below, never one of its own floor.
FLOORS = (
    {"core"},
    {"language", "reviews"},
    {"reading", "structure", "references", "extraction", "similarity"},
    {"validity", "alignment", "matters"},
    {"points", "articles"},
    {"gaps", "curation"},
    {"database", "evaluation", "collection"},
)
# What may be imported against the floors: the index of kb.db must be written by the rules by which the
# site searches it, the log of reviews read by those by which the site writes it, and the site imports
# nothing of the pipeline.
EXCEPTIONS = {
    ("database", "pipeline.site.search.fulltext"),
    ("reviews", "pipeline.site.reviews.review_log"),
}
HOMES = {  # library → the only modules, or packages, that import it
    "rjieba": "pipeline.language.lexicon",
    "jieba": "",  # the reference implementation: for tests only
    "spacy": "pipeline.language.tagger",
    "msgspec": "pipeline.core",
    "distributed": "pipeline.core.computation.cluster",  # not everyone has it
    "sklearn": "pipeline.similarity pipeline.evaluation",
    "sparse_dot_topn": "pipeline.similarity.vectors",
    "sqlite_utils": "pipeline.database",
    "tqdm": "pipeline.core.computation.progress",
    "opencc": "pipeline.site.search.simplified",
    "docx": "pipeline.reading.formats.word.docx pipeline.site.exports.word_file",
    "openpyxl": "pipeline.site.exports.sheets",
    "olefile": "pipeline.reading.formats.word.doc",
    "selectolax": "pipeline.reading.formats.web.html_blocks",
    "pdfplumber": "pipeline.reading.formats.pdf",
    "pdfminer": "pipeline.reading.formats.pdf",
    "httpx2": "pipeline.collection.http_client",
    "protego": "pipeline.collection.robots",
    "charset_normalizer": "pipeline.reading.formats.encodings",
}
LARGEST_FOLDER, LONGEST_MODULE, LONGEST_FUNCTION = 16, 300, 40

STAGE_MODULES = {f"pipeline.{package}.{stage}": stage for stage, package in STAGES.items()}
TOOL_MODULES = {f"pipeline.{package}.{tool}" for tool, package in TOOLS.items()}


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Names that lead back to their first, each importing the next; empty where there is no circle."""
    done: set[str] = set()

    def walk(at: str, way: list[str]) -> list[str]:
        if at in way:
            return [*way[way.index(at) :], at]
        if at in done:
            return []
        for target in sorted(graph.get(at, ())):
            if round_trip := walk(target, [*way, at]):
                return round_trip
        done.add(at)
        return []

    return next(filter(None, (walk(start, []) for start in sorted(graph))), [])


# Floors


def test_every_package_stands_on_a_floor():
    assert {top(module) for module in MODULES} - {"", "site"} == set().union(*FLOORS)


@pytest.mark.parametrize("part", [part for floor in FLOORS for part in sorted(floor)])
def test_a_package_imports_only_from_the_floors_below(part):
    level = next(level for level, floor in enumerate(FLOORS) if part in floor)
    allowed = {part}.union(*FLOORS[:level])
    for module in (module for module in MODULES if top(module) == part):
        above = {target for target in ours(module) if top(target) not in allowed}
        assert {target for target in above if (part, target) not in EXCEPTIONS} == set(), module


def test_the_site_imports_only_the_site():
    for module in (module for module in MODULES if top(module) == "site"):
        assert {top(target) for target in ours(module)} <= {"site"}, module


@pytest.mark.parametrize("stage", STAGE_MODULES, ids=STAGES)
def test_a_stage_imports_no_stage_and_no_tool(stage):
    others = ours(stage) & (STAGE_MODULES.keys() | TOOL_MODULES) - {stage}
    assert others == set()


def test_what_a_stage_imports_imports_no_stage():
    """A stage does not reach another through a helper, either."""
    below = set().union(*FLOORS[:4]) | {"gaps", "database"}
    for module in MODULES.keys() - STAGE_MODULES.keys():
        if top(module) in below:
            assert not ours(module) & (STAGE_MODULES.keys() | TOOL_MODULES), module


def test_no_module_leads_back_to_itself():
    assert circle({module: ours(module) for module in MODULES}) == []


def test_no_package_leads_back_to_itself():
    graph: dict[str, set[str]] = {}
    for module in MODULES:
        graph.setdefault(top(module), set()).update(map(top, ours(module)))
    assert circle({part: targets - {part} for part, targets in graph.items()}) == []


@pytest.mark.parametrize("library, home", HOMES.items())
def test_a_library_has_one_home(library, home):
    users = {m for m in MODULES if any(target.split(".")[0] == library for target in imports(m))}
    homes = home.split()
    assert bool(users) == bool(homes)
    assert all(any(within(user, home) for home in homes) for user in users), users


# What a package says of itself


@pytest.mark.parametrize("part", PACKAGES)
def test_a_package_is_one_docstring_and_nothing_else(part):
    assert ast.get_docstring(tree(part)) and len(tree(part).body) == 1


def stated(part: str) -> set[str]:
    """The packages that a package's docstring says it may import, as dotted names."""
    docstring = ast.get_docstring(tree(part)) or ""
    listed = re.search(r"(?m)^May import: ([^\n]*(?:\n[^\n]+)*)", docstring)
    assert listed, f"{part} does not say what it may import"
    sentence = listed[1].split(". ")[0].rstrip(".")
    if sentence == "nothing of ours":
        return set()
    return {f"pipeline.{word.strip()}" for word in sentence.split(",")}


@pytest.mark.parametrize("part", [p for p in PACKAGES if p not in ("pipeline", "pipeline.site")])
def test_a_package_imports_what_it_says(part):
    """What lies within a package is its own; another package stands for all that lies within that."""
    used = {t for m in MODULES if package(m) == part for t in ours(m) if not within(t, part)}
    named = stated(part)
    assert named <= MODULES.keys(), f"{named - MODULES.keys()} is not there"
    covers = {n: {t for t in used if within(t, n)} for n in named}
    assert used == set().union(*covers.values(), set()), "imported and not said"
    idle = {name for name, targets in covers.items() if not targets}
    assert idle <= {"pipeline.core", "pipeline.language"}, "said and not imported"


# Size and names


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_can_be_seen_at_a_glance(folder):
    modules = [path for path in MODULES.values() if str(path.parent) == folder]
    assert len([path for path in modules if path.name != "__init__.py"]) <= LARGEST_FOLDER


@pytest.mark.parametrize("module", MODULES)
def test_modules_and_functions_stay_small(module):
    assert len(MODULES[module].read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE, (
        "find the second noun in it"
    )
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


def test_a_class_name_means_one_thing():
    homes: dict[str, list[str]] = {}
    for module in MODULES:
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.ClassDef):
                homes.setdefault(node.name, []).append(module)
    twice = {name: modules for name, modules in homes.items() if len(modules) > 1}
    assert twice == {}
