"""What SQLite says in its own way stands in one file, and does what it says."""

import ast
import re
from pathlib import Path

import pytest

from desktop.store.connection import connect
from desktop.store.dialect import TOGETHER, insert, last_number, listed, member, upsert

ROOT = Path(__file__).resolve().parents[2] / "desktop"
OWN = {
    "store/dialect.py": "says it for everybody",
    "store/connection.py": "opens the file: its key and how it is to be written",
    "store/steps.py": "changes tables, in the words of each database",
    "store/migrations.py": "makes the file and changes its tables, in the words of each database",
}
WORDS = re.compile(
    r"\bPRAGMA\b|\b(iif|ifnull|group_concat|json_\w+|julianday|strftime)\(|\bGLOB\b|\bsqlite_(sequence|schema|master)\b"
    r"|\bON CONFLICT\b|\bINSERT OR\b|\bVACUUM\b|\b(ATTACH|DETACH) DATABASE\b|\bTEMP TABLE\b|\bBEGIN (IMMEDIATE|EXCLUSIVE)\b"
    r"|\browid\b|\bsqlcipher_\w+|\bsum\([^()]*[<=>]"
)
NAMES = {"exec_driver_sql", "driver_connection", "iif", "group_concat", "ifnull", "json_each", "json_extract", "julianday"}


def said(path):
    """The texts of a file that are no docstrings, and the names of what it asks for."""
    tree = ast.parse(path.read_text("utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]
    return texts, {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_words_of_one_database_stand_in_the_dialect(path):
    if str(path.relative_to(ROOT).as_posix()) in OWN:
        return
    texts, names = said(path)

    assert [found[0] for text in texts if (found := WORDS.search(text))] == []
    assert names & NAMES == set()


@pytest.mark.parametrize("text", ["PRAGMA user_version", "SELECT iif(a, 1, 2)", "SELECT sum(orders > 0)", "SELECT value FROM json_each(?)"])
def test_such_a_word_is_noticed(tmp_path, text):
    path = tmp_path / "one.py"
    path.write_text(f'"""PRAGMA may be spoken of."""\nASKED = """{text}"""\n')

    assert [bool(WORDS.search(one)) for one in said(path)[0]] == [True]


@pytest.fixture
def table(tmp_path):
    db = connect(tmp_path / "rows.db", new=True)
    db.execute("CREATE TABLE t (a INTEGER, b TEXT, c INTEGER, d TEXT)")
    yield db
    db.close()


def test_a_row_of_that_key_is_made_or_changed_or_added_to(table):
    table.execute("CREATE UNIQUE INDEX one ON t (b)")
    for amount in (5, 7):
        table.execute(upsert("t", ("b", "a"), ("b",)), ("tea", amount))
        table.execute(upsert("t", ("b", "a"), ("b",), add=True), ("rice", amount))

    assert table.execute("SELECT b, a FROM t ORDER BY b").fetchall() == [("rice", 12), ("tea", 7)]


def test_values_stand_as_a_table_and_a_member_of_json_is_read(table):
    source, value = listed(["چای", "it's", 3])
    assert table.execute(f"SELECT value FROM {source}", (value,)).fetchall() == [("چای",), ("it's",), (3,)]

    table.execute("INSERT INTO t (b) VALUES (?)", ('{"customer_id": 17}',))
    assert table.execute(f"SELECT {member('b', 'customer_id')} FROM t").fetchone() == (17,)


def test_the_last_number_is_known_though_its_row_is_gone(table):
    table.execute("CREATE TABLE n (id INTEGER PRIMARY KEY AUTOINCREMENT)")
    assert last_number(table.execute, "n") == 0

    table.execute("INSERT INTO n (id) VALUES (41)")
    table.execute("DELETE FROM n")

    assert last_number(table.execute, "n") == 41


# Many rows at once are the same rows, one by one


@pytest.mark.parametrize("rows", [1, 2, TOGETHER - 1, TOGETHER, TOGETHER + 1, 3 * TOGETHER + 7])
def test_each_row_is_there_in_its_order(table, rows):
    numbers = [None if at % 3 else at for at in range(rows)]
    words = [f"چای «{at}»" if at % 2 else None for at in range(rows)]
    insert(table, "t", {"a": numbers, "b": words, "c": 7, "d": ["same"] * rows})

    assert table.execute("SELECT * FROM t").fetchall() == [(a, b, 7, "same") for a, b in zip(numbers, words, strict=True)]


@pytest.mark.parametrize("word", ["it's", "'; DROP TABLE t; --", "a\0b", "a\nb", "٪ %s {x} ?1", "", None])
def test_what_all_rows_share_is_written_as_it_is(table, word):
    insert(table, "t", {"a": [1, 2, 3], "b": [word] * 3})
    insert(table, "t", {"a": [4], "b": [word]})

    assert table.execute("SELECT a, b FROM t").fetchall() == [(at, word) for at in (1, 2, 3, 4)]


def test_rows_that_are_all_alike_are_as_many(table):
    insert(table, "t", {"a": [5] * 120, "b": ["x"] * 120, "c": None})

    assert table.execute("SELECT count(*), sum(a), max(c) FROM t").fetchone() == (120, 600, None)


def test_no_rows_are_no_rows(table):
    insert(table, "t", {"a": [], "b": []})

    assert table.execute("SELECT count(*) FROM t").fetchone() == (0,)
