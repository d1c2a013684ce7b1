"""Every argument has an answer: a sentence and exit code 1 or 2, never a traceback, never silence, and no file is touched."""

import pytest

from desktop import cli
from desktop.ui.opening import qt_application
from tests.little_shop import Shop, day

LONG, HUGE, BROKEN = "ن" * 300, "9" * 5000, "a\udcff"
DAYS = ("0001-01-01", "1799-12-31", "9999-12-31", "2026-02-30", "1405-08-03", "", "today", HUGE)
TEXTS = ("", " ", BROKEN, "a\0b", "Nobody")
SPANS = (
    ("--from", "2026-10-23"),
    ("--to", "2026-10-23"),
    ("--period", "1405-08", "--from", "2026-10-23", "--to", "2026-10-24"),
    ("--period", "1405-08", "--to", "2026-10-24"),
    ("--from", "2026-10-24", "--to", "2026-10-23"),
    ("--from", "2026-10-23", "--to", "2026-10-23"),
    ("--from", "0001-01-01", "--to", "0001-01-02"),
    *(("--period", period) for period in ("", "1201", "2221", "9999", "1405-13", HUGE, BROKEN)),
)
PAGES = ("", "nowhere", BROKEN)
NO_BOOK = (
    "",
    "none.cheragh",
    ".",
    "letter.docx",
    "zero.cheragh",
    f"{LONG}.cheragh",
    f"gone/{LONG}/b.cheragh",
    BROKEN,
    "letter.docx/b.cheragh",
)
NO_OUT = ("", ".", "..", "folder", "shop.cheragh", "letter.docx", "gone/a.csv", f"{LONG}.csv", BROKEN, "letter.docx/a.csv", "/dev/null")
IMPORT = ("import", "sales", "in.csv")
PICTURE = ("picture", "--out", "a.png")
ROWS = ("rows", "revenue", "--out", "a.csv")


def cases():
    for verb in (("kpi",), ("kpi", "--json"), ("explain", "revenue"), ROWS, ("report", "--out", "a.pdf")):
        yield from ((*verb, *span) for span in SPANS)
        yield from ((*verb, "--as-of", one) for one in DAYS)
        if verb[0] != "report":
            yield from ((*verb, "--seller", one) for one in TEXTS)
    yield from (("report", "--out", "a.pdf", "--print-date", one) for one in DAYS)
    yield from (("explain", one) for one in (*TEXTS, HUGE))
    yield from (("rows", one, "--out", "a.csv") for one in TEXTS)
    for verb in (("rows", "revenue", "--out"), ("report", "--out"), ("picture", "--out"), (*IMPORT, "--errors"), ("export", "--plain")):
        yield from ((*verb, one) for one in NO_OUT)
    yield from (("export", "--out", one) for one in ("", "shop.cheragh", "letter.docx", "letter.docx/all", f"{LONG}.xlsx", BROKEN))
    yield from ((*PICTURE, "--as-of", one) for one in DAYS)
    yield from ((*PICTURE, "--size", one) for one in ("", "abc", "0x0", "-1x5", "99999999x99999999", "1366", "1366x", HUGE))
    yield from ((*PICTURE, "--page", one) for one in PAGES)
    yield ("export",)
    yield from (("backup", "--to", one) for one in ("", "letter.docx", "letter.docx/all", LONG, BROKEN))
    yield from (("restore", one) for one in NO_BOOK)
    yield from (("undo-import", one) for one in ("0", "-1", "", "x", "1", "9" * 20, HUGE))
    yield from (
        ("set", one)
        for one in (
            "",
            "=",
            "=x",
            "shop_name",
            "nothing=1",
            f"acquisition_share={HUGE}",
            "acquisition_share=0." + "1" * 5000,
            "acquisition_share=nan",
            "acquisition_share=2",
            f"active_days={HUGE}",
            "weekend=0,1,2,3,4,5,6",
            "weekend=x",
            "day_starts=25:00",
            "day_starts=9",
            "currency=EUR",
            "digits=roman",
            f"shop_name={BROKEN}",
            "book_id=1",
        )
    )
    yield ("set", "shop_name=a", "shop_name=b")
    yield from (("get", one) for one in ("", "nothing", BROKEN))
    yield from (("import", one, "in.csv") for one in TEXTS)
    yield from (
        ("import", "sales", one)
        for one in ("", ".", "folder", "none.csv", "letter.docx", "shop.cheragh", "zero.cheragh", f"{LONG}.csv", BROKEN)
    )
    yield from (
        (*IMPORT, *more)
        for more in (
            ("--sheet", ""),
            ("--sheet", "Nowhere"),
            ("--return-mark", ""),
            ("--map", "x"),
            ("--map", "=x"),
            ("--map", "nothing=date"),
            ("--map", "total=Nothing"),
            ("--set", "nothing=1"),
            ("--set", "=1"),
            ("--map", "total=total", "--map", "total=date"),
            ("--unit", "gold"),
            ("--dates", "x"),
            ("--decimal", ";"),
            ("--set", f"seller={BROKEN}"),
        )
    )
    yield from (("demo", "--until", one) for one in DAYS)
    yield from (("demo", "--months", one) for one in ("0", "61", "-1", "", "x", HUGE))
    yield from (("demo", "--seed", one) for one in ("", "x", HUGE))
    yield from (("new", "--currency", one) for one in ("", "toman", "IR", BROKEN, "<b>"))
    yield from (("new", "--calendar", one) for one in ("", "hebrew"))
    yield ("new", "--shop", BROKEN)


def named(words):
    return " ".join(word if len(word) < 30 else f"{word[:20]}…" for word in words).encode("unicode_escape").decode()


@pytest.fixture(scope="module")
def shop(template, tmp_path_factory):
    """A folder with a book, a file to take, a letter, an empty file and a folder; and Qt."""
    folder = tmp_path_factory.mktemp("arguments")
    made = Shop.at(folder / "shop.cheragh", template)
    made.sell(500, day=day("1405-08-03"))
    made.store.close(backup=False)
    (folder / "in.csv").write_text("date,number,total\n1405/08/03,A-2,700\n", "utf-8")
    (folder / "letter.docx").write_bytes(b"Dear Sara")
    (folder / "zero.cheragh").touch()
    (folder / "folder").mkdir()
    return folder, qt_application()


def inside(folder):
    files = (path for path in folder.rglob("*") if "data" not in path.parts and path.suffix != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b"" for path in files}


@pytest.fixture
def run(shop, monkeypatch, capsys):
    """Runs a command; its exit code and whether it complained, after seeing that no file changed."""
    folder, _ = shop
    monkeypatch.setenv("CHERAGH_DATA", str(folder / "data"))
    monkeypatch.chdir(folder)

    def run(*words):
        before = inside(folder)
        try:
            code = cli.run([*words, "--lang", "en"])
        except SystemExit as stop:  # argparse's own answer
            code = stop.code
        said = capsys.readouterr().err
        assert inside(folder) == before
        assert "Traceback" not in said
        return code, said.strip()

    return run


@pytest.mark.parametrize("words", list(cases()), ids=named)
def test_a_hostile_argument_is_answered(run, words):
    book = "other.cheragh" if words[0] in ("new", "demo") else "shop.cheragh"
    code, said = run(*words, "--book", book)

    assert code in (1, 2)
    assert said


@pytest.mark.parametrize("book", NO_BOOK, ids=named)
@pytest.mark.parametrize(
    "words",
    [
        ("kpi",),
        ("explain", "revenue"),
        ROWS,
        ("report", "--out", "a.pdf"),
        PICTURE,
        ("export", "--out", "all"),
        ("backup",),
        ("check",),
        ("get",),
        ("set", "shop_name=a"),
        IMPORT,
        ("undo-import", "1"),
    ],
    ids=named,
)
def test_a_book_that_is_none_is_answered(run, words, book):
    code, said = run(*words, "--book", book)

    assert code in (1, 2)
    assert said
