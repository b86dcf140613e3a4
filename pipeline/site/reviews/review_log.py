"""Review log: reviews.db, to which reviews are appended and in which nothing is changed or deleted.

The build reads it by the same code; it lies outside kb.db, which every build makes anew.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

COLUMNS = (
    "review_id",
    "reviewed_at",
    "reviewer",
    "kind",
    "target_id",
    "clause_a",
    "clause_b",
    "verdict",
    "partner",
    "text_hash",
    "note",
)
KINDS = ("alignment", "point", "rule")
VERDICTS = ("accept", "reject", "repair", "note")
MAX_NOTE = 800  # characters; percent-encoded Chinese takes nine bytes each, and a published site takes 10,000
WAIT = 30  # seconds for another writer

# Two reviewers write at once: in WAL mode readers never wait, and writers wait for each other.
_SCHEMA = f"""
    create table if not exists reviews (
        review_id   text primary key not null,
        reviewed_at text not null,
        reviewer    text not null check (reviewer <> ''),
        kind        text not null check (kind in {KINDS}),
        target_id   text not null,
        clause_a    text not null,
        clause_b    text,
        verdict     text not null check (verdict in {VERDICTS}),
        partner     text check ((partner is not null) = (verdict = 'repair')),
        text_hash   text not null,
        note        text not null check (length(note) <= {MAX_NOTE} and (verdict <> 'note' or note <> ''))
    ) strict;
    create trigger if not exists reviews_are_not_changed before update on reviews
        begin select raise(abort, 'reviews are only appended'); end;
    create trigger if not exists reviews_are_not_deleted before delete on reviews
        begin select raise(abort, 'reviews are only appended'); end;
    create trigger if not exists reviews_are_not_replaced before insert on reviews
        when exists (select 1 from reviews where review_id = new.review_id)
        begin select raise(ignore); end;
"""
Row = Mapping[str, str | None]


def text_hash(texts: Sequence[str]) -> str:
    """The hash of the texts that a reviewer saw, in their order.

    >>> text_hash(["甲", "乙"]) == text_hash(["甲乙", ""])
    False
    """
    return _sha256(texts)[:32]


def point_key(kind: str, relation: str, quotes: Iterable[Sequence[object]]) -> str:
    """What a point of two articles is known by: its kind, and the places of its words.

    Args:
        kind: of the point.
        relation: likewise.
        quotes: side, clause id, start, end, and whatever follows, of each.
    """
    return _sha256([kind, relation, sorted(list(quote[:4]) for quote in quotes)])[:12]


def pair_id(clause_a: str, clause_b: str) -> str:
    """What a pair of clauses is known by, whatever the comparison."""
    return f"{clause_a}__vs__{clause_b}"


def point_id(clause_a: str, clause_b: str, key: str) -> str:
    """What a point of a pair of articles is known by; `key` as `point_key` gives it."""
    return f"{pair_id(clause_a, clause_b)}__{key}"


def with_id(row: Row) -> Row:
    """A review under the hash of its content, so that the same review is taken in once only."""
    content = [row[name] for name in COLUMNS[1:]]
    return {"review_id": _sha256(content)[:32], **row}


def append(path: Path, rows: Iterable[Row]) -> int:
    """Append reviews, all or none; those that the log has are passed over.

    Args:
        path: of the log, made where there is none.
        rows: with all columns.

    Returns:
        How many were new.

    Raises:
        sqlite3.Error: the file is no log, cannot be written, or a review breaks its rules.
    """
    places = ", ".join(f":{name}" for name in COLUMNS)
    with _opened(path) as log:
        log.executescript(f"pragma journal_mode = wal; pragma synchronous = full; {_SCHEMA}")
        before = log.total_changes
        log.execute("begin immediate")
        with log:
            for row in rows:
                log.execute(f"insert into reviews values ({places})", row)  # noqa: S608 - our names
        return log.total_changes - before


def read(path: Path, target_ids: Sequence[str] | None = None) -> list[dict[str, str | None]]:
    """The reviews of a log, the oldest first, whatever the order in which they came; none without a log.

    Args:
        path: of the log.
        target_ids: of what to read the reviews of; all when None.

    Raises:
        sqlite3.Error: the file is no log.
    """
    if not path.exists():
        return []
    chosen = "" if target_ids is None else "where target_id in (select value from json_each(?))"
    query = f"select * from reviews {chosen} order by reviewed_at, review_id"  # noqa: S608
    with _opened(path) as log:
        found = log.execute(query, [] if target_ids is None else [json.dumps(target_ids)])
        return [dict(zip(COLUMNS, row, strict=True)) for row in found]


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    log = sqlite3.connect(path, timeout=WAIT)
    try:
        yield log
    finally:
        log.close()


def _sha256(content: Sequence[object]) -> str:
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
