"""A formula is one value: what it measures, what it writes and what the rows add up to are the same number."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import kpi
from desktop.kpi.formula import Difference, Formula, Ratio, Share, Sum, Value, wilson
from desktop.kpi.nps import Points

DATA = [one for one in kpi.ALL if isinstance(one.formula, Formula)]
SCOPES = (("1405-08", None), ("1405-07", None), ("1405", None), ("1405-08", "Mina"), ("1405-08", "Reza"))
counts = st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def computed(shape, values):
    """The written formula, worked out as a reader would."""
    code = shape.replace("−", "-").replace("÷", "/")
    return eval(code.format(*(f"Fraction({str(value)!r})" for value in values)), {"Fraction": Fraction})


def test_what_is_no_model_is_data():
    functions = {one.key for one in kpi.ALL if one not in DATA}

    assert functions == {
        "clv_12m", "clv_historic", "ltv_cac", "cac_loaded", "sales_growth_real",
    }  # fmt: skip
    assert all(not one.shape for one in kpi.ALL if one.key in functions)


@pytest.mark.parametrize(("over", "seller"), SCOPES)
def test_the_parts_folded_by_the_formula_are_the_number(busy, over, seller):
    asked = busy.scope(over, seller=seller)
    with busy.store.reading() as s:
        for one in DATA:
            said = one.measure(s, asked)
            if said.value is None:
                continue
            values = [part.value(s, asked) or 0 for part in one.parts]
            assert one.formula.fold(tuple(values)) == said.value, one.key
            if one.shape:
                per = one.formula.per if isinstance(one.formula, Ratio) else 1
                shared = 4 if seller else 0  # of a shared invoice each sum is rounded by itself
                assert float(computed(one.shape, values)) / per == pytest.approx(said.value, abs=shared), one.key


def test_the_rows_folded_by_the_formula_are_the_number(busy):
    """Who adds up the list of every part and does what the formula says comes to the tile's number."""
    for over, _ in SCOPES[:3]:
        asked = busy.scope(over)
        with busy.store.reading() as s:
            for one in DATA:
                value = one.measure(s, asked).value
                if value is not None:
                    assert one.formula.fold(tuple(part.counted(s, asked) for part in one.parts)) == pytest.approx(value), one.key


@pytest.mark.parametrize(
    ("form", "shape"),
    [
        (Value(), ""), (Sum(0, (1, -2, 3)), "{1} − {2} + {3}"), (Difference(0, 1), "{0} − {1}"), (Ratio(1, 0), "{1} ÷ {0}"),
        (Ratio(Difference(0, 1), 1), "({0} − {1}) ÷ {1}"), (Share(0, 1), "{0} ÷ {1}"), (Share(1, 0, rest=True), "1 − {1} ÷ {0}"),
    ],
)  # fmt: skip
def test_how_it_is_written(form, shape):
    assert form.shape == shape


@pytest.mark.parametrize("bottom", [0, -5, None])
def test_nothing_is_divided_by_zero_or_less(bottom):
    for form in (Ratio(0, 1, why="why"), Ratio(Difference(0, 1), 1, why="why"), Share(0, 1, why="why")):
        if bottom != -5 or not isinstance(form, Share):
            found = form(None, None, (3, bottom))
            assert (found.value, found.why_null, found.n) == (None, "why", 0)


def test_a_share_has_the_range_of_its_whole_and_a_rest_the_mirrored():
    part, rest = Share(0, 1)(None, None, (3, 7)), Share(0, 1, rest=True)(None, None, (3, 7))

    assert (part.value, part.n) == (3 / 7, 7)
    assert (rest.value, rest.low, rest.high) == pytest.approx((4 / 7, 1 - part.high, 1 - part.low))


def test_n_is_what_it_is_divided_by_unless_said():
    assert Ratio(0, 1)(None, None, (3, 7)).n == 7
    assert Ratio(0, 1, n=lambda *_: 2)(None, None, (3, 7)).n == 2
    assert Points()(None, None, (22, 8, 40)).n == 40


def test_what_was_never_counted_is_nothing_unless_there_is_a_reason():
    assert Value()(None, None, (None,)).value == 0
    assert Value(why="why")(None, None, (None,)).why_null == "why"


# How sure a share is: the printed vectors, and laws that hold for any counts


@pytest.mark.parametrize(("part", "whole", "low", "high"), [(3, 7, 0.158, 0.750), (30, 70, 0.319, 0.545), (0, 5, 0, 0.434)])
def test_wilson_as_printed(part, whole, low, high):
    assert [round(edge, 3) for edge in wilson(part, whole)] == [low, high]


@given(counts)
def test_a_range_holds_its_share_and_mirrors(counted):
    part, whole = counted
    low, high = wilson(part, whole)

    assert 0 <= low <= part / whole + 1e-12
    assert part / whole - 1e-12 <= high <= 1
    assert wilson(whole - part, whole) == pytest.approx((1 - high, 1 - low), abs=1e-9)


@given(counts)
def test_more_of_the_same_is_surer(counted):
    part, whole = counted
    low, high = wilson(part, whole)
    surer = wilson(part * 10, whole * 10)

    assert surer[1] - surer[0] < high - low
