import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.values.day import day_of
from desktop.values.period import Period
from desktop.values.text import Refused
from desktop.values.writing import Writing, use_writing

ONE = dt.timedelta(days=1)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2150, 1, 1))
CALENDARS = st.sampled_from(["jalali", "gregorian"])
LATER = dt.date(2200, 1, 1)


def jalali(year, month, day=1):
    return day_of(year, month, day, "jalali")


def month(year, number, calendar="jalali"):
    return Period.month(day_of(year, number, 1, calendar), calendar)


# The span itself


def test_a_period_holds_its_first_day_and_not_its_end():
    aban = month(1405, 8)

    assert jalali(1405, 8, 1) in aban
    assert jalali(1405, 8, 30) in aban
    assert jalali(1405, 9, 1) not in aban
    assert (aban.days, aban.last) == (30, jalali(1405, 8, 30))


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="cannot end"):
        Period(jalali(1405, 8, 2), jalali(1405, 8, 1))


def test_between_takes_both_days_in():
    assert Period.between(jalali(1405, 8, 1), jalali(1405, 8, 30)) == month(1405, 8)
    assert Period.day(jalali(1405, 8, 1)).days == 1


@given(DAYS)
def test_a_week_is_saturday_to_friday_around_its_day(day):
    week = Period.week(day)

    assert day in week
    assert week.days == 7
    assert week.start.strftime("%A") == "Saturday"


@given(DAYS, CALENDARS)
def test_months_quarters_and_years_tile_the_calendar(day, calendar):
    year = Period.year(day, calendar)
    months = year.months(12, calendar)

    assert day in Period.month(day, calendar)
    assert day in Period.quarter(day, calendar)
    assert len(months) == 12
    assert months[0].start == year.start
    assert months[-1].end == year.end
    assert all(a.end == b.start for a, b in pairwise(months))
    assert Period.quarter(day, calendar).months(3, calendar) in {months[at : at + 3] for at in (0, 3, 6, 9)}


def test_a_month_knows_its_calendar():
    assert month(1405, 8).month_calendar() == "jalali"
    assert month(2026, 2, "gregorian").month_calendar() == "gregorian"
    assert Period.week(jalali(1405, 8)).month_calendar() is None


def test_this_month_on_its_last_day_is_the_whole_month_not_the_next():
    """Frappe Books: on the last day of a month "This Month" covered no day, for it was computed from tomorrow."""
    last = jalali(1405, 8, 30)

    assert Period.month(last, "jalali") == month(1405, 8)
    assert month(1405, 8).clip(last).days == 30


def test_only_days_that_have_come_count():
    assert month(1405, 8).clip(jalali(1405, 8, 7)) == Period.between(jalali(1405, 8, 1), jalali(1405, 8, 7))
    assert month(1405, 8).clip(jalali(1406, 1, 1)) == month(1405, 8)
    assert month(1405, 8).clip(jalali(1405, 7, 30)).days == 0


def test_twelve_months_end_with_the_one_asked():
    months = month(1405, 2).months(3, "jalali")

    assert months == (month(1404, 12), month(1405, 1), month(1405, 2))
    assert month(1405, 2).next() == month(1405, 3)
    assert Period.week(jalali(1405, 8)).next() == Period.week(jalali(1405, 8) + 7 * ONE)


# What it is compared with


def test_a_whole_month_is_compared_with_the_month_before_in_its_own_calendar():
    assert month(1405, 1).previous() == month(1404, 12)
    assert month(2026, 3, "gregorian").previous() == month(2026, 2, "gregorian")


def test_a_quarter_half_year_or_year_is_compared_with_the_one_before():
    """Spring has 93 days, winter 89 or 90: "93 days before the 1st of Farvardin" is no season."""
    assert Period.parse("1405-q1").previous() == Period.parse("1404-q4")
    assert Period.parse("2026-q1").previous() == Period.parse("2025-q4")
    assert Period.parse("1405-07..1405-12").previous() == Period.parse("1405-01..1405-06")
    assert Period.parse("1404").previous() == Period.parse("1403")
    assert Period.parse("1405-02..1405-04").previous().days == 93


def test_any_other_span_is_compared_with_as_many_days_just_before():
    """Frappe CRM compared 30 days with 29: a flat shop grew 3.4 % in April."""
    span = Period.between(jalali(1405, 8, 3), jalali(1405, 8, 20))

    assert span.previous() == Period.between(jalali(1405, 7, 15), jalali(1405, 8, 2))
    assert Period.day(jalali(1405, 8, 3)).previous() == Period.day(jalali(1405, 8, 2))


@given(DAYS, st.integers(1, 800))
def test_no_span_but_whole_months_is_ever_compared_with_more_or_fewer_days(start, days):
    span = Period(start, start + days * ONE)
    before = span.previous()

    assert before.end == span.start
    if not any(span.whole_months(calendar) for calendar in ("jalali", "gregorian")):
        assert before.days == span.days


@given(DAYS, CALENDARS)
def test_the_month_after_the_month_before_is_this_month(day, calendar):
    this = Period.month(day, calendar)

    assert this.previous().next() == this


# A year earlier


def test_the_same_days_a_year_earlier():
    assert month(1405, 8).year_before(LATER, "jalali") == month(1404, 8)
    assert month(1405, 8).year_before(jalali(1405, 8, 7), "jalali") == Period.between(jalali(1404, 8, 1), jalali(1404, 8, 7))


def test_30_esfand_becomes_29():
    assert Period.day(jalali(1403, 12, 30)).year_before(LATER, "jalali") == Period.day(jalali(1402, 12, 29))
    assert Period.day(dt.date(2024, 2, 29)).year_before(LATER, "gregorian") == Period.day(dt.date(2023, 2, 28))
    span = Period.between(jalali(1403, 12, 20), jalali(1403, 12, 30))
    assert span.year_before(LATER, "jalali") == Period.between(jalali(1402, 12, 20), jalali(1402, 12, 29))


def test_a_whole_month_stays_whole_whichever_year_was_leap():
    assert month(1403, 12).year_before(LATER, "jalali") == month(1402, 12)
    assert month(1404, 12).year_before(LATER, "jalali") == month(1403, 12)
    year = Period.year(jalali(1404, 1), "jalali")
    assert year.year_before(LATER, "jalali") == Period.year(jalali(1403, 1), "jalali")


def test_a_gregorian_month_in_a_jalali_book_is_compared_with_that_month():
    assert month(2026, 3, "gregorian").year_before(LATER, "jalali") == month(2025, 3, "gregorian")


def test_a_period_ahead_has_no_days_a_year_earlier():
    assert month(1405, 8).year_before(jalali(1405, 7, 1), "jalali").days == 0


@given(DAYS, st.integers(1, 400), CALENDARS)
def test_a_year_earlier_is_as_long_but_for_a_leap_day(start, days, calendar):
    span = Period(start, start + days * ONE)
    before = span.year_before(LATER, calendar)

    assert abs(before.days - span.days) <= 1
    assert 364 <= (span.start - before.start).days <= 367


# Written and read


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("1405", Period(jalali(1405, 1), jalali(1406, 1))),
        ("1405-q2", Period(jalali(1405, 4), jalali(1405, 7))),
        ("1405-07", Period(jalali(1405, 7), jalali(1405, 8))),
        ("۱۴۰۵/۷", Period(jalali(1405, 7), jalali(1405, 8))),
        ("1405-07-03", Period.day(jalali(1405, 7, 3))),
        ("2011", Period(dt.date(2011, 1, 1), dt.date(2012, 1, 1))),
        ("2011-Q1", Period(dt.date(2011, 1, 1), dt.date(2011, 4, 1))),
        ("2011-02", Period(dt.date(2011, 2, 1), dt.date(2011, 3, 1))),
        ("2011-02-01..2011-02-07", Period(dt.date(2011, 2, 1), dt.date(2011, 2, 8))),
        ("1404-11..1405-01", Period(jalali(1404, 11), jalali(1405, 2))),
    ],
)
def test_a_period_as_the_command_line_takes_it(text, span):
    assert Period.parse(text) == span


@pytest.mark.parametrize("text", ["", "14", "1405-13", "1405-q5", "1404-12-30", "1405-", "last month", "9999", "2011-03..2011-02"])
def test_what_is_not_a_period_is_refused_with_examples(text):
    with pytest.raises(Refused, match="1405-q2"):
        Period.parse(text)
    with pytest.raises(Refused, match="2026-q2"):
        Period.parse(text, "gregorian")


@given(DAYS, st.integers(1, 800), CALENDARS)
def test_the_key_is_read_back(start, days, calendar):
    spans = [getattr(Period, kind)(start, calendar) for kind in ("month", "quarter", "year")]
    for span in (Period(start, start + days * ONE), Period.day(start), Period.week(start), *spans):
        assert Period.parse(span.key(), calendar) == span


@pytest.mark.parametrize(
    ("text", "label", "english"),
    [
        ("1405-08", "آبان ۱۴۰۵", "Aban 1405"),
        ("1405", "سال ۱۴۰۵", "Year 1405"),
        ("1405-q1", "بهار ۱۴۰۵", "Spring 1405"),
        ("2011-q4", "سه‌ماههٔ چهارم ۲۰۱۱", "Fourth quarter of 2011"),
        ("2011-02", "فوریه ۲۰۱۱", "February 2011"),
        ("1405-08-03", "۳ آبان ۱۴۰۵", "3 Aban 1405"),
        ("1405-08-01..1405-08-07", "۱ تا ۷ آبان ۱۴۰۵", "1 to 7 Aban 1405"),
        ("1405-07-25..1405-08-03", "۲۵ مهر تا ۳ آبان ۱۴۰۵", "25 Mehr to 3 Aban 1405"),
        ("1404-12-25..1405-01-03", "۲۵ اسفند ۱۴۰۴ تا ۳ فروردین ۱۴۰۵", "25 Esfand 1404 to 3 Farvardin 1405"),
        ("1405-04..1405-08", "تیر تا آبان ۱۴۰۵", "Tir to Aban 1405"),
        ("1404-09..1405-08", "آذر ۱۴۰۴ تا آبان ۱۴۰۵", "Azar 1404 to Aban 1405"),
        ("1405-02..1405-04", "اردیبهشت تا تیر ۱۴۰۵", "Ordibehesht to Tir 1405"),
    ],
)
def test_the_label_names_exactly_the_period(text, label, english):
    span = Period.parse(text)

    assert span.label() == label
    use_writing(Writing(language="en"))
    assert span.label() == english


def test_a_label_in_the_other_calendar_names_the_days_in_it():
    assert Period.parse("2026-10-25..2026-10-27").label() == "۳ تا ۵ آبان ۱۴۰۵"
    assert Period.parse("2026-10-25..2026-10-27").label("gregorian") == "۲۵ تا ۲۷ اکتبر ۲۰۲۶"


def test_no_days_are_said_to_be_none():
    assert month(1405, 8).clip(jalali(1405, 7, 1)).label() == "هنوز روزی نگذشته"


@given(DAYS, st.integers(1, 800), DAYS, st.integers(1, 800), CALENDARS)
def test_two_periods_never_have_one_label(start, days, other_start, other_days, calendar):
    one, other = Period(start, start + days * ONE), Period(other_start, other_start + other_days * ONE)

    assert (one.label(calendar) == other.label(calendar)) == (one == other)


@given(DAYS, CALENDARS)
def test_a_month_less_its_last_day_is_not_labelled_as_the_month(day, calendar):
    whole = Period.month(day, calendar)

    assert Period(whole.start, whole.last).label(calendar) != whole.label(calendar)
