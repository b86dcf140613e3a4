"""Regular expressions of the project, and inputs made to slow each down.

An expression whose time grows faster than its input can be held up by whoever writes a document. The
inputs are made from the expression itself: a way up to a repetition, the repeated part many times, and
a character that lets the match fail.
"""

import ast
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from re import _constants as codes  # the parsed form of an expression; no public name
from re import _parser as parser
from typing import Any

_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_LONG = 3  # repetitions at least this open are pumped
_ANY = ("甲", "第", "1", "一", "、", "（", "元", " ", "a", "\n", "《", "。", "<", "-", "|", "\x00")
_FAILING = ("", "\x00", "乙!", "\n!")
Recorded = dict[tuple[str, int], str]  # expression and flags → where it was compiled


def of_the_project() -> Recorded:
    """All expressions: of every module, and those that a build puts together from corpus/patterns."""
    home = Path("pipeline").resolve()

    def work() -> None:
        from pipeline.__main__ import STAGES, main  # here, so that what it imports is recorded

        for path in sorted(home.rglob("*.py")):
            if "plugins" not in path.parts and path.name != "__main__.py":
                import_module(".".join(path.relative_to(home.parent).with_suffix("").parts))
        with tempfile.TemporaryDirectory() as folder:
            paths = ["--build", folder, "--kb", f"{folder}/kb.db", "--jobs", "1"]
            for stage in STAGES:
                main(["--corpus", "tests/corpus", *paths, stage])

    recorded = record(work, home)
    there = literals(Path("pipeline"))
    return recorded | {key: where for key, where in there.items() if key not in recorded}


def record(work: Callable[[], object], folder: Path) -> Recorded:
    """The expressions that modules below a folder compile while work is done."""
    compiled: Recorded = {}
    original = re._compile

    def noting(pattern: Any, flags: int) -> Any:
        made = original(pattern, flags)
        frame = sys._getframe(1)
        while frame and frame.f_code.co_filename == re.__file__:
            frame = frame.f_back
        if frame and str(folder) in frame.f_code.co_filename and isinstance(made.pattern, str):
            name = Path(frame.f_code.co_filename).relative_to(folder.parent).as_posix()
            compiled.setdefault((made.pattern, made.flags), f"{name}:{frame.f_lineno}")
        return made

    re._compile = noting
    try:
        work()
    finally:
        re._compile = original
    return compiled


def literals(folder: Path) -> Recorded:
    """The expressions that stand as text in calls of re below a folder, also in functions that did not run."""
    there: Recorded = {}
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if _is_call_of_re(node) and isinstance(
                text := getattr(node.args[0], "value", None), str
            ):
                compiled = re.compile(text)
                there[text, compiled.flags] = f"{path.as_posix()}:{node.lineno}"
    return there


def _is_call_of_re(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and bool(node.args)
    )


def attacks(pattern: str, flags: int) -> Iterator[tuple[str, str, str]]:
    """Inputs against an expression, each as what leads in, what is repeated, and what follows."""
    pumps = dict.fromkeys(("", pump, "") for pump in _ANY)
    for lead, pump in _repetitions(parser.parse(pattern, flags), ""):
        if pump:
            pumps |= dict.fromkeys((way, pump, end) for way in (lead, "") for end in _FAILING)
    yield from pumps


def _repetitions(items: Any, lead: str) -> Iterator[tuple[str, str]]:
    """Of every open repetition: a text that leads to it, and its parts, in turn and one by one."""
    for code, value in items:
        if code in _REPEATS:
            _, most, inner = value
            if most >= _LONG:
                for variant in range(_LONG):
                    yield lead, _sample(inner, variant)
            yield from _repetitions(inner, lead)
        else:
            for inner in _inside(code, value):
                yield from _repetitions(inner, lead)
        lead += _sample([(code, value)], 0)


def _inside(code: Any, value: Any) -> list[Any]:
    if code is codes.BRANCH:
        return list(value[1])
    if code is codes.SUBPATTERN:
        return [value[-1]]
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return [value[1]]
    return [value] if code is codes.ATOMIC_GROUP else []


def _sample(items: Any, variant: int) -> str:
    """A text that some items match; variants take other branches and other characters."""
    return "".join(_one(code, value, variant) for code, value in items)


def _one(code: Any, value: Any, variant: int) -> str:
    if code is codes.LITERAL:
        return chr(value)
    if code is codes.NOT_LITERAL:
        return "甲" if value != ord("甲") else "乙"
    if code is codes.ANY:
        return _ANY[variant]
    if code is codes.IN:
        return _of_class(value, variant)
    if code in _REPEATS:
        least, most, inner = value
        return _sample(inner, variant) * max(least, min(1, most))
    if code is codes.BRANCH:
        return _sample(value[1][variant % len(value[1])], variant)
    inside = _inside(code, value) if code in (codes.SUBPATTERN, codes.ATOMIC_GROUP) else []
    return "".join(_sample(inner, variant) for inner in inside)


def _of_class(members: Any, variant: int) -> str:
    """A character of a class."""
    if members[0][0] is codes.NEGATE:
        return next(sign for sign in _ANY[variant:] + _ANY if not _is_in(members[1:], sign))
    code, value = members[variant % len(members)]
    if code is codes.LITERAL:
        return chr(value)
    if code is codes.RANGE:
        return chr(value[0])
    return next((sign for sign in _ANY if _is_in(members, sign)), "甲")


def _is_in(members: Any, sign: str) -> bool:
    for code, value in members:
        if code is codes.LITERAL and ord(sign) == value:
            return True
        if code is codes.RANGE and value[0] <= ord(sign) <= value[1]:
            return True
        if code is codes.CATEGORY and _CATEGORIES[value](sign):
            return True
    return False


_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    codes.CATEGORY_DIGIT: str.isdigit,
    codes.CATEGORY_NOT_DIGIT: lambda sign: not sign.isdigit(),
    codes.CATEGORY_SPACE: str.isspace,
    codes.CATEGORY_NOT_SPACE: lambda sign: not sign.isspace(),
    codes.CATEGORY_WORD: lambda sign: sign.isalnum() or sign == "_",
    codes.CATEGORY_NOT_WORD: lambda sign: not (sign.isalnum() or sign == "_"),
}
