"""How many orders customers will place (BG/NBD) and what an order brings (Gamma-Gamma); arrays in, numbers out.

Sources:
    P. Fader, B. Hardie, K. Lee, "Counting Your Customers the Easy Way", Marketing Science 24(2), 2005 (BG/NBD).
    P. Fader, B. Hardie, "The Gamma-Gamma Model of Monetary Value", 2013 (note 025).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
PRIOR_SD = 3.0  # log parameters ~ Normal(0, 3²): weak, but keeps small shops from running away
DRAWS = 200
YEAR = 52.0  # weeks
_DRAWN_FROM = 1_000  # customers; the range of a bigger shop's mean is read from so many of them
_FINE, _COARSE = 0.1, 0.25  # steps of the quadrature: relative error below 1e-8, 1e-4
_REACH = 9.0
_FARTHEST = 8.0  # no log parameter goes beyond ±8: a shop of one price would send p and q to infinity


@dataclass(frozen=True)
class Fit:
    """The parameters found, (r, α, a, b) or (p, q, v), each ``lowest + exp(log)``.

    ``log_likelihood`` is without the prior, ``hessian`` of minus the log posterior by ``logs``.
    """

    logs: Array
    lowest: Array
    log_likelihood: float
    hessian: Array

    @property
    def values(self) -> Array:
        """The parameters themselves."""
        return self.lowest + np.exp(self.logs)

    def draws(self, count: int, seed: int) -> Array:
        """``count`` parameter sets from the Normal approximation at the optimum, shape ``(count, parameters)``."""
        curvature, directions = np.linalg.eigh(self.hessian)
        spread = directions / np.sqrt(np.maximum(curvature, 1e-3))
        noise = np.random.default_rng(seed).standard_normal((count, len(self.logs)))
        moved = self.logs + np.clip(noise @ spread.T, -4.0, 4.0)
        return np.asarray(self.lowest + np.exp(moved), dtype=np.float64)


def fit_orders(x: Array, t_x: Array, age: Array, *, prior: bool = True) -> Fit:
    """BG/NBD for customers with ``x`` repeat orders, the last ``t_x`` after the first, watched for ``age``; weeks.

    All three of shape ``(customers,)``. Identical customers are counted, not repeated.
    """
    rows, weight = np.unique(np.column_stack((x, t_x, age)), axis=0, return_counts=True)
    x, t_x, age = np.ascontiguousarray(rows.T)
    counts, at = np.unique(x, return_inverse=True)
    repeated = x > 0

    def ask(logs: Array) -> tuple[float, Array]:
        r, alpha, a, b = np.exp(logs)
        dead_since = b + np.maximum(x, 1) - 1
        alive = -(r + x) * np.log(alpha + age)
        gone = np.where(repeated, np.log(a) - np.log(dead_since) - (r + x) * np.log(alpha + t_x), -np.inf)
        both = np.logaddexp(alive, gone)
        grown = lgamma(r + counts) - lgamma(r) + r * np.log(alpha)
        stayed = lgamma(a + b) + lgamma(b + counts) - lgamma(b) - lgamma(a + b + counts)
        w_alive, w_gone = np.exp(alive - both), np.exp(gone - both)
        to_r = (digamma(r + counts) - digamma(r))[at] + np.log(alpha) - w_alive * np.log(alpha + age) - w_gone * np.log(alpha + t_x)
        to_alpha = r / alpha - (r + x) * (w_alive / (alpha + age) + w_gone / (alpha + t_x))
        less = digamma(a + b) - digamma(a + b + counts)
        to_a = less[at] + w_gone / a
        to_b = (less + digamma(b + counts) - digamma(b))[at] - w_gone / dead_since
        slope = np.array([weight @ to_r * r, weight @ to_alpha * alpha, weight @ to_a * a, weight @ to_b * b])
        return float(weight @ ((grown + stayed)[at] + both)), slope

    return _climb(ask, np.zeros(4), np.zeros(4), prior=prior)


def expected_orders(fit: Array, x: Array, t_x: Array, age: Array, ahead: float, *, step: float = _FINE) -> Array:
    """Repeat orders expected in the next ``ahead`` weeks, shape ``(customers,)``.

    The paper's (10), with its hypergeometric function written as the integral it stands for: the mean of
    (1 − (1 + p·ahead/(α + T))^−(r + x)) ÷ p over p ~ Beta(a, b + x). The series has holes (a = 1, a + b = 1) and needs
    thousands of terms in a shop whose customers come daily; this needs neither.
    """
    r, alpha, *_ = fit
    pairs, place = np.unique(np.column_stack((x, age)), axis=0, return_inverse=True)
    counts, which = np.unique(pairs[:, 0], return_inverse=True)
    chance, weight = _dropping_out(fit, counts, step)
    still = np.empty(len(pairs))
    for part in np.array_split(np.arange(len(pairs)), len(pairs) // 4096 + 1):
        p = chance[which[part]]
        grown = np.log1p(p * (ahead / (alpha + pairs[part, 1]))[:, None])
        many = -np.expm1(-(r + pairs[part, 0])[:, None] * grown) / p
        still[part] = (many * weight[which[part]]).sum(axis=1)
    return still[place.ravel()] * probability_alive(fit, x, t_x, age)


def _dropping_out(fit: Array, counts: Array, step: float) -> tuple[Array, Array]:
    """Nodes and weights of Beta(a, b + x) for each x of ``counts``, shape ``(counts, nodes)`` each.

    Trapezoids in u with logit p = log(a/(b + x)) + s·sinh u: both ends of the integral die away doubly fast; what lies
    beyond the last nodes (much, when a is near 0) is known in closed form.
    """
    _, _, a, b = fit
    beta = (b + counts)[:, None]
    u = np.arange(-_REACH, _REACH + step / 2, step)
    scale = np.minimum(1.0, np.sqrt(1 / a + 1 / beta))
    logit = np.log(a / beta) + scale * np.sinh(u)
    log_p, log_rest = -np.logaddexp(0.0, -logit), -np.logaddexp(0.0, logit)
    log_whole = lgamma(a) + lgamma(beta) - lgamma(a + beta)
    weight = np.exp(a * log_p + beta * log_rest - log_whole) * scale * np.cosh(u) * step
    weight[:, 0] = weight[:, 0] / 2 + np.exp(a * log_p[:, 0] - log_whole[:, 0]) / a
    weight[:, -1] = weight[:, -1] / 2 + np.exp(beta[:, 0] * log_rest[:, -1] - log_whole[:, 0]) / beta[:, 0]
    return np.maximum(np.exp(log_p), 1e-300), weight


def probability_alive(fit: Array, x: Array, t_x: Array, age: Array) -> Array:
    """The chance that the customer will still buy; 1 by construction where ``x`` is 0 (show that as unknown)."""
    r, alpha, a, b = fit
    log_odds = np.log(a / (b + np.maximum(x, 1) - 1)) + (r + x) * np.log((alpha + age) / (alpha + t_x))
    return np.where(x > 0, np.exp(-np.logaddexp(0.0, log_odds)), 1.0)


def fit_amounts(x: Array, mean: Array, *, prior: bool = True) -> Fit:
    """Gamma-Gamma for customers with ``x`` > 0 repeat orders worth ``mean`` > 0 each on average.

    q is kept above 2, where amounts have a mean and a spread: a few huge orders would else give newcomers an endless one.
    The amounts are scaled by their mean, so that the prior fits any currency.
    """
    scale = float(mean.mean())
    m = mean / scale
    lowest = np.array([0.0, 2.0, 0.0])

    def ask(logs: Array) -> tuple[float, Array]:
        p, q, v = lowest + np.exp(logs)
        px, xm = p * x, x * m
        value = lgamma(px + q) - lgamma(px) - lgamma(q) + q * np.log(v) + (px - 1) * np.log(m) + px * np.log(x)
        value = value - (px + q) * np.log(xm + v)
        to_p = x * (digamma(px + q) - digamma(px) + np.log(m) + np.log(x) - np.log(xm + v))
        to_q = digamma(px + q) - digamma(q) + np.log(v) - np.log(xm + v)
        to_v = q / v - (px + q) / (xm + v)
        return float(value.sum()), np.array([to_p.sum() * p, to_q.sum() * (q - lowest[1]), to_v.sum() * v])

    found = _climb(ask, np.log(np.array([2.0, 2.0, 2.0])), lowest, prior=prior)
    per_amount = float((np.log(scale)) * len(x))  # the density of the amounts themselves
    return Fit(found.logs + np.log(np.array([1.0, 1.0, scale])), lowest, found.log_likelihood - per_amount, found.hessian)


def expected_amount(fit: Array, x: Array, mean: Array) -> Array:
    """What one order of each customer brings; ``x`` = 0 gets the population's mean."""
    p, q, v = fit
    return np.asarray(np.where(x > 0, p * (v + x * mean) / (p * x + q - 1), p * v / (q - 1)), dtype=np.float64)


@dataclass(frozen=True)
class Prediction:
    """What the next 52 weeks will bring: of each customer, and the mean with its p10-p90 range.

    A newcomer is a customer on the day of her first order: ``newcomer_orders`` more are expected, each worth ``amount``.
    """

    each: Array
    mean: float
    low: float
    high: float
    newcomer_orders: float
    amount: float


def predict(x: Array, t_x: Array, age: Array, mean: Array, *, yearly_discount: float = 0.0, seed: int = 20) -> Prediction:
    """The next 52 weeks of every customer; ``mean`` is what a repeat order brought on average (any value where ``x`` = 0)."""
    orders = fit_orders(x, t_x, age)
    bought = (x > 0) & (mean > 0)
    amounts = fit_amounts(x[bought], mean[bought])
    each = _value(orders.values, amounts.values, (x, t_x, age, mean), yearly_discount, _FINE)
    low, high = _range(orders, amounts, (x, t_x, age, mean), seed) * each.mean()
    zero = np.zeros(1)
    return Prediction(
        each=each,
        mean=float(each.mean()),
        low=float(low),
        high=float(high),
        newcomer_orders=float(expected_orders(orders.values, zero, zero, zero, YEAR)[0]),
        amount=float(expected_amount(amounts.values, zero, zero)[0]),
    )


Customers = tuple[Array, Array, Array, Array]


def _range(orders: Fit, amounts: Fit, customers: Customers, seed: int) -> Array:
    """p10 and p90 of the mean over `DRAWS` parameter sets, as multiples of the mean at the optimum.

    Undiscounted: a discount scales all draws alike (to a thousandth) and costs twelve times the work.
    """
    sample = np.random.default_rng(seed).permutation(len(customers[0]))[:_DRAWN_FROM]
    x, t_x, age, mean = (column[sample] for column in customers)
    some = (x, t_x, age, mean)
    middle = _value(orders.values, amounts.values, some, 0.0, _COARSE).mean()
    pairs = zip(orders.draws(DRAWS, seed), amounts.draws(DRAWS, seed + 1), strict=True)
    drawn = np.array([_value(o, m, some, 0.0, _COARSE).mean() for o, m in pairs])
    return np.asarray(np.quantile(drawn, (0.1, 0.9)) / middle, dtype=np.float64)


def _value(orders: Array, amounts: Array, customers: Customers, discount: float, step: float) -> Array:
    """Expected orders × expected amount of each customer, month by month where the future is discounted."""
    x, t_x, age, mean = customers
    months = 12 if discount else 1
    total, before = np.zeros(len(x)), np.zeros(len(x))
    for month in range(1, months + 1):
        by_then = expected_orders(orders, x, t_x, age, YEAR * month / months, step=step)
        total += (by_then - before) / (1 + discount) ** (month / 12)
        before = by_then
    return total * expected_amount(amounts, x, mean)


# Mathematics that numpy lacks


def lgamma(x: Array | float) -> Array:
    """Log Γ of positive numbers: shifted to ≥ 8, then Stirling's series; absolute error below 1e-12."""
    x, shift = _raised(x, np.log)
    y = 1 / (x * x)
    series = (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y / 1188)))) / x
    return (x - 0.5) * np.log(x) - x + 0.9189385332046727 + series - shift


def digamma(x: Array | float) -> Array:
    """The derivative of log Γ of positive numbers."""
    x, shift = _raised(x, np.reciprocal)
    y = 1 / (x * x)
    return np.log(x) - 0.5 / x - y * (1 / 12 - y * (1 / 120 - y * (1 / 252 - y * (1 / 240 - y / 132)))) - shift


def _raised(x: Array | float, term: Callable[[Array], Array]) -> tuple[Array, Array]:
    """``x`` counted up to at least 8, and the sum of ``term`` over the numbers on the way."""
    x = np.asarray(x, dtype=np.float64)
    shift = np.zeros_like(x)
    for _ in range(8):
        small = x < 8
        shift = np.where(small, shift + term(np.where(small, x, 1.0)), shift)
        x = np.where(small, x + 1, x)
    return x, shift


def _climb(ask: Callable[[Array], tuple[float, Array]], start: Array, lowest: Array, *, prior: bool) -> Fit:
    """The maximum of ``ask`` (value and slope by the logs of the parameters) by BFGS with a backtracking step."""
    precision = 1 / PRIOR_SD**2 if prior else 0.0

    def lower(logs: Array) -> tuple[float, Array]:
        value, slope = ask(logs)
        return -value + precision / 2 * float(logs @ logs), -slope + precision * logs

    at, inverse = start.astype(np.float64), np.eye(len(start))
    value, slope = lower(at)
    inverse /= max(1.0, float(np.linalg.norm(slope)))
    for _ in range(500):
        step = -inverse @ slope
        if slope @ step >= 0:
            inverse = np.eye(len(start)) / max(1.0, float(np.linalg.norm(slope)))
            step = -inverse @ slope
        step *= min(1.0, 2.0 / float(np.abs(step).max() or 1.0))
        tried = (np.clip(at + step / 2**halved, -_FARTHEST, _FARTHEST) for halved in range(34))
        known = ((new, *lower(new)) for new in tried)
        lower_one = (one for one in known if -np.inf < one[1] < value + 1e-4 * min(0.0, float(slope @ (one[0] - at))))
        new, new_value, new_slope = next(lower_one, (None, value, slope))
        if new is None:
            break
        ds, dg = new - at, new_slope - slope
        curve = float(ds @ dg)
        if curve > 1e-12:
            rho, eye = 1 / curve, np.eye(len(start))
            inverse = (eye - rho * np.outer(ds, dg)) @ inverse @ (eye - rho * np.outer(dg, ds)) + rho * np.outer(ds, ds)
        done = abs(value - new_value) <= 1e-10 * (1 + abs(value)) and float(np.abs(new_slope).max()) < 1e-3
        at, value, slope = new, new_value, new_slope
        if done:
            break
    return Fit(at, lowest, ask(at)[0], _curvature(lower, at))


def _curvature(lower: Callable[[Array], tuple[float, Array]], at: Array) -> Array:
    step = 1e-4
    columns = [lower(at + move)[1] - lower(at - move)[1] for move in step * np.eye(len(at))]
    hessian = np.array(columns) / (2 * step)
    return np.asarray((hessian + hessian.T) / 2, dtype=np.float64)
