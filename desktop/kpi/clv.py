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
_DRAWN_FROM = 2_000


@dataclass(frozen=True)
class Fit:
    """The parameters found: (r, α, a, b) or (p, q, v); ``log_likelihood`` without the prior; ``hessian`` of the logs."""

    values: Array
    log_likelihood: float
    hessian: Array

    def draws(self, count: int, seed: int) -> Array:
        """``count`` parameter sets from the Normal approximation at the optimum, shape ``(count, parameters)``."""
        values, vectors = np.linalg.eigh(self.hessian)
        spread = vectors / np.sqrt(np.maximum(values, 1e-3))
        noise = np.random.default_rng(seed).standard_normal((count, len(self.values)))
        return np.exp(np.log(self.values) + np.clip(noise @ spread.T, -4.0, 4.0))


def fit_orders(x: Array, t_x: Array, age: Array, *, prior: bool = True) -> Fit:
    """BG/NBD for customers with ``x`` repeat orders, the last ``t_x`` after the first, watched for ``age``; weeks.

    All three of shape ``(customers,)``. Identical customers are counted, not repeated.
    """
    rows, weight = np.unique(np.column_stack((x, t_x, age)), axis=0, return_counts=True)
    x, t_x, age = rows.T
    repeated = x > 0

    def ask(logs: Array) -> tuple[float, Array]:
        r, alpha, a, b = np.exp(logs)
        dead_since = b + np.maximum(x, 1) - 1
        alive = -(r + x) * np.log(alpha + age)
        gone = np.where(repeated, np.log(a) - np.log(dead_since) - (r + x) * np.log(alpha + t_x), -np.inf)
        both = np.logaddexp(alive, gone)
        value = lgamma(r + x) - lgamma(r) + r * np.log(alpha) + lgamma(a + b) + lgamma(b + x) - lgamma(b) - lgamma(a + b + x) + both
        w_alive, w_gone = np.exp(alive - both), np.exp(gone - both)
        to_r = digamma(r + x) - digamma(r) + np.log(alpha) - w_alive * np.log(alpha + age) - w_gone * np.log(alpha + t_x)
        to_alpha = r / alpha - (r + x) * (w_alive / (alpha + age) + w_gone / (alpha + t_x))
        to_a = digamma(a + b) - digamma(a + b + x) + w_gone / a
        to_b = digamma(a + b) + digamma(b + x) - digamma(b) - digamma(a + b + x) - w_gone / dead_since
        slope = np.array([weight @ to_r * r, weight @ to_alpha * alpha, weight @ to_a * a, weight @ to_b * b])
        return float(weight @ value), slope

    return _climb(ask, np.zeros(4), prior=prior)


def expected_orders(fit: Array, x: Array, t_x: Array, age: Array, ahead: float) -> Array:
    """Repeat orders expected in the next ``ahead`` weeks, shape ``(customers,)``."""
    r, alpha, a, b = fit
    a = a + 1e-6 if abs(a - 1) < 1e-6 else a  # the formula has a hole at 1
    z = ahead / (alpha + age + ahead)
    series = hyp2f1(r + x, b + x, a + b + x - 1, z)
    many = (a + b + x - 1) / (a - 1) * (1 - ((alpha + age) / (alpha + age + ahead)) ** (r + x) * series)
    return many * probability_alive(fit, x, t_x, age)


def probability_alive(fit: Array, x: Array, t_x: Array, age: Array) -> Array:
    """The chance that the customer will still buy; 1 by construction where ``x`` is 0 (show that as unknown)."""
    r, alpha, a, b = fit
    odds = a / (b + np.maximum(x, 1) - 1) * ((alpha + age) / (alpha + t_x)) ** (r + x)
    return np.where(x > 0, 1 / (1 + odds), 1.0)


def fit_amounts(x: Array, mean: Array, *, prior: bool = True) -> Fit:
    """Gamma-Gamma for customers with ``x`` > 0 repeat orders worth ``mean`` > 0 each on average."""
    scale = float(mean.mean())
    m = mean / scale

    def ask(logs: Array) -> tuple[float, Array]:
        p, q, v = np.exp(logs)
        px, xm = p * x, x * m
        value = lgamma(px + q) - lgamma(px) - lgamma(q) + q * np.log(v) + (px - 1) * np.log(m) + px * np.log(x)
        value = value - (px + q) * np.log(xm + v)
        to_p = x * (digamma(px + q) - digamma(px) + np.log(m) + np.log(x) - np.log(xm + v))
        to_q = digamma(px + q) - digamma(q) + np.log(v) - np.log(xm + v)
        to_v = q / v - (px + q) / (xm + v)
        return float(value.sum()), np.array([to_p.sum() * p, to_q.sum() * q, to_v.sum() * v])

    found = _climb(ask, np.log(np.array([2.0, 3.0, 2.0])), prior=prior)
    return Fit(found.values * np.array([1.0, 1.0, scale]), found.log_likelihood, found.hessian)


def expected_amount(fit: Array, x: Array, mean: Array) -> Array:
    """What one order of each customer brings; ``x`` = 0 gets the population's mean."""
    p, q, v = fit
    q = max(q, 1.0 + 1e-6)
    return np.where(x > 0, p * (v + x * mean) / (p * x + q - 1), p * v / (q - 1))


@dataclass(frozen=True)
class Prediction:
    """Expected value of the next 12 months: of each customer, and the mean with its p10-p90 range."""

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
    each = _value(orders.values, amounts.values, x, t_x, age, mean, yearly_discount)
    sample = np.random.default_rng(seed).permutation(len(x))[:_DRAWN_FROM]
    part = (x[sample], t_x[sample], age[sample], mean[sample])
    base = each[sample].mean()
    pairs = zip(orders.draws(DRAWS, seed), amounts.draws(DRAWS, seed + 1), strict=True)
    drawn = np.array([_value(o, m, *part, yearly_discount).mean() for o, m in pairs])
    low, high = np.quantile(drawn, (0.1, 0.9)) / base * each.mean() if base > 0 else (0.0, 0.0)
    zero = np.zeros(1)
    newcomer = float(expected_orders(orders.values, zero, zero, zero, 52.0)[0])
    return Prediction(
        each,
        float(each.mean()),
        float(low),
        float(high),
        newcomer,
        float(expected_amount(amounts.values, x, mean).mean()),
    )


def _value(orders: Array, amounts: Array, x: Array, t_x: Array, age: Array, mean: Array, discount: float) -> Array:
    worth = expected_amount(amounts, x, mean)
    if discount == 0:
        return expected_orders(orders, x, t_x, age, 52.0) * worth
    total, before = np.zeros(len(x)), np.zeros(len(x))
    for month in range(1, 13):
        by_then = expected_orders(orders, x, t_x, age, 52.0 * month / 12)
        total += (by_then - before) / (1 + discount) ** (month / 12)
        before = by_then
    return total * worth


# Mathematics that numpy lacks


def lgamma(x: Array | float) -> Array:
    """Log Γ of positive numbers: shifted to ≥ 8, then Stirling's series; relative error below 1e-13."""
    x = np.asarray(x, dtype=np.float64)
    shift = np.zeros_like(x)
    for _ in range(8):
        small = x < 8
        shift = np.where(small, shift + np.log(np.where(small, x, 1.0)), shift)
        x = np.where(small, x + 1, x)
    y = 1 / (x * x)
    series = (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y / 1188)))) / x
    return (x - 0.5) * np.log(x) - x + 0.9189385332046727 + series - shift


def digamma(x: Array | float) -> Array:
    """The derivative of log Γ of positive numbers."""
    x = np.asarray(x, dtype=np.float64)
    shift = np.zeros_like(x)
    for _ in range(8):
        small = x < 8
        shift = np.where(small, shift + 1 / np.where(small, x, 1.0), shift)
        x = np.where(small, x + 1, x)
    y = 1 / (x * x)
    return np.log(x) - 0.5 / x - y * (1 / 12 - y * (1 / 120 - y * (1 / 252 - y * (1 / 240 - y / 132)))) - shift


def hyp2f1(a: Array, b: Array, c: Array, z: Array) -> Array:
    """Gauss's series for 0 ≤ ``z`` < 1, until no term moves the sum."""
    a, b, c, z = np.broadcast_arrays(*(np.asarray(part, dtype=np.float64) for part in (a, b, c, z)))
    term = np.ones_like(z)
    total = np.ones_like(z)
    for k in range(10_000):
        term = term * (a + k) * (b + k) / ((c + k) * (k + 1)) * z
        total = total + term
        if np.all(np.abs(term) <= 1e-14 * np.abs(total)):
            break
    return total


def _climb(ask: Callable[[Array], tuple[float, Array]], start: Array, *, prior: bool) -> Fit:
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
        moved = _shortened(lower, at, value, slope, step)
        if moved is None:
            break
        new, new_value, new_slope = moved
        ds, dg = new - at, new_slope - slope
        curve = float(ds @ dg)
        if curve > 1e-12:
            rho, eye = 1 / curve, np.eye(len(start))
            inverse = (eye - rho * np.outer(ds, dg)) @ inverse @ (eye - rho * np.outer(dg, ds)) + rho * np.outer(ds, ds)
        done = abs(value - new_value) <= 1e-10 * (1 + abs(value)) and float(np.abs(new_slope).max()) < 1e-3
        at, value, slope = new, new_value, new_slope
        if done:
            break
    return Fit(np.exp(at), ask(at)[0], _curvature(lower, at))


def _shortened(
    lower: Callable[[Array], tuple[float, Array]], at: Array, value: float, slope: Array, step: Array
) -> tuple[Array, float, Array] | None:
    length = 1.0
    while length > 1e-10:
        new = at + length * step
        if np.all(np.abs(new) < 25):
            new_value, new_slope = lower(new)
            if np.isfinite(new_value) and new_value <= value + 1e-4 * length * float(slope @ step):
                return new, new_value, new_slope
        length /= 2
    return None


def _curvature(lower: Callable[[Array], tuple[float, Array]], at: Array) -> Array:
    step = 1e-4
    columns = []
    for i in range(len(at)):
        move = np.zeros(len(at))
        move[i] = step
        columns.append((lower(at + move)[1] - lower(at - move)[1]) / (2 * step))
    hessian = np.array(columns)
    return np.asarray((hessian + hessian.T) / 2, dtype=np.float64)
