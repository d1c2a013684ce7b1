"""How amounts are written is what nearly all cells of a column say; an odd one is refused, an even case is asked."""

import pytest

from desktop.shop.importing import numbers
from desktop.shop.importing.numbers import ODD_MARKS
from tests.shop.importing.conftest import reasons


def prices(*cells, head="شماره,تاریخ,کالا,قیمت"):
    return "\n".join((head, *(f'{at},1403/02/05,قند,"{cell}"' for at, cell in enumerate(cells, 1))))


WHOLE = {  # cells of a book in rials → their amounts, None = refused
    "one odd comma": (("1,234", "2,500", "12,34", "3,750", "1234"), (1234, 2500, None, 3750, 1234)),
    "an odd comma first": (("12,34", "1,234"), (None, 1234)),
    "Persian digits and marks": (("۱٬۲۳۴", "۱۲٬۳۴", "۲٬۵۰۰"), (1234, None, 2500)),
    "a Persian comma": (("۱،۲۳۴", "۱۲،۳۴"), (1234, None)),
    "points part thousands": (("1.234.000", "1.250", "12.5"), (1_234_000, 1250, None)),
    "both marks part thousands": (("1.234", "1,234", "۲٫۵"), (1234, 1234, 3)),
    "noughts after the point": (("1500000.0000", "1,250.00", "۱٬۲۵۰٫۰۰"), (1_500_000, 1250, 1250)),
    "marks at odd places": (("1,23,456", "123,4567", "۱۲۳٬۴۵۶"), (None, None, 123_456)),
    "a nought before the mark": (("0,123", "۰٬۱۲۳", "123"), (None, None, 123)),
}


@pytest.mark.parametrize("cells", WHOLE)
def test_a_book_without_decimals_knows_no_decimal_comma(desk, cells):
    given, wanted = WHOLE[cells]

    outcome = desk.take(prices(*given))

    assert [total for (total,) in desk.lines("total")] == [one for one in wanted if one is not None]
    assert [row - 2 for row, _, _ in reasons(outcome)] == [at for at, one in enumerate(wanted) if one is None]
    assert all(one.message == ODD_MARKS for one in outcome.refusals)


POUNDS = {  # cells of a book in pounds and pence → pence; None = refused; "asked" = nobody can tell
    "one cell of another decimal mark": (("1,234.50", "12.30", "1.234,50", "0.99", "2,000.00"), (123_450, 1230, None, 99, 200_000)),
    "the other way round": (("1.234,50", "12,30", "0.99", "0,99", "2.000,00"), (123_450, 1230, None, 99, 200_000)),
    "Persian decimals among commas": (("۱,۲۳۴.۵۰", "۱۲.۳۰", "۱۲,۳۰", "۵.۵", "۶.۵"), (123_450, 1230, None, 550, 650)),
    "what is unclear is as the rest": (("1,234", "12.50", "2,500.25"), (123_400, 1250, 250_025)),
    "a Persian decimal mark": (("۱٬۲۳۴٫۵", "۱۲٫۵"), (123_450, 1250)),
    "one odd cell among unclear ones": (("1,234", "2,500", "12,34", "3,750"), "asked"),
    "unclear all over": (("۱,۲۳۴", "۲,۵۰۰"), "asked"),
    "two against two": (("1,234.50", "12.30", "1.234,50", "12,30"), "asked"),
    "two against one": (("۱۲.۵", "۱۳.۵", "۱۴,۵"), "asked"),
}


@pytest.mark.parametrize("cells", POUNDS)
def test_the_decimal_mark_is_that_of_nearly_all_cells(pounds, cells):
    given, wanted = POUNDS[cells]
    if wanted == "asked":
        outcome = pounds.take(prices(*given), dates="jalali")
        assert [(one.about, one.field) for one in outcome.asked] == [("decimal", "unit_price")]
        assert pounds.sales() == []
        return

    outcome = pounds.take(prices(*given), dates="jalali")

    assert [total for (total,) in pounds.lines("total")] == [one for one in wanted if one is not None]
    assert [row - 2 for row, _, _ in reasons(outcome)] == [at for at, one in enumerate(wanted) if one is None]


def test_many_cells_of_one_word_count_as_many(pounds):
    pounds.take(prices(*["12.50"] * 8, "12,5"), dates="jalali")

    assert len(pounds.sales()) == 8


def test_what_the_person_says_goes_before_the_column():
    shape = numbers.shape_of(["1,234"], [9], ",", whole=False, money=True)

    assert shape.read("1,234") == (1234, 3)
