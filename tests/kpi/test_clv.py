"""The CLV models against the numbers their authors published, and against shops that would break them."""

import math
from pathlib import Path

import numpy as np
import pytest

from desktop.kpi import clv

CDNOW = Path(__file__).parents[1] / "data" / "cdnow_summary.csv"


def one(value):
    return np.array([float(value)])


@pytest.fixture(scope="module")
def cdnow():
    table = np.genfromtxt(CDNOW, delimiter=",", names=True)
    return table["x"], table["t_x"], table["T"], table["zbar"]


def simulated(customers, weeks, r, alpha, a, b, seed):
    """A shop that is what the model says: repeat days, last of them, weeks watched, orders of the 52 weeks after."""
    noise = np.random.default_rng(seed)
    age = np.floor(noise.uniform(1, weeks, customers) * 7) / 7
    rate, leaving = noise.gamma(r, 1 / alpha, customers), noise.beta(a, b, customers)
    x, t_x, ahead = np.zeros(customers), np.zeros(customers), np.zeros(customers)
    for i in range(customers):
        at = 0.0
        while noise.random() > leaving[i] or at == 0:
            at += noise.exponential(1 / rate[i])
            if at > age[i] + 52:
                break
            x[i] += at <= age[i]
            t_x[i] = at if at <= age[i] else t_x[i]
            ahead[i] += at > age[i]
    return x, t_x, age, ahead


# Published numbers


def test_the_published_bg_nbd_fit_is_found(cdnow):
    fit = clv.fit_orders(*cdnow[:3], prior=False)

    assert fit.values == pytest.approx([0.2426, 4.4135, 0.7926, 2.4245], rel=1e-3)
    assert fit.log_likelihood == pytest.approx(-9582.43, abs=0.005)


def test_the_published_customer_is_expected_to_order_as_published():
    paper = np.array([0.2426, 4.4135, 0.7926, 2.4245])
    customer = (one(2), one(30.43), one(38.86))

    assert clv.expected_orders(paper, *customer, 39.0)[0] == pytest.approx(1.2260, abs=5e-4)
    assert clv.probability_alive(paper, *customer)[0] == pytest.approx(0.7266, abs=5e-4)


def test_the_published_gamma_gamma_fit_is_found(cdnow):
    x, _, _, mean = cdnow
    fit = clv.fit_amounts(x[x > 0], mean[x > 0], prior=False)

    assert (x > 0).sum() == 946
    assert fit.values == pytest.approx([6.248, 3.745, 15.451], rel=1e-3)
    assert fit.log_likelihood == pytest.approx(-4055.92, abs=0.005)
    assert clv.expected_amount(fit.values, one(0), one(0))[0] == pytest.approx(35.22, rel=2e-3)


def test_the_prior_hardly_moves_a_big_sample(cdnow):
    """The frozen MAP vector: a change of prior or optimiser must be meant."""
    fit = clv.fit_orders(*cdnow[:3])

    assert fit.values == pytest.approx([0.242551, 4.410080, 0.789139, 2.409556], rel=1e-5)
    assert fit.log_likelihood == pytest.approx(-9582.42588, abs=1e-4)


def test_the_map_fit_is_a_summit(cdnow):
    fit = clv.fit_orders(*cdnow[:3])
    curvature = np.linalg.eigvalsh(fit.hessian)

    assert (curvature > 0).all()
    assert fit.logs == pytest.approx(np.log(fit.values))


# The mathematics


@pytest.mark.parametrize("x", [1e-3, 0.1, 0.5, 1.0, 1.5, 2.0, 7.999, 8.0, 30.0, 1e4])
def test_lgamma_is_that_of_the_standard_library(x):
    assert clv.lgamma(one(x))[0] == pytest.approx(math.lgamma(x), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("x", [0.01, 0.5, 1.0, 3.0, 12.0, 500.0])
def test_digamma_is_the_slope_of_lgamma(x):
    step = 1e-5 * x

    assert clv.digamma(one(x))[0] == pytest.approx((math.lgamma(x + step) - math.lgamma(x - step)) / (2 * step), rel=1e-6, abs=1e-7)


def by_series(fit, x, age, ahead):
    """The paper's (10) with Gauss's series, term by term."""
    r, alpha, a, b = fit
    upper, other, lower, z = r + x, b + x, a + b + x - 1, ahead / (alpha + age + ahead)
    term = total = 1.0
    k = 0
    while abs(term) > 1e-17 * abs(total):
        term *= (upper + k) * (other + k) / ((lower + k) * (k + 1)) * z
        total += term
        k += 1
    return (a + b + x - 1) / (a - 1) * (1 - ((alpha + age) / (alpha + age + ahead)) ** (r + x) * total)


@pytest.mark.parametrize(("x", "age"), [(0.0, 0.0), (0.0, 150.0), (1.0, 30.0), (12.0, 30.0), (150.0, 150.0)])
@pytest.mark.parametrize("fit", [(0.24, 4.4, 0.79, 2.4), (1.0, 0.3, 0.5, 5.0), (3.0, 8.0, 0.06, 0.3), (2.0, 20.0, 25.0, 40.0)])
def test_the_integral_is_the_paper_s_series(fit, x, age):
    found = clv.expected_orders(np.array(fit), one(x), one(age), one(age), 52.0)[0]

    alive = clv.probability_alive(np.array(fit), one(x), one(age), one(age))[0]
    assert found == pytest.approx(by_series(fit, x, age, 52.0) * alive, rel=1e-7)


@pytest.mark.parametrize("fit", [(0.5, 5.0, 1.0, 2.0), (0.5, 5.0, 0.4, 0.6)])
def test_there_is_no_hole_where_the_series_divides_by_zero(fit):
    """a = 1, and a + b = 1 with x = 0, are 0 ÷ 0 in the paper's formula."""
    near = np.array(fit) + np.array([0, 0, 1e-7, 0])
    customer = (one(0), one(0), one(20), 52.0)

    assert clv.expected_orders(np.array(fit), *customer)[0] == pytest.approx(clv.expected_orders(near, *customer)[0], rel=1e-6)


def test_an_order_is_expected_to_come_at_the_customers_own_rate_where_nobody_leaves():
    """With a near 0 nobody drops out: (r + x) ÷ (α + T) orders a week."""
    loyal = np.array([2.0, 6.0, 1e-6, 5.0])

    assert clv.expected_orders(loyal, one(10), one(39), one(40), 52.0)[0] == pytest.approx(12 / 46 * 52, rel=1e-3)


# Shops


@pytest.mark.parametrize(("kind", "parameters"), [("one-timers", (0.3, 6.0, 1.0, 2.0)), ("regulars", (2.0, 8.0, 0.5, 6.0))])
def test_a_shop_s_next_year_is_foretold(kind, parameters):
    ratios = []
    for seed in range(9):
        x, t_x, age, ahead = simulated(300, 52, *parameters, seed)
        fit = clv.fit_orders(x, t_x, age)
        ratios.append(clv.expected_orders(fit.values, x, t_x, age, 52.0).sum() / ahead.sum())

    assert 0.85 < np.median(ratios) < 1.15


def test_the_range_holds_the_middle_and_is_the_same_again(cdnow):
    first, second = clv.predict(*cdnow), clv.predict(*cdnow)

    assert first.low < first.mean < first.high
    assert (first.mean, first.low, first.high) == (second.mean, second.low, second.high)
    assert first.mean == pytest.approx(first.each.mean())


def test_a_smaller_shop_is_less_sure(cdnow):
    part = tuple(column[::15] for column in cdnow)
    small, whole = clv.predict(*part), clv.predict(*cdnow)

    assert (small.high - small.low) / small.mean > 2 * (whole.high - whole.low) / whole.mean


def test_the_future_can_be_discounted(cdnow):
    part = tuple(column[::10] for column in cdnow)
    plain, discounted = clv.predict(*part), clv.predict(*part, yearly_discount=0.3)

    assert plain.mean / 1.3 < discounted.mean < plain.mean


def test_a_shop_whose_customers_come_daily_is_foretold():
    x, t_x, age, _ = simulated(400, 60, 1.0, 0.3, 0.5, 5.0, seed=1)
    found = clv.predict(x, t_x, age, np.where(x > 0, 20.0, 0.0))

    assert found.low < found.mean < found.high


def test_one_price_for_all_is_a_price():
    """All amounts alike sends the likelihood's p and q to infinity."""
    x, t_x, age, _ = simulated(120, 40, 0.5, 6.0, 0.8, 3.0, seed=2)
    found = clv.predict(x, t_x, age, np.where(x > 0, 5_000_000.0, 0.0))

    assert found.amount == pytest.approx(5_000_000, rel=0.02)
    assert 0 < found.low < found.mean < found.high < 3 * found.mean


def test_a_few_huge_orders_do_not_make_every_newcomer_rich():
    x, t_x, age, _ = simulated(300, 52, 0.6, 6.0, 0.8, 3.0, seed=3)
    amounts = np.where(x > 0, np.exp(np.random.default_rng(4).normal(15, 1.5, 300)), 0.0)
    found = clv.predict(x, t_x, age, amounts)

    assert found.amount < 2 * amounts[x > 0].mean()


def test_nobody_coming_again_is_worth_little_and_no_failure():
    age = np.linspace(1, 60, 150)
    x, t_x = np.zeros(150), np.zeros(150)
    x[:10], t_x[:10] = 1, age[:10] / 2
    found = clv.predict(x, t_x, age, np.where(x > 0, 100.0, 0.0))

    assert found.newcomer_orders < 1
    assert 0 <= found.low <= found.mean <= found.high < 100
