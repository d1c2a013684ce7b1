"""Named customers: who stays, who recommends, what each has brought, who came when."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from fractions import Fraction
from itertools import pairwise

from tests.oracle.days import ONE, first_of, month_of, months_between, ymd
from tests.oracle.selling import Figure, Z, share_of

NPS_DAYS = 90
SEGMENTS = {  # by recency: for (frequency + money) / 2 from 1 to 5
    5: ("newcomer", "growing", "growing", "loyal", "golden"),
    4: ("newcomer", "growing", "growing", "loyal", "golden"),
    3: ("passing", "passing", "usual", "loyal", "loyal"),
    2: ("rarely seen", "passing", "usual", "being lost", "being lost"),
    1: ("rarely seen", "rarely seen", "rarely seen", "being lost", "do not let go"),
}


def active_days(book, ledger, asked):
    """W: the 90th percentile of the gaps between purchase days before the fiscal year of the period's first day."""
    if own := book.setting("active_days"):
        return int(own)
    year = first_of(ymd(asked.start, book.calendar)[0], 1, book.calendar)
    gaps = []
    for days in ledger.purchase_days.values():
        known = days[: bisect_left(days, min(year, asked.as_of + ONE))]
        gaps += [(later - day).days for day, later in pairwise(known)]
    if len(gaps) < 30:
        return 90
    gaps.sort()
    at = 0.9 * (len(gaps) - 1)
    low = math.floor(at)
    found = gaps[low] + (at - low) * (gaps[min(low + 1, len(gaps) - 1)] - gaps[low])
    return min(365, max(30, math.floor(found + 1e-9)))


def widened(asked, least):
    """The window of a number that looks at ``least`` days at the fewest: half-open, back from the period's end; days ahead as they are."""
    if asked.not_begun:
        return asked.start, asked.end
    start = asked.start if (asked.end - asked.start).days >= least else asked.until - least * ONE
    return start, asked.until


def figures(book, ledger, asked):
    """Retention, churn, NPS, and what customers brought to date."""
    brought = to_date(ledger, asked.last)
    known = [gained for gained, costed in brought.values() if costed]
    mean = Fraction(sum(gained for gained, _ in brought.values()), len(brought)) if known else None
    return retention(book, ledger, asked) | {"nps": nps(book, asked), "clv_historic": Figure(mean, len(brought))}


def retention(book, ledger, asked):
    days = active_days(book, ledger, asked)
    start, end = window = widened(asked, days)

    def buyers(day):
        return {who for who, bought in ledger.purchase_days.items() if _any(bought, day - days * ONE, day)}

    began = ledger.documents[0].day if ledger.documents else None
    if asked.not_begun or began is None or began > start - days * ONE:
        return dict.fromkeys(("retention_rate", "churn_rate"), Figure(None, window=window))
    active = buyers(start)
    kept = active & buyers(end)
    stayed, gone = share_of(len(kept), len(active)), share_of(len(active) - len(kept), len(active))
    return {key: Figure(one.value, one.n, one.low, one.high, window) for key, one in (("retention_rate", stayed), ("churn_rate", gone))}


def _any(days, start, end):
    at = bisect_left(days, start)
    return at < len(days) and days[at] < end


def nps(book, asked):
    start, end = widened(asked, NPS_DAYS)
    last, scores = {}, []
    for answer in sorted(book.answers, key=lambda one: (one.day, one.id), reverse=True):
        if answer.status != "final" or answer.day >= end:
            continue
        who = answer.customer_id
        if who is not None:
            if who in last and (last[who] - answer.day).days < 90:
                continue
            last[who] = answer.day
        if answer.day >= start:
            scores.append(answer.score)
    n, promoters, detractors = len(scores), sum(one >= 9 for one in scores), sum(one <= 6 for one in scores)
    if not n or asked.not_begun:
        return Figure(None, 0, window=(start, end))
    p, d = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
    half = Z * math.sqrt((p + d - (p - d) ** 2) / (n + 3))
    low, high = max(-100, 100 * (p - d - half)), min(100, 100 * (p - d + half))
    return Figure(Fraction(100 * (promoters - detractors), n), n, low, high, (start, end))


def to_date(ledger, last):
    """customer who has bought → (gross profit to date, lines with a cost)."""
    found = {}
    for who, papers in ledger.by_customer.items():
        if ledger.first_sales.get(who, last + ONE) <= last:
            seen = [one for one in papers if one.day <= last]
            gained = sum(one.money["costed"] - one.money["cost"] for one in seen)
            found[who] = gained, sum(one.costed_lines for one in seen)
    return found


# Lists


def customers(book, ledger, asked):
    """Everybody who has bought by the period's end."""
    brought, found = to_date(ledger, asked.last), {}
    for who, papers in ledger.by_customer.items():
        if who not in brought:
            continue
        seen = [one for one in papers if one.day <= asked.last]
        here = [one for one in seen if one.day >= asked.start]
        orders = [one for one in seen if one.is_order]
        gained, costed = brought[who]
        found[who] = {
            "revenue": sum(one.money["net"] for one in here),
            "orders": sum(one.is_order for one in here),
            "first_day": orders[0].day.isoformat(),
            "last_day": orders[-1].day.isoformat(),
            "orders_to_date": len(orders),
            "revenue_to_date": sum(one.money["net"] for one in seen),
            "clv_historic": gained if costed else None,
        }
    return found


def cohorts(book, ledger, asked):
    """first month → who came then, and how many of them bought in each month since."""
    came, bought, last = defaultdict(set), defaultdict(set), asked.last
    for who, days in ledger.purchase_days.items():
        for day in days:
            if day <= last:
                bought[month_of(day, book.calendar)[0]].add(who)
        if days[0] <= last:
            came[month_of(days[0], book.calendar)[0]].add(who)
    found = {}
    for first, who in came.items():
        months = [start for start, _ in months_between(first, last + ONE, book.calendar)]
        year, month, _ = ymd(first, book.calendar)
        found[f"{year:04}-{month:02}"] = {
            "size": len(who),
            "active": [len(who & bought[one]) for one in months],
            "partial_last": month_of(last, book.calendar)[1] > last + ONE,
        }
    return found


def rfm(book, ledger, asked):
    """Scores of everybody who bought in the year up to the period's end."""
    last = asked.last
    seen = {}
    for who, papers in ledger.by_customer.items():
        papers = [one for one in papers if last - 365 * ONE < one.day <= last]
        orders = [one for one in papers if one.is_order]
        if orders:
            seen[who] = (orders[-1].day.toordinal(), len(orders), sum(one.money["net"] for one in papers))
    scores = [_scores([row[at] for row in seen.values()]) for at in range(3)]
    found = {}
    for at, who in enumerate(seen):
        r, f, m = (column[at] for column in scores)
        found[who] = {"r": r, "f": f, "m": m, "segment": SEGMENTS[r][(f + m + 1) // 2 - 1]}
    return found


def _scores(values):
    """Quintiles by rank, equal values alike; of fewer than 100 terciles, on the same scale."""
    n = len(values)
    order = sorted(values)
    rank = [bisect_left(order, value) for value in values]
    return [1 + 5 * at // n for at in rank] if n >= 100 else [1 + 2 * (3 * at // n) for at in rank]
