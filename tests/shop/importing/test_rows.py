"""Columns of amounts are rounded as one amount is."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desktop.shop.importing.rows import times_half_up
from desktop.values.rounding import half_up

amounts = st.integers(-(2**40), 2**40)


@given(st.lists(st.tuples(amounts, st.integers(0, 2**22)), max_size=9), st.sampled_from((2, 3, 1000, 1_000_000)))
def test_a_column_times_a_column_is_rounded_row_by_row(pairs, divisor):
    a, b = (np.array(column, np.int64) for column in (zip(*pairs, strict=True) if pairs else ((), ())))

    assert times_half_up(a, b, divisor).tolist() == [half_up(one * other, divisor) for one, other in pairs]
