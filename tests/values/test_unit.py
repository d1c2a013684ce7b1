import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.values.digits import plain
from desktop.values.text import N_, Refused
from desktop.values.unit import Column, Unit
from desktop.values.writing import Writing, use_writing

ENGLISH = Writing("en")
POUND = Writing("en", currency="GBP", calendar="gregorian")


@pytest.mark.parametrize(
    ("unit", "value", "persian", "english"),
    [
        (Unit.MONEY, 1_250_000, "۱۲۵٬۰۰۰ تومان", "125,000 toman"),
        (Unit.MONEY_PER_DAY, 48_000_000.0, "۴٬۸۰۰٬۰۰۰ تومان در روز", "4,800,000 toman a day"),
        (Unit.SHARE, 0.285, "۲۸٫۵٪", "28.5%"),
        (Unit.SHARE, -0.0004, "۰٫۰٪", "0.0%"),
        (Unit.SHARE, 5, "۵۰۰٫۰٪", "500.0%"),
        (Unit.DAYS, 18, "۱۸ روز", "18 days"),
        (Unit.DAYS, 12.44, "۱۲٫۴ روز", "12.4 days"),
        (Unit.DAYS, 12.04, "۱۲ روز", "12 days"),
        (Unit.COUNT, 1234, "۱٬۲۳۴", "1,234"),
        (Unit.COUNT, 2.5, "۲٫۵", "2.5"),
        (Unit.POINTS, -12, "−۱۲", "−12"),
        (Unit.RATIO, 6, "۶٫۰۰ برابر", "6.00 times"),
        (Unit.RATIO, 12.345, "۱۲٫۳ برابر", "12.3 times"),
        (Unit.QUANTITY, 2500, "۲٫۵", "2.5"),
        (Unit.DAY, dt.date(2026, 10, 25), "۱۴۰۵/۰۸/۰۳", "1405/08/03"),
        (Unit.TIME, "14:32:10", "۱۴:۳۲", "14:32"),
        (Unit.TIME, dt.time(9, 5), "۰۹:۰۵", "09:05"),
        (Unit.CODE, "1024", "۱۰۲۴", "1024"),
        (Unit.CODE, "A-12", "A-12", "A-12"),
        (Unit.TEXT, "روغن ۲", "روغن ۲", "روغن ۲"),
        (Unit.FLAG, 1, "✓", "✓"),
        (Unit.FLAG, 0, "", ""),
    ],
)
def test_each_unit_as_a_person_reads_it(unit, value, persian, english):
    assert plain(unit.write(value)) == persian
    use_writing(ENGLISH)
    assert plain(unit.write(value)) == english


@pytest.mark.parametrize("unit", list(Unit))
def test_no_number_is_a_dash_never_a_zero(unit):
    assert unit.write(None) == unit.number(None) == "—"
    assert unit.tile(None) == ("—", "")


def test_a_sentence_has_whole_tomans_a_column_and_a_document_the_rials_too():
    assert plain(Unit.MONEY.write(2_890_544_968)) == "۲۸۹٬۰۵۴٬۴۹۷ تومان"
    assert plain(Unit.MONEY.whole(-15)) == "−۲"
    assert plain(Unit.MONEY.number(2_890_544_968)) == "۲۸۹٬۰۵۴٬۴۹۶٫۸"
    assert plain(Unit.MONEY.write(2_890_544_968, to_the_rial=True)) == "۲۸۹٬۰۵۴٬۴۹۶٫۸ تومان"
    use_writing(POUND)
    assert Unit.MONEY.write(12_345) == "123.45 GBP"


def test_a_column_leaves_the_unit_word_to_its_heading():
    column = Column("total", N_("Total"), Unit.MONEY)

    assert plain(column.unit.number(1_250_000)) == "۱۲۵٬۰۰۰"
    assert column.secret == "none"


@pytest.mark.parametrize(
    ("rials", "number", "word"),
    [
        (0, "۰", "تومان"),
        (43, "۴٫۳", "تومان"),
        (9_990, "۹۹۹", "تومان"),
        (10_000, "۱", "هزار تومان"),
        (12_840_000, "۱٫۲۸۴", "میلیون تومان"),
        (3_120_000, "۳۱۲", "هزار تومان"),
        (1_827_043_210, "۱۸۲٫۷", "میلیون تومان"),
        (9_999_499, "۹۹۹٫۹", "هزار تومان"),
        (9_999_500, "۱", "میلیون تومان"),
        (-25_500_000_000, "−۲٫۵۵", "میلیارد تومان"),
        (45 * 10**13, "۴۵", "هزار میلیارد تومان"),
    ],
)
def test_a_tile_shows_four_digits_at_most_and_the_right_size(rials, number, word):
    shown, beside = Unit.MONEY.tile(rials)

    assert (plain(shown), beside) == (number, word)


COUNTED = [Unit.MONEY, Unit.MONEY_PER_DAY, Unit.SHARE, Unit.DAYS, Unit.COUNT, Unit.POINTS, Unit.RATIO]


@given(st.sampled_from(COUNTED), st.integers(-(10**9), 10**9), st.sampled_from([Writing(), ENGLISH, POUND]))
def test_every_target_that_is_shown_is_read_back_as_it_is_kept(unit, whole, one):
    use_writing(one)
    kept = whole * unit.step if unit is Unit.MONEY_PER_DAY else whole

    assert unit.goal(unit.write_goal(kept)) == kept


def test_a_target_of_a_count_is_whole():
    with pytest.raises(Refused):
        Unit.COUNT.goal("12.5")


def test_a_tile_of_other_money_and_other_units():
    assert Unit.MONEY_PER_DAY.tile(48_000_000)[1] == "میلیون تومان در روز"
    assert [plain(part) for part in Unit.SHARE.tile(0.34)] == ["۳۴٫۰٪", ""]
    assert [plain(part) for part in Unit.DAYS.tile(18)] == ["۱۸", "روز"]
    use_writing(POUND)
    assert Unit.MONEY.tile(74_895_702) == ("749", "thousand GBP")
    assert Unit.MONEY.tile(12_345) == ("123.45", "GBP")


@given(st.integers(-(10**17), 10**17), st.sampled_from([Writing(), Writing(money="rial"), POUND]))
def test_a_tile_is_within_half_a_permille_of_the_amount_and_short(amount, writing):
    use_writing(writing)
    shown, word = Unit.MONEY.tile(amount)
    digits = plain(shown).translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹٫−", "0123456789.-", "٬,"))
    sizes = {
        "هزار میلیارد": 12,
        "میلیارد": 9,
        "میلیون": 6,
        "هزار": 3,
        "trillion": 12,
        "billion": 9,
        "million": 6,
        "thousand": 3,
    }
    size = next((power for name, power in sizes.items() if word.startswith(name)), 0)
    true = amount / writing.scale

    assert float(digits) * 10**size == pytest.approx(true, rel=5.01e-4)
    assert size == 12 or len(digits.replace(".", "").replace("-", "").lstrip("0")) <= 5


@pytest.mark.parametrize(
    ("unit", "now", "before", "text", "up"),
    [
        (Unit.MONEY, 107, 100, "۷٫۰٪", True),
        (Unit.MONEY, 93, 100, "۷٫۰٪", False),
        (Unit.COUNT, 100, 100, "۰٫۰٪", None),
        (Unit.DAYS, 10.0, 8.0, "۲۵٫۰٪", True),
        (Unit.SHARE, 0.286, 0.294, "۰٫۸ واحد", False),
        (Unit.POINTS, 35, 30, "۵٫۰ واحد", True),
        (Unit.SHARE, 0.28600001, 0.286, "۰٫۰ واحد", None),
        (Unit.POINTS, -5, -10, "۵٫۰ واحد", True),
    ],
)
def test_percentages_move_by_points_and_all_else_by_percent(unit, now, before, text, up):
    change = unit.change(now, before)

    assert (plain(change.text), change.up) == (text, up)


@pytest.mark.parametrize(("now", "before"), [(None, 5), (5, None), (5, 0), (5, -3)])
def test_growth_from_nothing_is_not_a_number(now, before):
    """Frappe CRM says 0 % growth after a month without sales."""
    assert Unit.MONEY.change(now, before) is None


def test_a_name_of_the_other_direction_keeps_its_full_stop():
    assert Unit.TEXT.write("Sara K.") == "\u2068Sara K.\u2069"
    assert Unit.CODE.write("021-22 33") == "\u2066۰۲۱-۲۲ ۳۳\u2069"
    use_writing(ENGLISH)
    assert Unit.TEXT.write("Sara K.") == "Sara K."
    assert Unit.TEXT.write("سارا") == "\u2068سارا\u2069"


def test_targets_are_kept_in_whole_steps():
    assert [unit.step for unit in (Unit.MONEY, Unit.COUNT, Unit.SHARE, Unit.DAYS, Unit.POINTS, Unit.RATIO)] == [
        1, 1, 10_000, 1000, 1000, 1000,
    ]  # fmt: skip


def test_an_axis_has_one_scale_and_one_word():
    assert Unit.MONEY.scale(1_827_000_000) == (10_000_000, "میلیون تومان")
    assert Unit.MONEY.scale(0) == (10, "تومان")
    assert Unit.DAYS.scale(40) == (1, "روز")
    use_writing(POUND)
    assert Unit.MONEY.scale(182_700_00) == (100_000, "thousand GBP")


@pytest.mark.parametrize(
    ("unit", "value", "step", "text"),
    [
        (Unit.MONEY, 150_000_000, 10_000_000, "۱۵"),
        (Unit.MONEY, -25_000_000, 10_000_000, "−۲٫۵"),
        (Unit.MONEY, 12_500_000, 100_000_000, "۰٫۱۳"),
        (Unit.SHARE, 0.25, 1, "۲۵٪"),
        (Unit.SHARE, 0.025, 1, "۲٫۵٪"),
        (Unit.COUNT, 7, 1, "۷"),
    ],
)
def test_a_mark_of_an_axis_has_no_more_decimals_than_it_needs(unit, value, step, text):
    assert plain(unit.on_scale(value, step)) == text


def test_a_column_asks_for_as_many_decimals_everywhere():
    assert plain(Unit.MONEY.on_scale(150_000_000, 10_000_000, 1)) == "۱۵٫۰"
