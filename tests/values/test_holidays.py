import datetime as dt
import json

import pytest

from desktop.values import holidays as module
from desktop.values.holidays import holidays
from desktop.values.places import place


@pytest.fixture
def shipped(monkeypatch, tmp_path):
    """Holidays read from a folder of the test's own."""
    monkeypatch.setattr(module, "place", lambda *parts: tmp_path.joinpath(*parts))
    (tmp_path / "resources").mkdir()
    holidays.cache_clear()
    yield tmp_path / "resources" / "holidays-ir.json"
    holidays.cache_clear()


def test_a_holiday_has_a_name_in_both_languages(shipped):
    days = {"2026-03-21": ["نوروز", "Nowruz", False], "2027-03-10": ["عید فطر", "Eid al-Fitr", True]}
    shipped.write_text(json.dumps({"made_with": "test", "days": days}), "utf-8")

    assert holidays()[dt.date(2026, 3, 21)] == {"fa": "نوروز", "en": "Nowruz"}


def test_without_a_shipped_calendar_no_day_is_a_holiday(shipped):
    assert holidays() == {}


def test_the_shipped_calendar_knows_nowruz_and_22_bahman():
    if not place("resources", "holidays-ir.json").is_file():
        pytest.skip("resources/holidays-ir.json is not made yet")

    assert {dt.date(2026, 3, 21), dt.date(2026, 2, 11)} <= holidays().keys()
