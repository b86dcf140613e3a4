"""How a build grows with its corpus: seconds, memory and bytes of each stage on corpora grown from real texts.

Builds each size from nothing in a copy of the checkout, notes the figures in RESULTS/<size>.json, and writes the
figures of all sizes noted there into docs/scale.md and its pictures.
Run by `make scale`. Usage: scale.py RESULTS JOBS FOLDER REAL_CORPUS SIZE…; FOLDER "" is a temporary one.
"""

import json
import math
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import grown_corpus, growth_svg
from pipeline.__main__ import STAGES
from pipeline.core import jsonl
from pipeline.core.computation import costs
from support.building import checkout, make

PAGE, PICTURES = Path("docs/scale.md"), Path("docs/images")
BEGIN, END = "<!-- figures: make scale -->\n", "<!-- end of figures -->\n"
LARGEST = 6  # stages in a picture, beside the whole
Result = dict[str, Any]


def measured(folder: Path, real: Path, size: int, jobs: str) -> Result:
    """Build a corpus of about so many clauses in a folder; its figures."""
    checkout(folder)
    documents = grown_corpus.write(real, folder / "corpus", folder / "grown", size)
    began = time.monotonic()
    done = make("CORPUS=grown", f"JOBS={jobs}", folder=folder)
    assert done.returncode == 0, done.stderr
    return figures(folder) | {"seconds": time.monotonic() - began, "documents": documents}


def figures(folder: Path) -> Result:
    """The figures of a build folder."""
    rows = folder / "build"
    is_unit = jsonl.having("is_unit", 1)
    with (rows / "clauses.jsonl").open("rb") as lines:
        clauses = sum(map(is_unit, lines))
    sizes = {path.stem: path.stat().st_size for path in rows.glob("*.jsonl")}
    sizes["database"] = (folder / "kb.db").stat().st_size
    stages = {
        stage: jsonl.as_dict(cost) | {"bytes": sizes[stage]}
        for stage, cost in costs.read(rows).items()
    }
    return {"clauses": clauses, "stages": stages}


def exponent(small: Result, large: Result, stage: str, name: str) -> float:
    """By which power of the clauses a figure of a stage grows: 1 is a straight line."""
    ratio = large["stages"][stage][name] / max(small["stages"][stage][name], 0.1)
    return math.log(max(ratio, 0.01)) / math.log(large["clauses"] / small["clauses"])


def table(results: list[Result]) -> str:
    """The figures as a Markdown table, a stage each line."""
    heads = [f"{result['clauses']:,}: s | MB | B" for result in results]
    lines = [f"| stage | {' | '.join(heads)} | power |", "|---" * (3 * len(results) + 2) + "|"]
    for stage in STAGES:
        cells = [
            f"{own['processor']:.0f} | {own['peak_mb']:.0f} | {own['bytes'] / result['clauses']:.0f}"
            for result in results
            for own in [result["stages"][stage]]
        ]
        power = f"{exponent(*results[-2:], stage, 'processor'):.2f}" if len(results) > 1 else ""
        lines.append(f"| {stage} | {' | '.join(cells)} | {power} |")
    totals = [
        f"**{sum(own['processor'] for own in result['stages'].values()):.0f}** | "
        f"**{max(own['peak_mb'] for own in result['stages'].values()):.0f}** | "
        f"**{sum(own['bytes'] for own in result['stages'].values()) / result['clauses']:.0f}**"
        for result in results
    ]
    lines.append(f"| **all; the largest** | {' | '.join(totals)} | |")
    walls = [f"{result['seconds']:.0f} | | " for result in results]
    lines.append(f"| by the clock | {' | '.join(walls)} | |")
    return "\n".join(lines) + "\n"


def curves(results: list[Result], name: str) -> dict[str, growth_svg.Curve]:
    """A figure of the whole and of the stages that have most of it at the largest size."""
    last = results[-1]["stages"]
    stages = sorted(last, key=lambda stage: -last[stage][name])[:LARGEST]
    whole = max if name == "peak_mb" else sum
    found = {
        "the largest process" if name == "peak_mb" else "all stages": [
            (r["clauses"], whole(own[name] for own in r["stages"].values())) for r in results
        ]
    }
    for stage in stages:
        found[stage] = [(r["clauses"], max(r["stages"][stage][name], 0.1)) for r in results]
    return found


def report(noted: Path) -> None:
    """Write all noted figures into the page and the pictures."""
    results = [json.loads(path.read_text(encoding="utf-8")) for path in noted.glob("*.json")]
    results.sort(key=lambda result: result["clauses"])
    written = table(results)
    print(written)
    for name, title, unit in (
        ("processor", "Growth of a build: time", "seconds of processor"),
        ("peak_mb", "Growth of a build: memory", "MB of the largest process"),
    ):
        picture = growth_svg.svg(title, unit, curves(results, name))
        (PICTURES / f"scale-{name}.svg").write_text(picture, encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8")
    page = re.sub(f"(?s)({BEGIN}).*?({END})", lambda m: f"{m[1]}\n{written}\n{m[2]}", page)
    PAGE.write_text(page, encoding="utf-8")


def main(noted: Path, jobs: str, folder: str, real: Path, sizes: list[int]) -> None:
    """Measure each size, and report."""
    noted.mkdir(parents=True, exist_ok=True)
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=folder or None) as name:
            # As in this checkout, the folder beside it is ../shared.
            result = measured(Path(name) / "checkout", real.resolve(), size, jobs)
            (noted / f"{size}.json").write_text(json.dumps(result), encoding="utf-8")
            shutil.rmtree(Path(name) / "checkout")
        report(noted)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4]), [*map(int, sys.argv[5:])])
