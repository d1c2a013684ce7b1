"""The sentences: growth in money never stands without what inflation makes of it; each says its numbers as tiles do."""

import datetime as dt

import pytest

from desktop import kpi
from desktop.reports import words
from desktop.values.digits import DASH, number, plain
from desktop.values.text import tr
from desktop.values.unit import Unit

AFTER = dt.date(2026, 11, 25)


@pytest.fixture
def grown(shop):
    """200 this month, 160 the month before, 100 a year ago."""
    shop.sell(100_000_000, day="1404-08-05")
    shop.sell(160_000_000, day="1405-07-05")
    shop.sell(200_000_000, day="1405-08-05")
    return shop


def test_without_a_price_index_the_verdict_says_that_inflation_is_not_counted(grown, month):
    assert words.verdict(month(grown.store, "en", as_of=AFTER)) == (
        "Sales of Aban 1405 were 20 million toman, 25.0% more than the month before; inflation is not counted."
    )


def test_in_persian_too(grown, month):
    assert "تورم حساب نشده" in plain(words.verdict(month(grown.store, as_of=AFTER)))


def test_with_a_price_index_it_names_real_growth_beside_nominal(grown, month):
    """Sales doubled while prices rose by 60 %: 2 / 1.6 - 1 = 25 % in truth."""
    grown.price_index("1404-08", 100)
    grown.price_index("1405-08", 160)

    verdict = words.verdict(month(grown.store, "en", as_of=AFTER))

    assert "100.0% nominal growth" in verdict
    assert "25.0% real growth" in verdict
    assert verdict.count(".") == verdict.count("0%") + 1  # one sentence


def test_growth_that_inflation_ate_is_said_to_be_smaller(grown, month):
    """Prices rose by 150 %: 2 / 2.5 - 1 = -20 %."""
    grown.price_index("1404-08", 100)
    grown.price_index("1405-08", 250)

    assert "20.0% smaller in truth" in words.verdict(month(grown.store, "en", as_of=AFTER))


def test_fewer_sales_in_money_are_less_and_never_called_growth(shop, month):
    """100 a year ago, 90 now, prices up by 20 %: 0.9 / 1.2 - 1 = -25 %; had they fallen by 40 %: 0.9 / 0.6 - 1 = +50 %."""
    shop.sell(100_000_000, day="1404-08-05")
    shop.sell(90_000_000, day="1405-08-05")
    shop.price_index("1404-08", 100)
    shop.price_index("1405-08", 120)
    assert "10.0% less than the same month last year" in words.verdict(month(shop.store, "en", as_of=AFTER))
    assert "25.0% smaller in truth" in words.verdict(month(shop.store, "en", as_of=AFTER))

    shop.store.undo()
    shop.price_index("1405-08", 60)

    assert "−10.0% nominal growth and, once inflation is counted, 50.0% real growth" in words.verdict(month(shop.store, "en", as_of=AFTER))


def test_a_running_month_is_compared_with_the_same_days(grown, month):
    grown.sell(90_000_000, day="1405-09-02")

    verdict = words.verdict(month(grown.store, "en", period="1405-09", as_of=dt.date(2026, 11, 26)))

    assert "than the same days of the month before" in verdict


@pytest.mark.parametrize("values", [(12_300_000_000, 7_515_000_000, None), (5, 7, 0), (-3_000_000_000, 1_000, None)])
def test_a_column_has_one_scale_and_one_number_of_decimals(values):
    word, cells = words.aligned(Unit.MONEY, values)

    assert "toman" in word or "تومان" in word
    decimals = {len(plain(cell).partition("٫")[2]) for cell in cells if cell != "—"}
    assert len(decimals) == 1


def test_a_row_of_a_kpi_reads_as_its_tile_and_the_others_on_its_scale():
    word, cells = words.aligned(Unit.MONEY, (12_740_000_000, 7_515_000_000, 0, None))

    assert [plain(cell) for cell in cells] == ["۱٫۲۷۴", "۰٫۷۵۲", "۰", "—"]
    assert word == Unit.MONEY.tile(12_740_000_000)[1]


def test_numbers_of_a_column_have_their_decimal_points_below_each_other():
    _, cells = words.aligned(Unit.MONEY, [31_000_000, 29_000_000, 0, None])

    assert [plain(cell) for cell in cells] == ["۳٫۱", "۲٫۹", "۰", "—"]


def test_points_of_a_row_have_one_shape():
    assert words.aligned(Unit.POINTS, (33.6, 41.0, 0, None))[1] == [number(33.6, 1), number(41, 1), number(0), DASH]
    assert words.aligned(Unit.COUNT, (165, 151, 147, None))[1] == [number(165), number(151), number(147), DASH]


def test_every_kpi_has_a_meaning_in_formal_words():
    spoken = ("تومن", "شون", "تون", " رو ", "میاد", "می‌خرن", "دیگه", " یه ", "چقدره")

    for key, text in ((one.key, one.meaning) for one in kpi.ALL):
        assert not [word for word in spoken if word in f" {tr(text)} "], key


def test_what_is_dark_is_said_without_the_window_s_invitation(shop, month):
    m = month(shop.store, as_of=AFTER)
    said = " ".join([*(words.note(m, answer) for answer in m.answers.values()), words.compare(m, "revenue"), *words.quality(m)])

    assert "روشن بشه" not in said
    assert "شاخص هنوز داده‌ای ندارند" in said


def test_a_year_without_an_invoice_is_no_zero(grown, month):
    m = month(grown.store, "en", as_of=AFTER)
    assert words.last_year(m, m.answers["revenue"]) == 100_000_000

    m = month(grown.store, "en", period="1405-07", as_of=AFTER)
    assert m.answers["revenue"].last_year == 0
    assert words.last_year(m, m.answers["revenue"]) is None


def test_a_dim_lamp_is_a_risk_with_both_its_numbers(shop, month):
    with shop.change():
        for _ in range(20):
            shop.sell(10_000_000, day="1405-08-05")
    shop.sell(10_000_000, day="1405-09-01")

    risks = words.risks(month(shop.store, "en", period="1405-09", as_of=dt.date(2026, 12, 25)))

    assert any(risk.startswith("Net sales (revenue) fell from 20 million toman to 1 million toman.") for risk in risks)


def test_gaps_of_the_data_are_said_with_their_share(shop, month):
    shop.sell(30_000_000, day="1405-08-02", cost=20_000_000, customer="مینا")
    shop.sell(10_000_000, day="1405-08-03")

    said = words.quality(month(shop.store, "en", as_of=AFTER))

    assert "Cost is known for 75.0% of sales; profit and margin speak of these only." in said
    assert "75.0% of sales went to named customers; customer KPIs speak of these only." in said
    assert "Sales of 4 million toman have no seller." in said
