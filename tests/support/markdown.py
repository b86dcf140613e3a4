"""The repository's documents, and the tables, code and headings of a Markdown text."""

import re
from functools import cache
from pathlib import Path

DOCUMENTS = sorted(
    [*Path().glob("*.md"), *Path("docs").rglob("*.md"), *Path("corpus").glob("*.md"), Path("corpus/gold/README.md")]
)  # fmt: skip
CHANGELOG = Path("CHANGELOG.md")
GUIDES = [path for path in DOCUMENTS if path != CHANGELOG]


@cache
def read(path: Path) -> str:
    """A file's text."""
    return path.read_text(encoding="utf-8")


def rows(path: Path, head: str) -> list[list[str]]:
    """The rows of all tables whose header begins with these cells, each row as a list of cells."""
    lines = read(path).splitlines()
    found = []
    for start, line in enumerate(lines):
        if line.startswith(head):
            for row in lines[start + 2 :]:
                if not row.startswith("|"):
                    break
                found.append([cell.strip() for cell in row.strip("|").split("|")])
    return found


def code(text: str) -> list[str]:
    """The inline code of a text."""
    return re.findall(r"`([^`\n]+)`", text)


def blocks(path: Path, language: str) -> list[str]:
    """The fenced blocks of a language."""
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", read(path))


def commands(path: Path) -> list[str]:
    """What a document tells to type: inline code, and the lines of its shell blocks without comments."""
    lines = "".join(blocks(path, "sh")).splitlines()
    return [*code(read(path)), *(line.partition("#")[0] for line in lines)]


def links(path: Path) -> list[str]:
    """The targets of a document's links to this repository."""
    targets = re.findall(r"\]\(([^)\s]+)\)", read(path))
    return [target for target in targets if not target.startswith(("http:", "https:"))]


def anchors(path: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    headings = re.findall(r"(?m)^#+ (.*)$", read(path))
    return {re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-") for text in headings}
