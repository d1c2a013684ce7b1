"""The commands that make a book and keep it safe: what they say, and with which exit code."""

import re
from pathlib import Path

import pytest

from desktop import cli
from desktop.store import Store
from tests.little_shop import Shop
from tests.store.strangers import raw


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CHERAGH_DATA", str(tmp_path / "data"))


@pytest.fixture
def book(tmp_path):
    """A closed book with one sale of 500."""
    shop = Shop.at(tmp_path / "shop.cheragh")
    shop.sell(500)
    shop.store.close(backup=False)
    return shop.store.path


@pytest.fixture
def run(capsys):
    """Runs a command in English; its exit code, what it printed and what it complained of."""

    def run(*words):
        code = cli.run([*map(str, words), "--lang", "en"])
        said = capsys.readouterr()
        return code, said.out.strip(), said.err.strip()

    return run


def path_in(sentence):
    return Path(re.search(r"(/\S+)\.$", sentence)[1])


def sell(book, total):
    shop = Shop(Store.open(book))
    shop._numbers = iter([total])  # the document's number
    shop.sell(total)
    shop.store.close(backup=False)


# new


def test_new_makes_an_empty_book(run, tmp_path):
    assert run("new", "--book", tmp_path / "new.cheragh", "--shop", "Lamp") == (0, f"An empty book is in {tmp_path}/new.cheragh.", "")
    assert run("check", "--book", tmp_path / "new.cheragh")[0] == 0
    assert run("get", "shop_name", "--book", tmp_path / "new.cheragh")[1] == "Lamp"


def test_new_can_be_in_another_currency_and_calendar(run, tmp_path):
    run("new", "--book", tmp_path / "uk.cheragh", "--currency", "GBP")
    run("new", "--book", tmp_path / "ir.cheragh", "--calendar", "gregorian")

    assert [run("get", key, "--book", tmp_path / "uk.cheragh")[1] for key in ("currency", "calendar")] == ["GBP", "gregorian"]
    assert [run("get", key, "--book", tmp_path / "ir.cheragh")[1] for key in ("currency", "calendar")] == ["IRR", "gregorian"]


@pytest.mark.parametrize("currency", ["toman", "usd", "R$", ""])
def test_new_knows_no_such_currency(run, tmp_path, currency):
    code, said, complaint = run("new", "--book", tmp_path / "new.cheragh", "--currency", currency)

    assert (code, said) == (1, "")
    assert "is no currency" in complaint
    assert not (tmp_path / "new.cheragh").exists()


def test_new_does_not_write_over_a_book(run, book):
    code, said, complaint = run("new", "--book", book)

    assert (code, said, complaint) == (1, "", f"{book} is there already; choose another name.")
    assert raw(book, "SELECT total FROM sale") == [(500,)]


# backup and restore


def test_backup_says_where_it_is_and_restore_brings_it_back(run, book, tmp_path):
    code, said, _ = run("backup", "--book", book, "--to", tmp_path / "stick")
    sell(book, 7)
    assert code == 0
    code, said_then, _ = run("restore", path_in(said), "--book", book)

    assert code == 0
    assert raw(book, "SELECT total FROM sale") == [(500,)]
    assert raw(path_in(said_then), "SELECT total FROM sale ORDER BY id") == [(500,), (7,)]


def test_backup_goes_to_the_data_folder(run, book, tmp_path):
    path = path_in(run("backup", "--book", book)[1])

    assert path.is_relative_to(tmp_path / "data" / "backups")


def test_backup_of_a_book_with_wrong_totals_is_refused(run, book):
    raw(book, "UPDATE sum_customer SET net = 1")
    raw(book, "UPDATE sum_day SET net = 1")

    assert run("backup", "--book", book) == (1, "", "The book's totals differ from its documents. Run a check before going on.")


def test_restore_of_nothing_is_said(run, book, tmp_path):
    assert run("restore", tmp_path / "none.cheragh", "--book", book) == (1, "", f"There is no book {tmp_path}/none.cheragh.")


# check


def test_check_of_a_whole_book(run, book):
    assert run("check", "--book", book) == (0, "The book is whole: every total equals its rows and the audit trail is unbroken.", "")


def test_check_prints_a_sentence_per_problem(run, book):
    raw(book, "UPDATE sum_day SET net = 1")
    raw(book, "UPDATE sale SET gross = 900, total = 900")
    code, said, complaints = run("check", "--book", book)

    assert (code, said) == (1, "")
    assert len(complaints.splitlines()) >= 2


def test_check_of_a_damaged_file_is_a_sentence(run, book):
    with book.open("r+b") as file:
        file.seek(20 * 4096 + 500)
        file.write(b"scratch")

    code, said, complaint = run("check", "--book", book)
    assert (code, said) == (1, "")
    assert "damaged" in complaint


@pytest.mark.parametrize("command", ["check", "backup", "get"])
def test_a_book_that_is_open_elsewhere_is_refused(run, book, command):
    with Store.open(book):
        code, said, complaint = run(command, "--book", book)

    assert (code, said) == (1, "")
    assert "open elsewhere" in complaint


@pytest.mark.parametrize("command", ["check", "backup", "new"])
def test_a_command_needs_a_book(run, command):
    assert run(command) == (1, "", "Say which book: --book FILE")


def test_wrong_usage_is_exit_code_2(run):
    with pytest.raises(SystemExit) as stop:
        run("chekc")

    assert stop.value.code == 2


# what all commands share


def test_book_and_language_may_stand_before_the_command_too(book, capsys):
    assert cli.run(["--book", str(book), "--lang", "en", "check"]) == 0

    assert capsys.readouterr().out.startswith("The book is whole")
