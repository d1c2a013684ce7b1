"""Would they recommend the shop? Scores counted by hand, ranges from the design's own table."""

import pytest

from desktop import kpi
from desktop.kpi import nps
from desktop.kpi.kpi import Lamp
from desktop.store.tables import NpsAnswer


def answer(shop, *scores, **more):
    with shop.change():
        for score in scores:
            shop.nps(score, **more)


def test_promoters_less_detractors_by_all_answers(shop):
    answer(shop, *[10] * 11, *[9] * 11, *[8] * 5, *[7] * 5, *[6] * 4, *[0] * 4)
    found = shop.ask("nps")

    assert (found.value, found.n) == (35, 40)
    assert (round(found.low, 1), round(found.high, 1)) == (8.9, 56.2)


@pytest.mark.parametrize(
    ("promoters", "passives", "detractors", "value", "low", "high"),
    [
        (22, 10, 8, 35, 8.9, 56.2), (9, 1, 0, 90, 38.1, 100),
        (5, 3, 2, 30, -19.1, 65.2), (3, 0, 0, 100, -6.6, 100), (0, 0, 3, -100, -100, 6.6),
        (0, 4, 0, 0, -34.3, 34.3),
    ],
)  # fmt: skip
def test_ranges(shop, promoters, passives, detractors, value, low, high):
    """¾ promoter, 1½ passive and ¾ detractor are added for the range: of nine and one that agree nobody is that sure."""
    answer(shop, *[9] * promoters, *[7] * passives, *[6] * detractors)
    found = shop.ask("nps")

    assert found.value == value
    assert (found.low, found.high) == (pytest.approx(low, abs=0.1), pytest.approx(high, abs=0.1))


def test_nobody_asked_is_null(shop):
    found = shop.ask("nps")

    assert found.value is None
    assert found.why_null
    assert found.lamp is Lamp.OFF


def test_fewer_than_thirty_answers_are_grey(shop):
    answer(shop, *[9] * 29)
    assert shop.ask("nps").lamp is Lamp.GREY

    answer(shop, 9)
    assert shop.ask("nps").lamp is Lamp.ON


def test_the_last_answer_of_a_customer_counts_once_in_ninety_days(shop):
    """Looking back from the end: 20 Azar counts; 1 Aban is less than 90 days older; 15 Shahrivar is more."""
    shop.nps(10, customer="Ali", day="1405-09-20")
    shop.nps(0, customer="Ali", day="1405-08-01")
    shop.nps(8, customer="Ali", day="1405-06-15")

    assert shop.kpi("nps", "1405") == 50
    assert shop.ask("nps", "1405").n == 2


def test_ninety_days_apart_both_count(shop):
    """20 Azar is 90 days after 21 Shahrivar, 89 after 22 Shahrivar."""
    shop.nps(10, customer="Ali", day="1405-09-20")
    shop.nps(0, customer="Ali", day="1405-06-21")
    shop.nps(10, customer="Sara", day="1405-09-20")
    shop.nps(0, customer="Sara", day="1405-06-22")

    assert (shop.kpi("nps", "1405"), shop.ask("nps", "1405").n) == (pytest.approx(100 / 3), 3)


def test_looking_back_starts_at_the_end_of_the_asked_period(shop):
    shop.nps(10, customer="Ali", day="1405-09-20")
    shop.nps(0, customer="Ali", day="1405-08-01")

    assert shop.kpi("nps", "1405-08") == -100
    assert shop.kpi("nps", "1405") == 100


def test_two_answers_of_one_day_are_the_later_entered(shop):
    shop.nps(0, customer="Ali")
    shop.nps(10, customer="Ali")

    assert (shop.kpi("nps"), shop.ask("nps").n) == (100, 1)


def test_anonymous_answers_all_count(shop):
    answer(shop, 10, 10, 0)

    assert shop.ask("nps").n == 3


def test_answers_after_the_as_of_day_and_void_ones_do_not_count(shop):
    answer(shop, 10, day="1405-08-05")
    answer(shop, 0, day="1405-08-20")
    answer(shop, 1, day="1405-08-04")
    with shop.change() as s:
        s.query(NpsAnswer).filter(NpsAnswer.score == 1).one().status = "void"

    assert shop.kpi("nps", as_of="1405-08-10") == 100
    assert shop.kpi("nps") == 0


def test_it_is_not_divided_by_seller(shop):
    answer(shop, 10)

    assert "seller" in shop.ask("nps", seller="Reza").why_null


def test_the_rows_shown_are_the_answers_counted(shop):
    shop.nps(10, customer="Ali", day="1405-08-20")
    shop.nps(0, customer="Ali", day="1405-08-01")
    answer(shop, 7, 3)
    asked = shop.scope()
    with shop.store.reading() as s:
        for part in nps.KPIS[0].parts:
            assert part.value(s, asked) == part.counted(s, asked)
        shown = kpi.rows(s, "nps", asked)

    assert sorted(row[3] for row in shown.rows) == [3, 7, 10]
