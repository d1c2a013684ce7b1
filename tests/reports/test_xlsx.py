"""The workbook: the numbers of `kpi --json` and of the paper, days twice, and nothing that Excel would run."""

import datetime as dt
import zipfile
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from desktop import kpi
from desktop.reports.xlsx import write_xlsx
from desktop.store import Store
from desktop.values.digits import plain
from desktop.values.text import tr
from desktop.values.unit import Unit
from tests.reports.conftest import UNTIL


def sheet(data, name):
    """A sheet's rows by the titles of its head."""
    head, *rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(name).to_python()
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_kpi_is_the_number_of_the_command_line(demo, month, language):
    """What looks at more than a month (retention, NPS) too, and what it is compared with."""
    m = month(demo, language)
    rows = {row[tr("KPI")]: row for row in sheet(write_xlsx(m, UNTIL), tr("KPIs"))}
    with Store.open(demo) as store, store.reading() as s:
        said = kpi.as_json(s, m.scope)["kpis"]

    assert len(rows) == len(kpi.ALL)
    for one in kpi.ALL:
        tomans = 10 if one.unit in (Unit.MONEY, Unit.MONEY_PER_DAY) else 1
        for written, known in ((m.label, "value"), (tr("Period before"), "previous")):
            wanted = said[one.key][known]
            found = rows[plain(tr(one.title))][plain(written)]
            assert found == ("" if wanted is None else pytest.approx(wanted / tomans, rel=1e-14)), one.key


def test_the_sellers_of_the_workbook_are_those_of_the_paper(demo, month):
    m = month(demo, "en")

    rows = sheet(write_xlsx(m, UNTIL), "Sellers")

    assert {row["Name"]: row["Net sales (revenue)\ntoman"] * 10 for row in rows} == {line.name: line.net for line in m.board.sellers}


def test_days_stand_as_the_shop_writes_them_and_as_dates(demo, month):
    m = month(demo)
    data = write_xlsx(m, UNTIL)
    days, about = sheet(data, tr("Days")), sheet(data, tr("The report"))

    assert [row[tr("{title}, Gregorian", title=tr("Day"))] for row in days] == [bar.day for bar in m.board.days]
    assert days[0][tr("Day")] == "۱ آبان ۱۴۰۵"
    assert sum(row[f"{tr('Net sales')}\n{Unit.MONEY.word}"] or 0 for row in days) * 10 == pytest.approx(m.answers["revenue"].value)
    assert UNTIL in {value for row in about for value in row.values()}
    bought = [row for row in sheet(data, tr("Customers")) if row[tr("Last purchase")]]
    assert bought
    for title in (tr("First purchase"), tr("Last purchase")):
        assert all(isinstance(row[tr("{title}, Gregorian", title=title)], dt.date) for row in bought)


def test_a_name_that_looks_like_a_formula_stays_text(shop, month):
    names = ("=1+1", "+98 21", "-5", "@SUM(A1)", '=HYPERLINK("http://x","y")')
    for name in names:
        shop.sell(1_000_000, customer=name, seller=name, product=name)
    m = month(shop.store, "en")

    data = write_xlsx(m, UNTIL)

    assert {row["Customer"] for row in sheet(data, "Groups of customers (RFM)")} == set(names)
    archive = zipfile.ZipFile(BytesIO(data))
    assert not any(b"<f>" in archive.read(part) or b"hyperlink" in archive.read(part).lower().replace(b"=hyperlink", b"")
                   for part in archive.namelist() if "worksheets" in part)  # fmt: skip


def test_nobody_has_the_name_of_what_is_missing(shop, month):
    """«Without a seller» once stood in every empty cell of her line, numbers too."""
    shop.sell(1_000_000)
    data = write_xlsx(month(shop.store, "en", as_of=UNTIL), UNTIL)

    (seller,) = sheet(data, "Sellers")
    assert [title for title, value in seller.items() if value == "Without a seller"] == ["Name"]
    assert [row["Name"] for row in sheet(data, "Products")] == ["no product named"]


def test_whoever_sold_the_most_stands_first_and_heads_filter(demo, month):
    data = write_xlsx(month(demo, "en"), UNTIL)

    for name in ("Sellers", "Customers", "Campaigns", "Sources"):
        amounts = [row["Net sales (revenue)\ntoman"] or 0 for row in sheet(data, name)]
        assert amounts == sorted(amounts, reverse=True)
    archive = zipfile.ZipFile(BytesIO(data))
    sheets = [archive.read(part) for part in archive.namelist() if part.startswith("xl/worksheets/sheet")]
    assert all(b"<autoFilter" in one and b'state="frozen"' in one for one in sheets)


def test_months_of_first_purchase_are_named_as_the_shop_names_them(demo, month):
    rows = sheet(write_xlsx(month(demo), UNTIL), tr("Months of first purchase"))

    assert all("۱۴۰" in row[tr("Month")] for row in rows)
    assert "۱ ماه بعد" in rows[0]


def test_an_empty_month_is_a_workbook_too(shop, month):
    data = write_xlsx(month(shop.store, "en"), UNTIL)

    assert {row["In a word"] for row in sheet(data, "KPIs")} == {"no data yet"}
    assert sheet(data, "Customers") == []


def test_the_same_month_is_the_same_bytes(demo, month):
    m = month(demo)

    assert write_xlsx(m, UNTIL) == write_xlsx(m, UNTIL)


def test_persian_sheets_run_from_right_to_left(demo, month):
    archive = zipfile.ZipFile(BytesIO(write_xlsx(month(demo), UNTIL)))

    assert all(b'rightToLeft="1"' in archive.read(part) for part in archive.namelist() if part.startswith("xl/worksheets/sheet"))
