"""The plain way to compare the clauses of two places: what a researcher would write in an hour.

Reads every text, splits it at 第…条, cuts it by jieba, weighs the words by TF-IDF, multiplies dense, and
writes the ten nearest clauses of other regions for each clause of Shanghai. One process.
Usage: plain_script.py OUTPUT CORPUS…
"""

import re
import sqlite3
import sys
import tomllib
from pathlib import Path

import jieba
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

ARTICLE = re.compile(r"(?m)^(?=第[〇零一二三四五六七八九十百]+条)|^(?=\d+\. )")
BASELINE, NEAREST, BLOCK = "310000", 10, 1000


def clauses(folder: Path) -> list[tuple[str, str]]:
    """(region, text) of every clause of a corpus folder."""
    entries = tomllib.loads((folder / "sources.toml").read_text(encoding="utf-8"))["document"]
    return [
        (entry["region"], part)
        for entry in entries
        for part in ARTICLE.split((folder / entry["file"]).read_text(encoding="utf-8"))
        if part.strip()
    ]


def main(output: str, folders: list[str]) -> None:
    """Compare, and write a table."""
    rows = [row for folder in folders for row in clauses(Path(folder))]
    texts = [" ".join(jieba.lcut(text)) for _, text in rows]
    vectors = TfidfVectorizer(token_pattern=r"(?u)\S\S+", sublinear_tf=True).fit_transform(texts)
    left = [i for i, (region, _) in enumerate(rows) if region == BASELINE]
    right = [i for i, (region, _) in enumerate(rows) if region != BASELINE]
    found = []
    for start in range(0, len(left), BLOCK):
        block = left[start : start + BLOCK]
        cosines = (vectors[block] @ vectors[right].T).toarray()
        nearest = np.argsort(-cosines, axis=1)[:, :NEAREST]
        found += [
            (rows[i][1], rows[right[j]][1], float(cosines[k, j]))
            for k, i in enumerate(block)
            for j in nearest[k]
        ]
    with sqlite3.connect(output) as db:
        db.execute("create table pairs (a text, b text, cosine real)")
        db.executemany("insert into pairs values (?, ?, ?)", found)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
