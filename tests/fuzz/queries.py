"""Queries of readers: SQL made by a grammar is answered or refused in time, and changes nothing."""

import asyncio
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from support.site import ask, serve

_VALUES = ["1", "0", "-1", "9223372036854775807", "1e308", "1e999", "null", "'积分'", "''", "x'00ff'", "'%'", "'\"'", ":p", "?", "zeroblob(30000000)",
           "randomblob(1000000)", "current_timestamp", "'(a+)+$'", "'" + "甲" * 2000 + "'"]  # fmt: skip
_FUNCTIONS = ["length", "hex", "lower", "upper", "trim", "substr", "replace", "instr", "printf", "quote", "abs", "round", "coalesce", "max", "min",
              "group_concat", "count", "sum", "avg", "total", "json", "json_array", "json_object", "json_extract", "json_each", "like", "glob", "char",
              "unicode", "zeroblob", "randomblob", "load_extension", "readfile", "writefile", "fts5", "snippet", "highlight", "bm25", "matchinfo",
              "zh_query", "zh_snippet", "escape_fts", "sqlite_version", "sqlite_source_id", "date", "strftime", "soundex", "edit"]  # fmt: skip
_OPERATORS = [
    "+",
    "-",
    "*",
    "/",
    "%",
    "||",
    "=",
    "<>",
    "<",
    "and",
    "or",
    "is",
    "like",
    "glob",
    "regexp",
    "match",
    "in",
    "<<",
    "->",
    "->>",
]
_STATEMENTS = ["attach database '/tmp/{n}.db' as x", "detach database main", "pragma {p} = {v}", "pragma {p}", "vacuum into '/tmp/{n}.db'", "vacuum",
               "insert into gaps select * from gaps", "update gaps set headline = {v}", "delete from gaps", "drop table gaps", "create table x (y)",
               "create temp table x (y)", "alter table gaps add column x", "reindex", "analyze", "begin", "commit", "savepoint x", "explain {s}",
               "explain query plan {s}", "with x as ({s}) select * from x", "{s}; {s}", "create trigger x after insert on gaps begin select 1; end",
               "replace into gaps values ({v})", "create virtual table x using fts5(y)", "insert into clauses_fts(clauses_fts) values ('rebuild')"]  # fmt: skip
_PRAGMAS = ["journal_mode", "writable_schema", "database_list", "table_info", "foreign_keys", "mmap_size", "temp_store_directory", "hard_heap_limit",
            "query_only", "trusted_schema", "cell_size_check", "wal_checkpoint", "optimize", "integrity_check", "function_list", "key"]  # fmt: skip


class Grammar:
    """Statements over the tables and columns of a database."""

    def __init__(self, columns: dict[str, list[str]]) -> None:
        self._columns = columns

    def statement(self, chance: Random, depth: int = 0) -> str:
        """A statement, mostly a query."""
        if not chance.randrange(4) and depth < 2:
            form = chance.choice(_STATEMENTS)
            select = self.statement(chance, depth + 1)
            parts = {
                "n": "fuzz",
                "p": chance.choice(_PRAGMAS),
                "v": chance.choice(_VALUES),
                "s": select,
            }
            return form.format(**parts)
        return self.select(chance, depth)

    def select(self, chance: Random, depth: int) -> str:
        """A select, with joins, conditions, groups, orders and limits that may make no sense."""
        tables = [
            chance.choice(sorted(self._columns)) for _ in range(chance.choice((1, 1, 1, 2, 3)))
        ]
        fields = ", ".join(
            self.expression(chance, tables, depth) for _ in range(chance.choice((1, 1, 2, 5)))
        )
        text = f"select {chance.choice(('', '', 'distinct '))}{fields} from {chance.choice((', ', ' join ', ' left join ')).join(f'[{t}]' for t in tables)}"
        for word in ("where", "group by", "having", "order by", "limit"):
            if not chance.randrange(3):
                text += f" {word} {self.expression(chance, tables, depth)}"
        if depth < 2 and not chance.randrange(6):
            text += f" {chance.choice(('union', 'union all', 'except', 'intersect'))} {self.select(chance, depth + 1)}"
        return text

    def expression(self, chance: Random, tables: list[str], depth: int) -> str:
        """A column, a value, a call, an operation, or a query in brackets."""
        kind = chance.randrange(9 if depth < 4 else 4)
        if kind < 3:
            return f"[{chance.choice(self._columns[chance.choice(tables)])}]"
        if kind == 3:
            return chance.choice(_VALUES)
        if kind < 6:
            inner = ", ".join(
                self.expression(chance, tables, depth + 1)
                for _ in range(chance.choice((0, 1, 1, 2, 3)))
            )
            return f"{chance.choice(_FUNCTIONS)}({inner})"
        if kind < 8:
            sides = [self.expression(chance, tables, depth + 1) for _ in "ab"]
            return f"({sides[0]} {chance.choice(_OPERATORS)} {sides[1]})"
        return f"({self.select(chance, depth + 2)})"


def damaged(chance: Random, sql: str) -> str:
    """A statement as it is, or with a part lost or doubled."""
    if chance.randrange(5):
        return sql
    at = chance.randrange(len(sql) + 1)
    return (
        sql[:at]
        + chance.choice(("", "'", "(", ")", ";", "--", "/*", "\0", sql[:at]))
        + sql[at + chance.choice((0, 1, 9)) :]
    )


@contextmanager
def target(build: Path, kb: Path) -> Iterator[Callable[[Random], str | None]]:
    """What runs one statement on one's own site, and says what is wrong, if anything is."""
    tables = [
        row[0] for row in ask(kb, "select name from sqlite_master where type in ('table', 'view')")
    ]
    grammar = Grammar({t: [row[1] for row in ask(kb, f"pragma table_info([{t}])")] for t in tables})
    before, site, loop = (
        hashlib.sha256(kb.read_bytes()).digest(),
        serve(kb),
        asyncio.new_event_loop(),
    )
    site._settings["sql_time_limit_ms"] = 200  # as many statements as there is time for
    loop.run_until_complete(site.invoke_startup())

    def attempt(chance: Random) -> str | None:
        sql = damaged(chance, grammar.statement(chance))[:7000]
        form = chance.choice(("json", "json", "json", "csv"))
        asked = site.client.get(f"/kb/-/query.{form}", params={"sql": sql, "p": "1"})
        response = loop.run_until_complete(asked)
        return f"{response.status_code}: {sql}" if response.status_code >= 500 else None

    try:
        yield attempt
        assert hashlib.sha256(kb.read_bytes()).digest() == before, "kb.db is no longer what it was"
        assert not Path("/tmp/fuzz.db").exists()
    finally:
        site.close()
        loop.close()
