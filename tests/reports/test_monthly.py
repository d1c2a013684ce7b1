"""Which month a report is of."""

import datetime as dt

import pytest

from desktop import cli, reports
from desktop.values.period import Period
from desktop.values.text import Refused

TODAY = dt.date(2026, 11, 25)  # 4 Azar 1405


def usual(shop):
    with shop.store.reading() as s:
        return reports.usual_month(s, TODAY)


def test_a_book_without_a_sale_has_no_report(shop):
    shop.cost(1_000)

    assert usual(shop) is None


def test_usually_it_is_the_month_that_is_over(shop):
    shop.sell(100, day="1405-08-03")
    shop.sell(100, day="1405-09-02")

    assert usual(shop) == Period.parse("1405-08")


def test_a_shop_that_began_this_month_gets_the_running_one(shop):
    shop.sell(100, day="1405-09-02")

    assert usual(shop) == Period.parse("1405-09")


@pytest.mark.parametrize("period", ["1405", "1405-q2", "1405-08-01"])
def test_other_spans_than_a_month_are_refused(shop, month, period):
    with pytest.raises(Refused, match="1405-09"):
        month(shop.store, "en", period=period)


def test_a_gregorian_month_is_a_month(shop, month):
    shop.sell(100, day="1405-08-03")

    assert month(shop.store, "en", period="2026-10").label == "October 2026"


def test_the_command_says_what_it_cannot_write(demo, tmp_path, capsys):
    for name, sentence in (("report.txt", "A report's name ends in .pdf or .xlsx."), ("gone/report.pdf", "report.pdf cannot be written")):
        code = cli.run(["report", "--book", str(demo), "--period", "1405-08", "--out", str(tmp_path / name), "--lang", "en"])

        assert code == 1
        assert sentence in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
