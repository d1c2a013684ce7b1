"""One number wherever it stands: tile, sellers' table, days, goods, payments, report and `kpi --json` agree to the rial."""

import datetime as dt
import json

import pypdfium2
import pytest
from sqlalchemy import func, select

from desktop import app, cli, kpi
from desktop.shop.demo import write_demo
from desktop.store import Store
from desktop.store.tables import Product, Sale, SaleLine
from desktop.values.digits import plain
from desktop.values.fold import fold
from desktop.values.period import Period

LAST = dt.date(2026, 11, 18)
MONTH = Period.month(LAST, "jalali")


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "demo.cheragh"
    write_demo(path, months=14, seed=7, until=LAST)
    return path


@pytest.fixture
def today(data, demo):
    """«امروز» on the demo shop, every KPI in sight and answered."""
    house = app.App("fa", "light", LAST)
    window = house.show(demo)
    window.go("today")
    window.page.more.setChecked(True)
    app.settle(house)
    yield window.page
    house.leave()


@pytest.fixture
def printed(demo, data, capsys):
    """What `kpi --json` says of a span of days."""

    def said(period):
        command = ["kpi", "--book", str(demo), "--from", str(period.start), "--to", str(period.end), "--as-of", str(LAST), "--json"]
        capsys.readouterr()
        assert cli.run(command) == 0
        return json.loads(capsys.readouterr().out)

    return said


def shown(page):
    """Every answer on the page by its KPI's key."""
    tiles = page.tiles.values()
    return {answer.key: answer for tile in tiles for answer in (tile.answer, tile.other) if answer is not None}


def test_every_tile_is_what_the_command_line_prints(today, printed):
    answers = shown(today)
    today.stage.host.leave()  # the command line opens the book only when the window has left it

    assert set(answers) == {one.key for one in kpi.ALL}
    for period in {answer.period for answer in answers.values()}:
        said = printed(period)["kpis"]
        mine = {key: answer for key, answer in answers.items() if answer.period == period}
        assert {key: answer.value for key, answer in mine.items()} == {key: said[key]["value"] for key in mine}
        assert {key: answer.n for key, answer in mine.items()} == {key: said[key]["n"] for key in mine}


def test_sellers_days_goods_and_payments_add_up_to_the_tile(today):
    revenue = shown(today)["revenue"].value
    with today.desk.store.reading() as s:
        board = kpi.board(s, kpi.scope(s, period=MONTH, as_of=LAST))
        inside = (Sale.status == "final", Sale.day >= MONTH.start, Sale.day <= LAST)
        goods = sum(line.revenue for line in kpi.all_lists(s, board.scope).products)
        lumps = s.scalar(select(func.coalesce(func.sum(Sale.total), 0)).where(*inside, Sale.kind == "lump"))
        by_payment = s.execute(select(Sale.payment, func.sum(Sale.total)).where(*inside).group_by(Sale.payment)).all()
        lines = select(Product.category_id, func.sum(SaleLine.total)).join(Sale, Sale.id == SaleLine.sale_id)
        by_category = s.execute(
            lines.outerjoin(Product, Product.id == SaleLine.product_id).where(*inside).group_by(Product.category_id)
        ).all()

    table = today.sellers.model.rows
    assert sum(row[3] for row in table if row[1] != "sum") == revenue
    assert [row[3] for row in table if row[1] == "sum"] == [revenue]
    assert sum(day.net or 0 for day in board.days) == revenue
    assert goods + lumps == revenue
    assert len(by_payment) > 3
    assert sum(total for _, total in by_payment) == revenue
    assert len(by_category) > 3
    assert sum(total for _, total in by_category) == revenue


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_report_prints_the_command_lines_numbers(demo, data, printed, tmp_path, language):
    month = Period.month(MONTH.start - dt.timedelta(days=1), "jalali")
    out = tmp_path / "report.pdf"
    assert (
        cli.run(["report", "--book", str(demo), "--period", month.key(), "--as-of", str(LAST), "--out", str(out), "--lang", language]) == 0
    )
    with pypdfium2.PdfDocument(out) as document:
        text = squeezed("".join(page.get_textpage().get_text_range() for page in document))

    with Store.open(demo) as store, store.reading() as s:
        spans = {
            key: answer.period for key, answer in kpi.tiles(s, kpi.scope(s, period=month, as_of=LAST), [o.key for o in kpi.ALL]).items()
        }
    said = {period: printed(period)["kpis"] for period in set(spans.values())}
    from desktop.store.settings import writing_of
    from desktop.values.writing import use_writing

    with Store.open(demo) as store, store.reading() as s:
        use_writing(writing_of(s, language))
    values = {one: said[spans[one.key]][one.key]["value"] for one in kpi.ALL}
    missing = [
        one.key for one, value in values.items() if value is not None and not any(squeezed(form) in text for form in forms(one, value))
    ]

    assert missing == []


def forms(one, value):
    """A number as paper may write it: whole, or short with its word behind it, or before it in a table's own column.

    «٪» stands to the left of its number; where the line runs the other way the reader of a PDF meets it first.
    """
    whole = plain(one.unit.write(value))
    signed = "٪" + whole.removesuffix("٪") if whole.endswith("٪") else whole
    return whole, signed, " ".join(filter(None, one.unit.tile(value))), " ".join(reversed(one.unit.tile(value)))


def squeezed(text):
    return "".join(fold(plain(text)).split())
