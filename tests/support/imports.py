"""The modules of pipeline/ and what each imports, read from the source."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path("pipeline")


def name(path: Path) -> str:
    """The dotted name of a module; of a package for its __init__.py."""
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


MODULES = {name(path): path for path in sorted(ROOT.rglob("*.py"))}
FOLDERS = sorted({str(path.parent) for path in MODULES.values()})
PACKAGES = [module for module, path in MODULES.items() if path.name == "__init__.py"]


@cache
def tree(module: str) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


@cache
def imports(module: str, inside_functions: bool = True) -> frozenset[str]:
    """Dotted names of the modules that a module imports; `from a import b` gives a.b where that is one of ours."""
    names = set()
    for node in ast.walk(tree(module)) if inside_functions else tree(module).body:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are absolute"
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= (inside & MODULES.keys()) or {str(node.module)}
    return frozenset(names)


def ours(module: str) -> set[str]:
    """The modules of pipeline/ that a module imports."""
    return {target for target in imports(module) if target in MODULES}


def loaded(module: str) -> set[str]:
    """All modules of pipeline/ that importing one loads: its packages, what it imports, and theirs."""
    names: set[str] = set()
    todo = {module}
    while todo:
        here = todo.pop()
        names.add(here)
        packages = {here.rsplit(".", depth)[0] for depth in range(1, here.count(".") + 1)}
        todo |= ((imports(here, inside_functions=False) | packages) & MODULES.keys()) - names
    return names


def package(module: str) -> str:
    """The folder that a module lies in, as a dotted name."""
    return module if module in PACKAGES else module.rpartition(".")[0]


def within(module: str, part: str) -> bool:
    """Whether a module is a package or lies below it."""
    return module == part or module.startswith(f"{part}.")


def top(module: str) -> str:
    """The package of pipeline/ that a module belongs to; empty for pipeline/__main__.py."""
    return package(module).removeprefix("pipeline").strip(".").split(".")[0]
