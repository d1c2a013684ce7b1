"""One seller, or several with their shares."""

import pytest

from desktop.ui.sellers import MOST, Sellers
from tests.ui.keys import click, write


@pytest.fixture
def sellers(window, counter, shown):
    for name in ("علی", "زهرا", "حسین"):
        counter.add("seller", name=name)
    return shown(Sellers(window.desk))


def test_one_seller_has_it_all_and_nobody_is_nobody(sellers):
    assert sellers.value() == ()
    write("علی", sellers.pickers[0])

    assert sellers.value() == ((1, 10_000),)
    assert not sellers.shares[0].isVisible()


def test_untyped_shares_are_equal_parts_of_what_is_left(sellers):
    for at, name in enumerate(("علی", "زهرا", "حسین")):
        if at:
            click(sellers.more)
        write(name, sellers.pickers[at])
    assert sellers.value() == ((1, 3_334), (2, 3_333), (3, 3_333))

    write("۵۰٪", sellers.shares[0])
    assert sellers.value() == ((1, 5_000), (2, 2_500), (3, 2_500))


def test_a_kept_sale_shows_its_shares_only_where_they_are_not_equal(sellers):
    sellers.set_value(((1, 4_000), (2, 6_000)), {1: "علی", 2: "زهرا"})

    assert sellers.value() == sellers.known == ((1, 4_000), (2, 6_000))
    assert sellers.shares[0].text() == "۴۰٪"


def test_more_rows_come_up_to_a_limit(sellers):
    for _ in range(MOST):
        sellers.more.click() if sellers.more.isVisible() else None

    assert len(sellers.pickers) == MOST
