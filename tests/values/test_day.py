import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.values.day import FIRST, LAST, month_name, parse_day, write_day, write_moment
from desktop.values.digits import plain
from desktop.values.text import Refused
from desktop.values.writing import Writing, use_writing

DAY = dt.date(2026, 10, 25)  # 3 Aban 1405, a Sunday
WRITINGS = [
    Writing(language=language, calendar=calendar, digits=digits)
    for language in ("fa", "en")
    for calendar in ("jalali", "gregorian")
    for digits in ("fa", "latin")
]


@pytest.mark.parametrize(
    ("writing", "long", "short"),
    [
        (Writing(), "۳ آبان ۱۴۰۵", "۱۴۰۵/۰۸/۰۳"),
        (Writing(calendar="gregorian"), "۲۵ اکتبر ۲۰۲۶", "۲۰۲۶/۱۰/۲۵"),
        (Writing(digits="latin"), "3 آبان 1405", "1405/08/03"),
        (Writing(language="en"), "3 Aban 1405", "1405/08/03"),
        (Writing(language="en", calendar="gregorian"), "25 October 2026", "2026-10-25"),
    ],
)
def test_a_day_in_every_writing(writing, long, short):
    use_writing(writing)

    assert write_day(DAY) == long
    assert plain(write_day(DAY, short=True)) == short


def test_a_day_with_its_weekday_and_its_month():
    assert write_day(DAY, weekday=True) == "یکشنبه ۳ آبان ۱۴۰۵"
    days = [write_day(DAY + dt.timedelta(days=n), weekday=True) for n in (-1, 5)]
    assert [day.split()[0] for day in days] == ["شنبه", "جمعه"]
    assert month_name(DAY) == "آبان ۱۴۰۵"
    assert month_name(DAY, year=False) == "آبان"
    assert month_name(DAY, "gregorian", year=False) == "اکتبر"


@pytest.mark.parametrize(
    "text",
    [
        "1405/8/3", "۱۴۰۵/۰۸/۰۳", "١٤٠٥-٠٨-٠٣", "1405.8.3", "1405 8 3", "14050803", "3/8/1405", "05/8/3",
        "۳ آبان ۱۴۰۵", "3 aban 1405", "3 Aban 1405", "2026-10-25", "25 october 2026", "۲۵ اکتبر ۲۰۲۶",
        " 1405/8/3\u200e ",
    ],
)  # fmt: skip
def test_one_day_typed_in_many_ways(text):
    assert parse_day(text) == DAY


def test_two_digits_of_a_year_belong_to_the_calendar():
    assert parse_day("99/1/1") == dt.date(2020, 3, 20)
    assert parse_day("26-10-25", "gregorian") == DAY
    assert parse_day("98-10-25", "gregorian") == dt.date(1998, 10, 25)


@pytest.mark.parametrize("text", ["", "abc", "1405/8", "3 foo 1405", "1405/8/3/1", "140/8/3", "8/3", "3/8/140", "1405/8/303"])
def test_what_is_not_a_date_is_refused_with_an_example(text):
    with pytest.raises(Refused, match="۱۴۰۵/۰۸/۰۳"):
        parse_day(text)


@pytest.mark.parametrize(("text", "said"), [("1404/12/30", "اسفند ۱۴۰۴ تنها ۲۹ روز"), ("31/7/1404", "مهر ۱۴۰۴ تنها ۳۰ روز")])
def test_a_day_that_never_was_is_refused_and_the_reason_said(text, said):
    with pytest.raises(Refused, match=said):
        parse_day(text)


@pytest.mark.parametrize("text", ["1404/13/1", "1404/0/1", "1000/1/1", "1750-01-01", "9999-01-01", "2026/25/10"])
def test_a_month_or_year_that_never_was_is_refused(text):
    with pytest.raises(Refused, match="در تقویم نیست"):
        parse_day(text)


def test_the_years_both_calendars_know_end_to_end():
    assert parse_day("1822-01-01") == FIRST
    assert parse_day("2221-12-31") == LAST
    for beyond in ("1821-12-31", "2222-01-01"):
        with pytest.raises(Refused):
            parse_day(beyond)


@given(st.dates(FIRST, LAST), st.sampled_from(WRITINGS), st.booleans())
def test_what_was_written_is_read_back(day, writing, short):
    use_writing(writing)

    assert parse_day(write_day(day, short=short), writing.calendar) == day


def test_a_kept_moment_is_told_by_the_clock_on_the_wall():
    use_writing(Writing())
    here = dt.datetime(2026, 11, 25, 9, 5).astimezone()

    assert plain(write_moment(here.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))) == "۱۴۰۵/۰۹/۰۴  ۰۹:۰۵"
