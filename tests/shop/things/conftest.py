"""The day on which the tests of the pipeline happen."""

import pytest

from desktop.shop.things import deal
from tests.little_shop import day


@pytest.fixture
def aban_20(monkeypatch):
    """The shop's day is 20 Aban 1405."""
    monkeypatch.setattr(deal, "shop_day", lambda _: day("1405-08-20"))
