"""The whole build against the plain script on the same documents, in turns, in one run: ratios count.

Works in a copy of the checkout and of the corpus folders, in which one document is edited at the end.
Run by `make bench`. Usage: whole_build.py ROUNDS JOBS CORPUS…
"""

import hashlib
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

from support.building import checkout, make

PLAIN = Path(__file__).with_name("plain_script.py")


def seconds(command: list[str], folder: Path) -> float:
    """How long a command takes."""
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - start


def build(folder: Path, corpora: list[str], jobs: str) -> float:
    """How long make takes."""
    start = time.perf_counter()
    done = make(f"CORPUS={' '.join(corpora)}", f"JOBS={jobs}", folder=folder)
    assert done.returncode == 0, done.stderr
    return time.perf_counter() - start


def edit(corpus: Path) -> str:
    """Add a sentence to the document in the middle of a corpus folder, as an editor would; its id."""
    manifest = corpus / "sources.toml"
    content = manifest.read_text(encoding="utf-8")
    entries = tomllib.loads(content)["document"]
    entry = entries[len(entries) // 2]
    path = corpus / entry["file"]
    path.write_text(
        path.read_text(encoding="utf-8") + "\n有关部门应当在三十日内公布结果。\n", encoding="utf-8"
    )
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    pattern = rf'(file = "{re.escape(entry["file"])}"[^\[]*?sha256 = )"\w+"'
    manifest.write_text(re.sub(pattern, rf'\1"{sha256}"', content), encoding="utf-8")
    return str(entry["id"])


def show(name: str, ours: float, plain: float) -> None:
    """One line: both times and their ratio."""
    print(f"{name}\t本库 {ours:.1f} 秒\t直写脚本 {plain:.1f} 秒\t{ours / plain:.2f} 倍", flush=True)


def main(rounds: int, jobs: str, corpora: list[str]) -> None:
    """Measure in turns, then edit one document of the last corpus folder and build again."""
    with tempfile.TemporaryDirectory() as name:
        folder = checkout(Path(name) / "checkout")
        copies = ["corpus"]
        for number, corpus in enumerate(corpora):
            if corpus != "corpus":
                copies.append(f"more{number}")
                shutil.copytree(corpus, folder / copies[-1])
        plain = [sys.executable, str(PLAIN.resolve())]
        ours, theirs = [], []
        for number in range(rounds):
            shutil.rmtree(folder / "build", ignore_errors=True)
            theirs.append(seconds([*plain, f"plain{number}.db", *copies], folder))
            ours.append(build(folder, copies, jobs))
            show(f"第 {number + 1} 轮，全部", ours[-1], theirs[-1])
        usual = statistics.median(theirs)
        show("全部（中位数）", statistics.median(ours), usual)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        print(f"最大的一个进程\t{memory / 1e6:.2f} GB")
        if len(copies) > 1:
            changed = edit(folder / copies[-1])
            show(f"改一件（{changed}）", build(folder, copies, jobs), usual)
        show("什么也没改", build(folder, copies, jobs), usual)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
