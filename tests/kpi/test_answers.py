"""What is said about a number: its lamp and why, what it is compared with, its rows and its formula."""

import datetime as dt

import pytest

from desktop import kpi
from desktop.kpi.kpi import Lamp
from desktop.store.tables import Seller
from desktop.values.fold import fold
from desktop.values.period import Period
from desktop.values.text import Refused
from desktop.values.writing import Writing, use_writing
from tests.little_shop import day, period


def lamp(shop, key, over="1405-08", as_of=None, seller=None):
    found = shop.ask(key, over, as_of, seller)
    return found.lamp, found.why_lamp


# The lamp: on


def test_a_number_not_worse_than_before_is_on(shop):
    shop.sell(100, day="1405-07-05")
    shop.sell(100)

    assert lamp(shop, "revenue") == (Lamp.ON, "Not worse than the comparison.")


def sells(shop, *totals, **more):
    with shop.change():
        for total in totals:
            shop.sell(total, **more)


@pytest.mark.parametrize(("before", "found"), [(19, Lamp.ON), (22, Lamp.DIM)])
def test_a_few_invoices_less_are_chance_and_half_of_them_are_not(shop, before, found):
    """Ten after nineteen may be the same shop: 9 < 1.96 × √29; after twenty-two it is not. Their money alike."""
    sells(shop, *[100] * before, day="1405-07-05")
    sells(shop, *[100] * 10)

    assert lamp(shop, "orders")[0] is lamp(shop, "revenue")[0] is found


@pytest.mark.parametrize(("sold", "found"), [((90, 30), Lamp.ON), ((61, 59), Lamp.DIM)])
def test_the_average_invoice_is_as_unsure_as_invoices_differ(shop, sold, found):
    sells(shop, *(70, 60) * 10, day="1405-07-05")
    sells(shop, *sold * 10)

    assert lamp(shop, "average_order_value")[0] is found


def test_proportions_are_compared_by_the_ranges_of_both(shop):
    """9 of 10 after 10 of 10 is chance; 3 of 10 is not."""
    for month, won in (("06", 10), ("07", 9), ("08", 3)):
        for n in range(10):
            shop.deal(outcome="won" if n < won else "lost", closed=f"1405-{month}-05")

    assert shop.ask("win_rate", "1405-07").lamp is Lamp.ON
    assert shop.ask("win_rate", "1405-08").lamp is Lamp.DIM


def test_growth_is_judged_against_none_at_all(shop):
    """6 % more after 22 % more is good news; 30 % less after 51 % less is not."""
    for month, n in (("05", 400), ("06", 488), ("07", 517), ("08", 362)):
        sells(shop, *[10] * n, day=f"1405-{month}-05")

    assert shop.ask("sales_growth", "1405-07").lamp is Lamp.ON
    assert (shop.ask("sales_growth").lamp, shop.ask("sales_growth").why_lamp) == (Lamp.DIM, "Below zero.")


def test_a_period_that_has_not_begun_is_off_and_no_worse(shop):
    sells(shop, *[100] * 20, day="1405-08-05")

    for key in ("revenue", "orders", "won_deals", "activities", "nps", "sales_growth"):
        found = shop.ask(key, "1405-09", "1405-08-30")
        assert (found.lamp, found.why_lamp, found.entry) == (Lamp.OFF, "The period has not begun.", ""), key


def test_a_dark_lamp_says_what_is_true_and_asks_for_nothing_in_vain(shop):
    """Not divided by seller; the target met; no deal due though there is a target; nobody lost anything."""
    seller = shop.seller("Mina")
    shop.sell(200)
    shop.target(100)
    shop.deal(outcome="won", closed="1405-08-05")

    assert lamp(shop, "nps", seller=seller) == (Lamp.OFF, "This number is not divided by seller.")
    assert lamp(shop, "pipeline_coverage") == (Lamp.OFF, "The target is met.")
    assert lamp(shop, "lost_deals") == (Lamp.OFF, "No deal was lost.")

    shop.target(1000, month="1405-09")
    assert shop.ask("pipeline_coverage", "1405-09").value == 0
    assert "target" not in shop.ask("pipeline_coverage", "1405-09").why_lamp


def test_a_sellers_part_of_a_sale_counts_as_its_part(shop):
    """A third of one piece, of one invoice."""
    shop.sell(100, seller={"Mina": 3333, "Reza": 6667})
    asked = shop.scope(seller=shop.seller("Mina"))
    with shop.store.reading() as s:
        explained = kpi.explain(s, "units_per_transaction", asked)

    assert explained.answer.n == pytest.approx(0.3333)
    assert explained.answer.value == pytest.approx(1)


def test_with_nothing_to_compare_it_is_on_and_says_so(shop):
    shop.sell(100, cost=50)

    assert lamp(shop, "gross_profit") == (Lamp.ON, "There is nothing to compare it with yet.")


def test_less_is_better_where_it_is(shop):
    for _ in range(10):
        shop.sell(100, day="1405-07-05")
        sale = shop.sell(100)
    shop.give_back(sale, 20)
    assert lamp(shop, "returns_rate")[0] is Lamp.DIM

    shop.sell(100, day="1405-09-05")
    with shop.change():
        for _ in range(9):
            shop.sell(100, day="1405-09-05")
    assert lamp(shop, "returns_rate", "1405-09")[0] is Lamp.ON


def test_a_range_of_its_own_is_the_noise(shop):
    """10 of 20 against 8 of 20: far more than 5 % apart, and yet what chance does."""
    for month, won in (("07", 10), ("08", 8)):
        for n in range(20):
            shop.deal(outcome="won" if n < won else "lost", closed=f"1405-{month}-10", opened="1405-06-01")

    assert lamp(shop, "win_rate") == (Lamp.ON, "A little worse than the comparison, within what chance does.")


def test_of_each_range_the_end_that_lies_towards_the_other_is_the_noise(shop):
    """2 of 20 after 7 of 20: up from the first 0.20, down from the second 0.17, together 0.26; the other ends make 0.23 of it."""
    for month, won in (("07", 7), ("08", 2)):
        for n in range(20):
            shop.deal(outcome="won" if n < won else "lost", closed=f"1405-{month}-10", opened="1405-06-01")

    assert lamp(shop, "win_rate") == (Lamp.ON, "A little worse than the comparison, within what chance does.")


def test_so_it_is_where_less_is_better(shop):
    """Of twenty customers thirteen went quiet in Mehr, of twenty eighteen in Aban: the same, upside down."""
    shop.setting("active_days", 30)
    with shop.change():
        for month, customers in (("05", [0]), ("06", range(20)), ("07", range(13, 33)), ("08", (13, 14))):
            for n in customers:
                shop.sell(100, day=f"1405-{month}-20", customer=f"C{n}")

    assert (shop.kpi("churn_rate", "1405-07"), shop.kpi("churn_rate")) == (13 / 20, 18 / 20)
    assert lamp(shop, "churn_rate") == (Lamp.ON, "A little worse than the comparison, within what chance does.")


def test_far_below_the_range_is_dim(shop):
    for month, won in (("07", 18), ("08", 2)):
        for n in range(20):
            shop.deal(outcome="won" if n < won else "lost", closed=f"1405-{month}-10", opened="1405-06-01")

    assert lamp(shop, "win_rate") == (Lamp.DIM, "Worse than the comparison.")


# With a target


def test_a_target_reached_is_on_though_last_month_was_better(shop):
    shop.sell(9000, day="1405-07-05")
    shop.sell(1000)
    shop.target(1000)

    assert lamp(shop, "revenue") == (Lamp.ON, "The target is reached.")


def test_on_pace_is_on_while_the_period_runs(shop):
    """By 11 Aban 9 of 25 working days are over: 360 of 1,000."""
    shop.target(1000)
    shop.sell(360)

    assert lamp(shop, "revenue", as_of="1405-08-11") == (Lamp.ON, "On pace towards the target.")
    assert lamp(shop, "revenue", as_of="1405-08-12")[0] is Lamp.DIM
    assert lamp(shop, "revenue") == (Lamp.DIM, "Behind the target.")


@pytest.mark.parametrize(("most", "found"), [(1000, Lamp.ON), (999, Lamp.DIM)])
def test_an_upper_limit_is_kept_or_not(shop, most, found):
    shop.target(most, kpi="returns_rate", direction="at_most")
    for _ in range(10):
        sale = shop.sell(100)
    shop.give_back(sale, 100)

    assert lamp(shop, "returns_rate")[0] is found


# Grey and off


@pytest.mark.parametrize(("n", "found"), [(9, Lamp.GREY), (10, Lamp.ON)])
def test_fewer_than_ten_is_a_small_sample(shop, n, found):
    for _ in range(n):
        shop.sell(100)
    said = lamp(shop, "average_order_value")

    assert said[0] is found
    if found is Lamp.GREY:
        assert said[1] == "Small sample: 9 of at least 10."


def test_a_small_sample_is_grey_even_with_its_target_reached(shop):
    shop.target(1, kpi="average_order_value")
    shop.sell(100)

    assert lamp(shop, "average_order_value")[0] is Lamp.GREY


@pytest.mark.parametrize(
    ("key", "entry"),
    [("revenue", "Record a sale"), ("gross_margin", "purchase price"), ("conversion_rate", "Record a lead"), ("nps", "answer"),
     ("retention_rate", "younger"), ("romi", "Record what you spent"), ("target_attainment", "Set a target"),
     ("win_rate", "Record deals"), ("activities", "call or visit"), ("sales_growth_real", "compared with"),
     ("customers", "Name the customer")],
)  # fmt: skip
def test_an_empty_book_is_dark_and_says_what_lights_it(shop, key, entry):
    found = shop.ask(key)

    assert found.lamp is Lamp.OFF
    assert entry in found.why_lamp


def test_what_only_time_can_bring_names_no_entry(shop):
    shop.sell(100)
    found = shop.ask("sales_growth")

    assert (found.lamp, found.entry) == (Lamp.OFF, "")
    assert "Record" not in found.why_lamp


def test_a_fall_to_nothing_is_dim_and_not_off(shop):
    sells(shop, *[100] * 5, day="1405-07-05")

    for key in ("revenue", "orders"):
        assert lamp(shop, key) == (Lamp.DIM, "Worse than the comparison.")


# What it is compared with


@pytest.mark.parametrize(
    ("over", "as_of", "before"),
    [
        ("1405-08", None, "1405-07"),
        ("2026-03", None, "2026-02"),
        ("1405-08", "1405-08-10", "1405-07-01..1405-07-10"),
        ("1405-01", "1405-01-31", "1404-12-01..1404-12-29"),
        ("1405-08-03..1405-08-07", None, "1405-07-28..1405-08-02"),
        ("1405-08-03..1405-08-07", "1405-08-04", "1405-07-28..1405-07-29"),
        ("1405-08-05", None, "1405-08-04"),
    ],
)
def test_the_comparison_is_fair(shop, over, as_of, before):
    found = shop.ask("revenue", over, as_of)

    assert found.before == period(before)


def test_previous_is_the_same_number_over_the_comparison(shop):
    shop.sell(300, day="1405-07-10")
    shop.sell(500, day="1405-07-11")
    shop.sell(200, day="1405-08-03")

    assert shop.ask("revenue", as_of="1405-08-10").previous == 300
    assert shop.ask("revenue").previous == 800


def test_the_previous_growth_is_last_months_growth(shop):
    for month, total in (("06", 100), ("07", 150), ("08", 300)):
        shop.sell(total, day=f"1405-{month}-05")
    found = shop.ask("sales_growth")

    assert (found.value, found.previous) == (1, 0.5)


def test_the_previous_growth_of_a_running_month_is_like_with_like(shop):
    """By 10 Mehr 100 against 50 by 10 Shahrivar; what came after the tenth is in neither."""
    for when, total in (("1405-06-05", 50), ("1405-06-25", 999), ("1405-07-05", 100), ("1405-07-25", 999), ("1405-08-05", 300)):
        shop.sell(total, day=when)
    found = shop.ask("sales_growth", as_of="1405-08-10")

    assert (found.value, found.previous) == (2, 1)


def test_the_same_days_last_year_are_asked_when_wanted(shop):
    shop.sell(70, day="1404-08-05")
    shop.sell(100)

    assert shop.ask("revenue").last_year is None
    assert shop.ask("revenue", last_year=True).last_year == 70


# A tile's own window


@pytest.mark.parametrize(
    ("key", "shown", "answered"),
    [
        ("revenue", "1405-08-10", "1405-08-10"),
        ("conversion_rate", "1405-08", "1405-08-10"),
        ("nps", "1405-05-13..1405-08-10", "1405-05-13..1405-08-10"),
        ("retention_rate", "1405-05-13..1405-08-10", "1405-05-13..1405-08-10"),
    ],
)
def test_a_short_period_does_not_shrink_what_needs_longer(shop, key, shown, answered):
    asked = shop.scope("1405-08-10", "1405-08-10")
    with shop.store.reading() as s:
        assert kpi.tiles(s, asked, [key])[key].period == period(shown)
        assert kpi.answer(s, key, asked).period == period(answered)


def test_the_month_before_of_nps_is_what_that_month_itself_said(shop):
    """Ninety days that end with the month, for both: not the ninety days before the ninety days."""
    shop.nps(10, day="1405-08-05", customer="Ali")
    shop.nps(0, day="1405-06-20", customer="Sara")

    assert shop.ask("nps").value == 0
    assert shop.ask("nps").previous == shop.ask("nps", "1405-07").value == -100
    assert shop.ask("nps").period == period("1405-06-02..1405-08-30")


def test_a_long_enough_period_is_not_widened(shop):
    for one in kpi.ALL:
        with shop.store.reading() as s:
            assert kpi.answer(s, one.key, shop.scope("1405")).period == period("1405")


# The trend


def test_the_trend_is_twelve_months_and_what_is_to_come_is_empty(shop):
    shop.sell(100, day="1405-07-05")
    shop.sell(200, day="1405-08-05")
    asked = shop.scope("1405-08", "1405-08-10")
    with shop.store.reading() as s:
        found = kpi.trend(s, "revenue", asked)
        quarter = kpi.trend(s, "revenue", asked.over(period("1405-q3")), months=3)

    assert len(found) == 12
    assert found[-1] == (period("1405-08-01..1405-08-10"), 200), "a running month is of its days so far"
    assert found[-2][1] == 100
    assert [value for _, value in quarter] == [100, 200, None]


def test_slow_numbers_have_no_trend(shop):
    with shop.store.reading() as s:
        assert kpi.trend(s, "clv_12m", shop.scope()) == ()


def test_with_trend_adds_it_to_what_is_known(shop):
    shop.sell(200)
    asked = shop.scope()
    with shop.store.reading() as s:
        found = kpi.with_trend(s, kpi.answer(s, "revenue", asked), asked)

    assert found.trend[-1][1] == found.value == 200


# The formula


def explained(shop, key, over="1405-08", seller=None):
    asked = shop.scope(over, None, seller)
    with shop.store.reading() as s:
        return kpi.explain(s, key, asked)


def test_the_formula_is_shown_with_its_numbers(shop):
    shop.sell(2000)
    shop.sell(1000)
    found = explained(shop, "average_order_value")

    assert found.numbers == "300 ÷ 2 = 150"
    assert [(key, value, rows) for key, _, value, rows in found.parts] == [("sold", 3000, 2), ("orders", 2, 2)]
    assert found.answer.value == 1500


def test_a_last_term_of_nothing_is_left_out(shop):
    sale = shop.sell(9000, discount=1000)
    assert explained(shop, "revenue").numbers == "1,000 − 100 = 900"

    shop.give_back(sale, 2000)
    assert explained(shop, "revenue").numbers == "1,000 − 100 − 200 = 700"

    shop.lump(500)
    assert explained(shop, "revenue").numbers == "1,000 − 100 − 200 + 50 = 750"


def test_persian_formulas_are_in_persian_digits(shop):
    shop.sell(2000)
    use_writing(Writing(language="fa"))

    assert "۲۰۰" in explained(shop, "average_order_value").numbers


def test_the_sentence_names_the_formula_and_every_part(shop):
    shop.sell(2000, cost=1000)
    said = explained(shop, "gross_margin").sentence()

    for text in (
        "Gross margin: 50.0%",
        "(Net sales of costed lines − Cost of these lines) ÷ Net sales of costed lines",
        "(200 − 100) ÷ 200 = 50.0%",
        "(1 rows)",
    ):
        assert text in said
    assert "Small sample" in said


def test_a_formula_shows_as_many_digits_as_make_it_true(shop):
    shop.sell(96_280, seller={"Mina": 6034, "Reza": 3966})

    assert explained(shop, "average_order_value", seller="Mina").numbers == "5,809.5 ÷ 0.6034 = 9,628"


def test_a_dark_number_explains_why_in_one_place(shop):
    said = explained(shop, "conversion_rate").sentence()

    assert said.count("No lead came") == 1


def test_the_change_stands_in_the_json(shop):
    shop.sell(100, day="1405-07-05")
    shop.sell(250)
    found = explained(shop, "revenue").as_json()

    assert (found["value"], found["previous"], found["change"]) == (250, 100, 150)
    assert found["formula"] == "Sales at list price − Discounts − Value given back + Takings entered in one sum"
    assert found["parts"][0] == {"part": "net", "title": "Net sales", "value": 250, "rows": 1}
    assert found["lamp"] == "on"


def test_what_is_not_divided_by_seller_has_no_parts_under_one(shop):
    shop.nps(10)
    shop.seller("Mina")

    assert explained(shop, "nps", seller="Mina").parts == ()


# Rows


def test_a_number_without_sellers_has_no_rows_under_one(shop):
    shop.nps(10)
    asked = shop.scope(seller="Mina")
    with shop.store.reading() as s:
        assert kpi.rows(s, "nps", asked).total == 0
        assert kpi.answer(s, "nps", asked, rows=True).rows == 0


# Asking


def test_a_seller_is_found_by_folded_name(shop):
    number = shop.seller("علي كريمي")  # Arabic letters
    with shop.store.reading() as s:
        assert kpi.seller_named(s, "علی کریمی") == number
        with pytest.raises(Refused, match="no seller"):
            kpi.seller_named(s, "Nobody")


def test_sellers_of_one_name_are_told_apart_by_code(shop, in_english):
    with shop.change() as s:
        s.add_all(
            Seller(name=name, name_fold=fold(name), name_sort="", code=code) for name, code in (("علی", "R1"), ("علي", "R2"), ("علی", None))
        )
    with shop.store.reading() as s:
        assert (kpi.seller_named(s, "R1"), kpi.seller_named(s, "R2")) == (1, 2)
        with pytest.raises(Refused, match=r"Several sellers are called علی; say the code of the one you mean: R1, R2, without a code\."):
            kpi.seller_named(s, "علی")


def test_without_a_period_it_is_the_running_month_of_the_books_calendar(shop):
    with shop.store.reading() as s:
        found = kpi.scope(s, as_of=day("1405-08-10"))

    assert (found.period, found.as_of, found.calendar) == (period("1405-08"), day("1405-08-10"), "jalali")


def test_as_of_a_day_before_the_period_nothing_has_happened(shop):
    shop.sell(100)
    asked = kpi.Scope(period("1405-08"), day("1405-07-30"))

    assert asked.days.days == 0
    with shop.store.reading() as s:
        assert kpi.BY_KEY["revenue"].measure(s, asked).value == 0


@pytest.mark.parametrize("days", [1, 7, 40])
def test_every_period_is_compared_with_as_many_days(shop, days):
    start = day("1405-08-03")
    asked = shop.scope(Period(start, start + dt.timedelta(days=days)))

    assert asked.before().period.days == days
