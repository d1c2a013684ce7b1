"""No command destroys a file: neither the book it reads, nor the file it takes rows from, nor a stranger's; and what was done is said."""

import json
import shutil

import pytest

from desktop import cli
from desktop.store import Store, backup
from desktop.store.trouble import Trouble
from desktop.ui.opening import qt_application
from desktop.values.text import N_
from tests.little_shop import Shop, day

ROWS = "date,number,total\n1405/08/03,A-1,700\n1405/08/33,A-2,700\n"  # there is no 33 Aban


@pytest.fixture(scope="module", autouse=True)
def _qt():
    """A window and a paper may follow each other in one process only on the window's own Qt."""
    return qt_application()


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CHERAGH_DATA", str(tmp_path / "data"))


@pytest.fixture
def book(template, tmp_path):
    """A closed book with one sale of 500."""
    shop = Shop.at(tmp_path / "shop.cheragh", template)
    shop.sell(500, day=day("1405-08-03"))
    shop.store.close(backup=False)
    return shop.store.path


@pytest.fixture
def source(tmp_path):
    (tmp_path / "in.csv").write_text(ROWS, "utf-8")
    return tmp_path / "in.csv"


@pytest.fixture
def run(book, source, capsys, monkeypatch):
    """Runs a command in English; its exit code, what it printed and what it complained of."""

    def run(*words):
        code = cli.run([*map(str, words), "--book", str(book), "--lang", "en"])
        said = capsys.readouterr()
        return code, said.out.strip(), said.err.strip()

    monkeypatch.chdir(book.parent)
    return run


WRITING = {
    "rows": ("rows", "revenue", "--period", "1405-08", "--out"),
    "import": ("import", "sales", "in.csv", "--errors"),
    "picture": ("picture", "--size", "400x300", "--out"),
    "report": ("report", "--period", "1405-08", "--out"),
    "export": ("export", "--out"),
    "plain": ("export", "--plain"),
}


def sales(book):
    with Store.open(book) as store, store.reading() as s:
        return s.connection().exec_driver_sql("SELECT count(*), sum(total) FROM sale").one()


@pytest.mark.parametrize("force", [(), ("--force",)])
@pytest.mark.parametrize("out", ["shop.cheragh", "./shop.cheragh", "link.cheragh", "copy.xlsx"])
@pytest.mark.parametrize("verb", WRITING)
def test_no_output_replaces_a_book(run, book, verb, out, force):
    """`rows --out BOOK` left a CSV in the book's place, `picture --out BOOK` an empty file: every sale was gone."""
    (book.parent / "link.cheragh").symlink_to(book)
    shutil.copy(book, book.parent / "copy.xlsx")

    code, said, complaint = run(*WRITING[verb], out, *force)

    assert (code, said) == (1, "")
    assert any(word in complaint for word in ("book", "A report's name", "not a folder"))
    assert tuple(sales(book)) == (1, 500)
    assert (book.parent / "copy.xlsx").stat().st_size == book.stat().st_size


@pytest.mark.parametrize("out", ["in.csv", "./in.csv", "soft.csv", "hard.csv"])
def test_refused_rows_never_replace_the_file_they_come_from(run, book, source, out):
    """`import sales in.csv --errors in.csv` kept only the refused rows of the person's own file."""
    (book.parent / "soft.csv").symlink_to(source)
    (book.parent / "hard.csv").hardlink_to(source)

    code, said, complaint = run("import", "sales", "in.csv", "--errors", out, "--force")

    assert (code, said) == (1, "")
    assert "is being read" in complaint
    assert source.read_text("utf-8") == ROWS
    assert tuple(sales(book)) == (1, 500)  # nothing was taken either


@pytest.mark.parametrize("verb", ["rows", "import", "picture", "plain"])
def test_a_letter_stays_unless_it_may_go(run, book, verb):
    letter = book.parent / "letter.docx"
    letter.write_bytes(b"Dear Sara")

    code, _, complaint = run(*WRITING[verb], letter)
    assert (code, letter.read_bytes()) == (1, b"Dear Sara")
    assert "--force" in complaint
    assert tuple(sales(book)) == (1, 500)

    code, _, complaint = run(*WRITING[verb], letter, "--force")
    assert code == (1 if verb == "import" else 0), complaint  # a row was refused
    assert letter.read_bytes() != b"Dear Sara"


def test_a_letter_among_the_tables_keeps_all_of_them_from_being_written(run, book):
    (book.parent / "all").mkdir()
    (book.parent / "all" / "sales.csv").write_bytes(b"Dear Sara")

    assert run("export", "--out", "all")[0] == 1

    assert {path.name: path.read_bytes() for path in (book.parent / "all").iterdir()} == {"sales.csv": b"Dear Sara"}


@pytest.mark.parametrize(("verb", "out"), [("rows", "a.csv"), ("rows", "a.xlsx"), ("picture", "a.png"), ("report", "a.pdf"),
                                          ("report", "a.xlsx"), ("export", "all"), ("export", "all.xlsx")])  # fmt: skip
def test_an_output_replaces_its_own_earlier_one_but_no_other(run, verb, out):
    for _ in range(2):
        code, _, complaint = run(*WRITING[verb], out)
        assert code == 0, complaint

    if out.endswith(".xlsx"):
        other = WRITING["rows" if verb != "rows" else "export"]
        assert "--force" in run(*other, out)[2]


def test_the_rows_of_another_number_are_another_file(run):
    assert run("rows", "revenue", "--period", "1405-08", "--out", "a.csv")[0] == 0

    assert "--force" in run("rows", "gross_profit", "--period", "1405-08", "--out", "a.csv")[2]


def test_a_restore_keeps_the_file_it_takes(run, book):
    """The left-over of a killed restore was the file that the next restore wrote into: it deleted its own source."""
    part = shutil.copy(book, book.parent / "shop.cheragh.part")

    assert run("restore", part)[0] == 0

    assert part.read_bytes()[:16] == book.read_bytes()[:16]
    assert tuple(sales(book)) == (1, 500)


def test_a_restore_puts_no_book_in_a_letters_place(book, tmp_path, capsys):
    (tmp_path / "letter.docx").write_bytes(b"Dear Sara")

    assert cli.run(["restore", str(book), "--book", str(tmp_path / "letter.docx"), "--lang", "en"]) == 1

    assert "no book" in capsys.readouterr().err
    assert (tmp_path / "letter.docx").read_bytes() == b"Dear Sara"
    assert not (tmp_path / "letter.docx.lock").exists()


def test_an_empty_file_is_no_book_and_stays_empty(tmp_path, capsys):
    (tmp_path / "zero.cheragh").touch()

    assert cli.run(["check", "--book", str(tmp_path / "zero.cheragh"), "--lang", "en"]) == 1

    assert "is not a Cheragh book" in capsys.readouterr().err
    assert (tmp_path / "zero.cheragh").stat().st_size == 0


# The first step is said, though the second fails


@pytest.fixture
def no_file_of_refused_rows(monkeypatch):
    def full(*_, **__):
        raise Trouble(N_("There is no room for {file}. Make room on the disk, or choose another folder."), file="errors.csv")

    monkeypatch.setattr("desktop.shop.importing.run.write_errors", full)


def test_an_import_is_told_though_its_refused_rows_cannot_be_written(run, book, no_file_of_refused_rows):
    """It was in the book, and only "There is no file ..." was said."""
    code, said, _ = run("import", "sales", "in.csv", "--errors", "errors.csv")

    assert code == 1
    assert said.startswith("Taken: 1 row")
    assert "Import number 1." in said
    assert "could not be written into a file: There is no room for errors.csv" in said
    assert tuple(sales(book)) == (2, 1200)


def test_json_tells_it_too(run, no_file_of_refused_rows):
    answer = json.loads(run("import", "sales", "in.csv", "--errors", "errors.csv", "--json")[1])

    assert (answer["accepted"], answer["batch"]) == (1, 1)
    assert "There is no room" in answer["notes"][-1]


def test_a_folder_that_is_not_there_is_said_before_anything_is_taken(run, book):
    code, said, complaint = run("import", "sales", "in.csv", "--errors", "gone/errors.csv")

    assert (code, said) == (1, "")
    assert "there is no folder" in complaint
    assert tuple(sales(book)) == (1, 500)


def test_a_change_is_said_to_be_saved_though_no_backup_could_be_made(run, book, monkeypatch):
    """ "There is no room for a backup" alone was said, and the shop's new name was in the book."""

    def full(book, *_, **__):
        raise Trouble(N_("There is no room for a backup in {folder}. Make room there, then try again."), folder="F")

    monkeypatch.setattr(backup, "backup", full)
    code, _, complaint = run("set", "shop_name=Lamp")
    monkeypatch.undo()

    assert code == 1
    assert complaint == (
        "What was asked is done and saved, but the book could not be backed up: "
        "There is no room for a backup in F. Make room there, then try again."
    )
    assert run("get", "shop_name")[1] == "Lamp"


def test_what_was_exported_is_said_though_the_plain_copy_cannot_be_written(run, book):
    (book.parent / "plain.sqlite").write_bytes(b"Dear Sara")

    code, said, complaint = run("export", "--out", "all", "--plain", "plain.sqlite")

    assert (code, said) == (1, "Everything is in all.")
    assert "plain.sqlite" in complaint
