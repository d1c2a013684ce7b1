"""Everything out of the book, and back into another: the same numbers."""

import csv
import datetime as dt
import sqlite3

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import text

from desktop import cli, kpi
from desktop.kpi.kpi import Scope
from desktop.shop import returns
from desktop.shop.exporting import export_all, export_plain, questions, write_table
from desktop.shop.importing import Options, import_file
from desktop.shop.sales import LineDraft, record_takings
from desktop.store import Store
from desktop.values.period import Period
from desktop.values.text import Refused
from desktop.values.unit import KPI_UNITS, Column, Unit
from tests.little_shop import day

ORDER = ("products", "customers", "sellers", "campaigns", "leads", "deals", "activities", "costs", "targets", "nps", "sales", "returns",
         "takings")  # fmt: skip
MONTHS = ("1405-06", "1405-07", "1405-08")


def fill(shop):
    """A little of everything, by the verbs that forms call."""
    rice = shop.goods(
        "Rice", price=500, cost=400, unit="kg", code="007", barcodes="6260001 6260002", category_id=shop.add("category", name="Food")
    )
    cup = shop.goods("=cup, “white”\nlarge", price=900, cost=600)
    ads = shop.add("campaign", name="Yalda", channel="Instagram", first_day=day("1405-06-20"), last_day=day("1405-08-20"), budget=5000)
    source = shop.add("source", name="Telegram")
    sara, ali = shop.add("seller", name="Sara", pay=900), shop.add("seller", name="Ali", code="A1")
    namesake = shop.add("seller", name="Ali", code="A2")
    buyers = [shop.add("customer", name=name, phone=number, code=code, first_source_id=source) for name, number, code in
              (("Reza", "09121111111", None), ("Mina", None, "C-2"), ("+Ava", "09123333333", "3"))]  # fmt: skip
    for month in MONTHS:
        for at, buyer in enumerate((*buyers, None)):
            lines = LineDraft(rice, 1125 + 1000 * at, 500, discount=7), LineDraft(cup, 1000, 900, tax=81)
            sellers = ((sara, 2500), (ali, 7500)) if at == 1 else ((ali, 4000), (namesake, 6000)) if at == 2 else ((sara, 10_000),)
            shop.ring_up(*lines, on=f"{month}-{3 + at:02}", customer=buyer, sellers=sellers, invoice_discount=13, time="10:30",
                         payment=("cash", "card", "credit", None)[at], campaign=ads if at == 2 else None, note="thanks")  # fmt: skip
    sold = shop.ring_up(LineDraft(cup, 3000, 900), LineDraft(None, 1000, 50, note="a bag"), LineDraft(rice, -500, 500), on="1405-07-20",
                        customer=buyers[0], sellers=((ali, 10_000),))  # fmt: skip
    line = shop.lines(sold)[0].id
    returns.record_return(shop.store, sold, [returns.BackLine(line, 1000)], day=day("1405-08-01"))
    returns.record_return(shop.store, sold, [returns.BackLine(line, 1000, damaged=True)], day=day("1405-08-02"))
    shop.void(shop.ring_up(LineDraft(cup, 1000, 7777), on="1405-07-21"))
    with shop.change() as s:
        record_takings(s, day("1405-08-09"), 12_345, seller=sara, payment="cash")
    asked = [shop.add("lead", name=name, phone=number, day=day("1405-07-10"), source_id=source, seller_id=ali)
             for name, number in (("Reza", "09121111111"), ("Nobody", None), ("Nobody", "0912"))]  # fmt: skip
    with shop.store.reading() as s:
        stages = [row.id for row in s.execute(text("SELECT id FROM stage ORDER BY position"))]
    won = shop.add("deal", name="Big", lead_id=asked[2], stage_id=stages[4], value=8000, closed=day("1405-08-05"), opened=day("1405-07-12"))
    shop.add("deal", name="Lost", stage_id=stages[5], value=100, closed=day("1405-08-06"), opened=day("1405-08-01"), reason="price")
    shop.add(
        "deal", name="Open", stage_id=stages[2], value=5000, opened=day("1405-08-02"), expected=day("1405-08-29"), customer_id=buyers[1]
    )
    shop.add("activity", kind="call", day=day("1405-08-03"), due=day("1405-08-03"), done=day("1405-08-04"), deal_id=won)
    shop.add("activity", kind="tea", day=day("1405-08-04"), seller_id=namesake)
    shop.add("cost", day=day("1405-08-04"), amount=700, kind="advertising", campaign_id=ads)
    shop.add("cost", day=day("1405-08-05"), amount=900, kind="pay", seller_id=sara)
    shop.add("target", month="1405-08", kpi="revenue", amount=20_000)
    shop.add("target", month="1405-q3", kpi="conversion_rate", amount=3330, direction="at_least")
    shop.add("target", month="1405", kpi="sales_cycle", amount=12_500, direction="at_most", person="Sara")
    shop.add("target", month="1405-08", kpi="sales_velocity", amount=5_000_000_000)
    shop.add("target", month="1405-08", kpi="revenue", amount=8000, seller_id=sara)
    for at, score in enumerate((10, 9, 3)):
        shop.add("nps", day=day("1405-08-06"), score=score, customer_id=(*buyers[:2], None)[at])


def numbers(store, months=MONTHS):
    """Every KPI of every month, of the shop and of each seller; ids are the book's own and left out."""
    found = {}
    with store.reading() as s:
        for month in months:
            answer = kpi.as_json(s, Scope(Period.parse(month), dt.date(2027, 1, 1), None, "jalali"))
            found[month] = {key: (one["value"], one["n"], one["rows"]) for key, one in answer["kpis"].items()}
            for group in ("sellers", "products", "customers", "campaigns", "sources"):
                rows = [{key: value for key, value in row.items() if key != "id"} for row in answer[group]]
                found[month, group] = sorted(rows, key=lambda row: str(row.get("name")))
    return found


def take_back(folder_or_book, store):
    for name in ORDER:
        kind = "sales" if name in ("returns", "takings") else name
        path, sheet = (folder_or_book / f"{name}.csv", None) if folder_or_book.is_dir() else (folder_or_book, name)
        outcome = import_file(store, path, Options(kind, sheet=sheet), backup=False)
        assert (outcome.refusals, outcome.skipped) == ((), 0), name


@pytest.mark.parametrize("out", ["all", "all.xlsx"])
def test_what_went_out_comes_back_as_the_same_numbers(shop, tmp_path, out):
    fill(shop)
    counts = export_all(shop.store, tmp_path / out)

    with Store.create(tmp_path / "other.cheragh") as other:
        take_back(tmp_path / out, other)

        assert numbers(other) == numbers(shop.store)
        assert other.check() == []
        assert export_all(other, tmp_path / f"again-{out}") == counts


def test_a_book_in_pounds_comes_back_to_the_penny(tmp_path):
    with Store.create(tmp_path / "a.cheragh", currency="GBP") as a, Store.create(tmp_path / "b.cheragh", currency="GBP") as b:
        lines = "number,date,product,quantity,unit_price,discount\n1,2026-01-02,Tea,1.1250,1234.56,0.07\n2,2026-01-03,Tea,-1,0.005,\n"
        (tmp_path / "in.csv").write_text(lines)
        import_file(a, tmp_path / "in.csv", Options("sales"), backup=False)
        export_all(a, tmp_path / "out")

        take_back(tmp_path / "out", b)

        with a.reading() as s, b.reading() as t:
            question = text("SELECT quantity, unit_price, gross, discount, total FROM sale_line ORDER BY id")
            assert s.execute(question).all() == t.execute(question).all()


def test_no_text_of_ours_is_a_formula_in_a_spreadsheet(shop, tmp_path):
    fill(shop)
    export_all(shop.store, tmp_path / "all")

    with (tmp_path / "all" / "products.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["name"] for row in csv.DictReader(file)] == ["Rice", "'=cup, “white” large"]


def test_the_plain_copy_opens_in_any_sqlite(shop, tmp_path):
    shop.ring_up(700)
    export_plain(shop.store, tmp_path / "plain.sqlite")

    with sqlite3.connect(tmp_path / "plain.sqlite") as db:
        assert db.execute("SELECT total FROM sale").fetchall() == [(700,)]
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with pytest.raises(Refused, match="is there already"):
        export_plain(shop.store, tmp_path / "plain.sqlite")


@pytest.mark.parametrize(
    "export", [lambda store, folder: export_all(store, folder / "all"), lambda store, folder: export_plain(store, folder / "p")]
)
def test_a_seller_takes_nothing_out(shop, tmp_path, export):
    shop.hire("seller")

    with pytest.raises(Refused, match="role"):
        export(shop.store, tmp_path)


def test_a_target_of_every_kpi_has_that_kpis_unit():
    assert {key: one.unit for key, one in kpi.BY_KEY.items()} == KPI_UNITS


def test_every_table_that_goes_out_is_in_the_order_in_which_it_comes_back():
    assert set(ORDER) == set(questions())


# The rows behind a number


def rows_of(path):
    if path.suffix == ".xlsx":
        return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


COLUMNS = (Column("day", "Day", Unit.DAY), Column("name", "Name", Unit.TEXT), Column("total", "Total", Unit.MONEY),
           Column("quantity", "Quantity", Unit.QUANTITY), Column("paid", "Paid", Unit.FLAG))  # fmt: skip
ROW = (17, dt.date(2026, 10, 25), "=1+1", -12_345, 2500, 1)


def test_rows_are_written_as_a_person_reads_them(shop, tmp_path):
    with shop.store.reading() as s:
        write_table(s, tmp_path / "rows.csv", COLUMNS, [ROW, (18, None, None, None, None, 0)])

    assert rows_of(tmp_path / "rows.csv") == [
        ["Day", "Name", "Total (toman)", "Quantity", "Paid"], ["2026-10-25", "'=1+1", "-1234.5", "2.5", "✓"], ["", "", "", "", ""]
    ]  # fmt: skip


def test_numbers_are_numbers_and_days_are_days_in_a_workbook(shop, tmp_path):
    with shop.store.reading() as s:
        write_table(s, tmp_path / "rows.xlsx", COLUMNS, [ROW])

    assert rows_of(tmp_path / "rows.xlsx")[1] == [dt.date(2026, 10, 25), "=1+1", -1234.5, 2.5, "✓"]


@pytest.mark.parametrize("name", ["rows.csv", "rows.xlsx"])
def test_the_command_line_writes_the_rows_behind_a_number(shop, tmp_path, name, capsys):
    shop.ring_up(700, on="1405-08-03")
    shop.ring_up(800, on="1405-09-03")
    shop.store.close(backup=False)

    code = cli.run(
        ["rows", "revenue", "--book", str(shop.store.path), "--period", "1405-08", "--out", str(tmp_path / name), "--lang", "en"]
    )

    assert code == 0, capsys.readouterr().err
    _, *rows = rows_of(tmp_path / name)
    assert [(row[0], int(row[-1])) for row in rows] == [("Net sales", 70), ("Sales at list price", 70)]


def test_the_command_line_takes_everything_out(shop, tmp_path):
    fill(shop)
    shop.store.close(backup=False)

    code = cli.run(["export", "--book", str(shop.store.path), "--out", str(tmp_path / "o"), "--plain", str(tmp_path / "p.sqlite")])

    assert code == 0
    assert {path.stem for path in (tmp_path / "o").iterdir()} == set(questions())
    assert (tmp_path / "p.sqlite").exists()
