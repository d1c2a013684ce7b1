"""How sure a share is: the printed vectors, and laws that hold for any counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.kpi.ranges import wilson

counts = st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


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
