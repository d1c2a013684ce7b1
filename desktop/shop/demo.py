"""A believable Tehran shop, the same for the same seed and last day: to look at, to try, to test with."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

from desktop.shop.demo_words import (
    CAMPAIGNS,
    CATEGORIES,
    DEAL_NAMES,
    FIRST_NAMES,
    GOODS,
    LAST_NAMES,
    LOST_REASONS,
    NPS_REASONS,
    SELLERS,
    SHOP,
    SOURCES,
)  # fmt: skip
from desktop.shop.entities import MEASURED
from desktop.store import Store, settings
from desktop.values.fold import fold, sort_key
from desktop.values.holidays import holidays
from desktop.values.jalali import to_jalali
from desktop.values.period import Period
from desktop.values.rounding import half_up

INFLATION = 0.032  # a month
INVOICES_A_DAY = 24
REGULARS = 420

# how busy each Jalali month is: Nowruz shopping in Esfand, quiet Farvardin, Yalda in Azar
_SEASON = {1: 0.72, 2: 0.93, 3: 0.97, 4: 0.94, 5: 0.92, 6: 1.02, 7: 1.0, 8: 0.98, 9: 1.14, 10: 0.96, 11: 1.02, 12: 1.62}
_WEEKDAY = {5: 1.02, 6: 0.92, 0: 0.92, 1: 0.97, 2: 1.08, 3: 1.3, 4: 0.0}  # Python's numbers; Friday is closed
# first days of Ramadan and Muharram (lunar, so they wander): quiet noons, quiet first ten days
_RAMADAN = ("2024-03-12", "2025-03-02", "2026-02-19", "2027-02-08", "2028-01-28", "2029-01-16")
_MUHARRAM = ("2024-07-08", "2025-06-27", "2026-06-17", "2027-06-06", "2028-05-25", "2029-05-15")


def write_demo(path: Path | str, *, months: int = 24, seed: int = 1, until: dt.date) -> None:
    """A demo book of ``months`` months up to and with ``until`` lies at ``path``.

    Raises:
        Refused: a file is there already.
    """
    store = Store.create(path, currency="IRR", shop=SHOP)
    with store.importing("demo", SHOP, f"demo-{seed}-{until}", json.dumps({"seed": seed, "months": months})) as load:
        _Writer(load.connection, load.batch_id, Random(seed), months, until).write()
        load.all_days = True
        load.tables = frozenset({"sale", "product", "customer", "lead", "deal"})
        run = load.connection.execute
        put = "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        run(put, ("demo", "1"))
        run(put, ("shop_address", "تهران، خیابان شریعتی، نرسیده به پل رومی"))
        run(put, ("shop_phone", "02122000000"))
    store.close(backup=False)


def is_demo(store: Store) -> bool:
    with store.reading() as s:
        return bool(settings.get(s, "demo"))


def remove_demo(store: Store) -> None:
    """Closes a demo book and deletes its file; a real book is never touched."""
    assert is_demo(store), "only a demo book is removed"
    store.close(backup=False)
    for tail in ("", "-wal", "-shm", ".lock", ".opener"):
        store.path.with_name(store.path.name + tail).unlink(missing_ok=True)


@dataclass
class _Good:
    id: int
    price: int
    cost_share: float
    measured: bool
    weight: float


class _Writer:
    """Writes table after table; every choice comes from the one seeded source."""

    def __init__(self, db: Any, batch: int, random: Random, months: int, until: dt.date) -> None:
        self.db, self.batch, self.random, self.until = db, batch, random, until
        self.period = Period(Period.month(until, "jalali").months(months, "jalali")[0].start, until + dt.timedelta(days=1))
        self.stages = [row[0] for row in db.execute("SELECT id FROM stage ORDER BY position")]
        self.months = self.period.each_month("jalali")
        self.line_id = 0
        self.sale_id = 0

    def write(self) -> None:
        self.things()
        self.money()
        self.customers()
        self.sales()
        self.following()
        self.opinions()

    def insert(self, table: str, columns: str, rows: list[tuple[Any, ...]]) -> None:
        marks = ", ".join("?" * len(columns.split()))
        self.db.executemany(f"INSERT INTO {table} ({', '.join(columns.split())}) VALUES ({marks})", rows)

    def at(self, day: dt.date) -> str:
        return f"{day.isoformat()}T18:00:00Z"

    # Things

    def things(self) -> None:
        def named(names: Any) -> list[tuple[Any, ...]]:
            return [(n, name, fold(name), sort_key(name), self.batch) for n, name in enumerate(names, 1)]

        for table, names in (("category", CATEGORIES), ("source", SOURCES)):
            self.insert(table, "id name name_fold name_sort batch_id archived", [(*row, 0) for row in named(names)])
        pay = (285_000_000, 240_000_000, 210_000_000)
        self.insert("seller", "id name name_fold name_sort batch_id archived pay phone",
                    [(*row, 0, pay[i], f"0912{3456700 + i}") for i, row in enumerate(named(SELLERS))])  # fmt: skip
        goods, products, barcodes = [], [], []
        for n, (name, category, unit, price, cost_share, weight) in enumerate(GOODS, 1):
            measured = fold(unit) in MEASURED
            goods.append(_Good(n, price * 10, cost_share, measured, weight))
            latest = self.price_at(goods[-1], self.until)
            products.append((n, str(1000 + n), name, fold(name), sort_key(name), CATEGORIES.index(category) + 1, unit, int(measured), latest,
                             half_up(round(latest * cost_share), 1000) * 1000, 0, self.batch))  # fmt: skip
            barcodes.append((n, _ean(626_000_000_000 + n * 7919)))
        self.goods = goods
        self.insert("product", "id code name name_fold name_sort category_id unit measured price cost archived batch_id", products)
        self.insert("barcode", "product_id text", barcodes)
        self.weights = [good.weight for good in goods]

    def level(self, day: dt.date) -> float:
        """Prices against those of the last month."""
        month = next(i for i, m in enumerate(self.months) if day in m)
        return (1 + INFLATION) ** (month - len(self.months) + 1)

    def price_at(self, good: _Good, day: dt.date) -> int:
        """A list price as shops write it: whole thousand toman."""
        return max(10_000, round(good.price * self.level(day) / 10_000) * 10_000)

    # Campaigns, costs, targets, price index

    def money(self) -> None:
        campaigns, costs, targets, index = [], [], [], []
        for n, month in enumerate(self.months):
            start, level = month.start, self.level(month.start)
            index.append((start.isoformat(), round(100_000 * (1 + INFLATION) ** n), "entered"))
            day = (start + dt.timedelta(days=2)).isoformat()
            for seller, pay in enumerate((285_000_000, 240_000_000, 210_000_000), 1):
                if start + dt.timedelta(days=28) <= self.until:
                    costs.append((start + dt.timedelta(days=28), round(pay * level, -5), "pay", None, seller, None))
            costs.append((start + dt.timedelta(days=1), round(350_000_000 * level, -5), "rent", None, None, "اجارهٔ مغازه"))
            costs.append((start + dt.timedelta(days=4), round(24_000_000 * level, -5), "advertising", None, None, "تبلیغ محلی"))
            if to_jalali(start)[1] != 1:
                name, channel = CAMPAIGNS[len(campaigns) % len(CAMPAIGNS)]
                name = f"{name} {to_jalali(start)[0]}"
                while any(name == c[1] for c in campaigns):
                    name += " ۲"
                campaigns.append((len(campaigns) + 1, name, channel, day, (start + dt.timedelta(days=24)).isoformat(),
                                  round(70_000_000 * level, -6)))  # fmt: skip
                costs.append((start + dt.timedelta(days=3), round(self.random.uniform(48, 72) * 1e6 * level, -5), "advertising",
                              len(campaigns), None, "هزینهٔ کمپین"))  # fmt: skip
            base = 10_400_000_000 * level * _SEASON[to_jalali(start)[1]]
            for seller, share in enumerate((0.45, 0.33, 0.22), 1):
                targets.append(("revenue", "seller", seller, month.start, month.end, round(base * share, -7), SELLERS[seller - 1]))
        self.campaigns = campaigns
        self.insert("campaign", "id name channel first_day last_day budget name_fold name_sort archived batch_id",
                    [(*c, fold(c[1]), sort_key(c[1]), 0, self.batch) for c in campaigns])  # fmt: skip
        self.insert("cost", "day amount kind campaign_id seller_id note status entered_at batch_id",
                    [(d.isoformat(), int(a), *rest, "final", self.at(d), self.batch) for d, a, *rest in costs if d <= self.until])  # fmt: skip
        self.insert("target", "kpi scope seller_id start end value person span direction status batch_id".replace(" end ", ' "end" '),
                    [(k, sc, se, a.isoformat(), b.isoformat(), int(v), p, "month", "at_least", "final", self.batch)
                     for k, sc, se, a, b, v, p in targets])  # fmt: skip
        self.insert("price_index", "month value origin", index)

    # Customers: when each first comes, how often and how much

    def customers(self) -> None:
        span, rows, self.people = self.period.days, [], []
        names = self.names()
        for n in range(1, REGULARS + 1):
            arrives = self.period.start + dt.timedelta(days=int(span * self.random.random() ** 1.25))
            rhythm = self.random.choice((7, 12, 15, 20, 30, 30, 45, 60, 90, 400))
            stays = self.random.expovariate(1 / 420)
            source = self.random.choices(range(1, len(SOURCES) + 1), (5, 3, 4, 2, 1))[0]
            campaign = self.campaign_on(arrives) if self.random.random() < 0.4 else None
            self.people.append((n, arrives, rhythm, arrives + dt.timedelta(days=stays), self.random.lognormvariate(0, 0.35), source))
            name = next(names)
            rows.append((n, f"C{n:04}", name, fold(name), sort_key(name), f"0912{self.random.randrange(10**7):07}", source, campaign,
                         arrives.isoformat(), 0, self.batch))  # fmt: skip
        self.customer_names = {row[0]: row[2] for row in rows}
        self.insert("customer", "id code name name_fold name_sort phone first_source_id first_campaign_id since archived batch_id", rows)

    def names(self) -> Iterator[str]:
        pairs = [f"{first} {last}" for first in FIRST_NAMES for last in LAST_NAMES]
        self.random.shuffle(pairs)
        yield from cycle(pairs)

    def campaign_on(self, day: dt.date) -> int | None:
        return next((c[0] for c in self.campaigns if c[3] <= day.isoformat() <= c[4]), None)

    # Sales

    def busy(self, day: dt.date) -> float:
        if day.weekday() == 4 or day in holidays():
            return 0.0
        factor = _SEASON[to_jalali(day)[1]] * _WEEKDAY[day.weekday()]
        for starts, length, share in ((_RAMADAN, 29, 0.8), (_MUHARRAM, 10, 0.72)):
            if any(0 <= (day - dt.date.fromisoformat(start)).days < length for start in starts):
                factor *= share
        growth = 1 + 0.006 * next(i for i, m in enumerate(self.months) if day in m)
        return factor * growth

    def sales(self) -> None:
        headers, lines, parts, payments, returns = [], [], [], [], []
        number = 0
        next_visit = {person[0]: person[1] for person in self.people}
        for offset in range(self.period.days):
            day = self.period.start + dt.timedelta(days=offset)
            busy = self.busy(day)
            if not busy:
                continue
            count = max(1, round(self.random.gauss(INVOICES_A_DAY * busy, 3)))
            if day == self.until:
                count = max(3, round(count * 0.62))
            due = [p for p in self.people if next_visit[p[0]] <= day < p[3]]
            self.random.shuffle(due)
            for i in range(count):
                number += 1
                person = due[i] if i < len(due) and i < count * 0.6 else None
                if person:
                    next_visit[person[0]] = day + dt.timedelta(days=max(2, round(self.random.expovariate(1 / person[2]))))
                hour = min(21, max(9, round(self.random.gauss(17 if i % 3 else 11, 2))))
                head, body, who = self.invoice(number, day, f"{hour:02}:{self.random.randrange(60):02}", person)
                headers.append(head)
                lines += body
                parts += who
                if head[2] == "final" and head[11] not in ("credit",):
                    payments.append((head[4], head[5], self.at(day), "final", head[7], head[0], head[11], head[15] + head[16], self.batch))
                if person and self.random.random() < (0.045 if who[0][1] != 2 else 0.07) and head[2] == "final":
                    returns.append((head, body, who))
        self.give_back(headers, lines, parts, returns)
        self.insert("sale", "id kind status number day time entered_at customer_id source_id campaign_id original_id payment lines gross"
                    " discount total tax batch_id", headers)  # fmt: skip
        self.insert("sale_line", "id sale_id position product_id quantity measured unit_price unit_cost gross discount invoice_discount total"
                    " cost tax damaged original_line_id", lines)  # fmt: skip
        self.insert("sale_seller", "sale_id seller_id share", parts)
        self.insert("payment", "day time entered_at status customer_id sale_id kind amount batch_id", payments)

    def invoice(self, number: int, day: dt.date, time: str, person: Any) -> tuple[Any, list[Any], list[Any]]:
        self.sale_id += 1
        seller = self.random.choices((1, 2, 3), (0.45, 0.34, 0.21))[0]
        grown = 1 + 0.012 * next(i for i, m in enumerate(self.months) if day in m) if seller == 3 else 1.0  # the one who learns
        wanted = max(1, min(9, round(self.random.lognormvariate(0.75, 0.55) * (person[4] if person else 0.9) * grown)))
        body = []
        for position, good in enumerate(self.random.choices(self.goods, self.weights, k=wanted), 1):
            price = self.price_at(good, day)
            quantity = (
                self.random.choice((250, 500, 750, 1000, 1500, 2000)) if good.measured else 1000 * self.random.choice((1, 1, 1, 2, 3))
            )
            gross = half_up(price * quantity, 1000)
            off = self.random.random() < (0.24 if seller == 2 else 0.09)
            discount = half_up(gross * self.random.choice((5, 8, 10, 12)), 100) // 1000 * 1000 if off else 0
            cost = None if good.id % 37 == 0 else round(price * good.cost_share * self.random.uniform(0.97, 1.04), -3)
            self.line_id += 1
            body.append((self.line_id, self.sale_id, position, good.id, quantity, int(good.measured), price, cost and int(cost), gross,
                         discount, 0, gross - discount, None if cost is None else half_up(int(cost) * quantity, 1000), 0, 0, None))  # fmt: skip
        gross, discount = sum(line[8] for line in body), sum(line[9] for line in body)
        payment = self.random.choices(("card", "cash", "transfer", "credit"), (66, 17, 11, 6 if person else 0))[0]
        status = "void" if self.random.random() < 0.006 else "final"
        campaign = self.campaign_on(day) if self.random.random() < 0.1 else None
        head = (self.sale_id, "sale", status, str(number), day.isoformat(), time, self.at(day), person[0] if person else None,
                person[5] if person else None, campaign, None, payment, len(body), gross, discount, gross - discount, 0, self.batch)  # fmt: skip
        shared = self.random.random() < 0.03
        other = seller % 3 + 1
        who = [(self.sale_id, seller, 6000), (self.sale_id, other, 4000)] if shared else [(self.sale_id, seller, 10_000)]
        return head, body, who

    def give_back(self, headers: list[Any], lines: list[Any], parts: list[Any], chosen: list[Any]) -> None:
        number = 0
        for head, body, who in chosen:
            day = dt.date.fromisoformat(head[4]) + dt.timedelta(days=self.random.randrange(1, 9))
            if day > self.until or not self.busy(day):
                continue
            number += 1
            self.sale_id += 1
            line = self.random.choice(body)
            self.line_id += 1
            damaged = int(self.random.random() < 0.2)
            lines.append((self.line_id, self.sale_id, 1, line[3], -line[4], line[5], line[6], line[7], -line[8], -line[9], 0, -line[11],
                          None if line[12] is None else -line[12], 0, damaged, line[0]))  # fmt: skip
            headers.append((self.sale_id, "return", "final", str(number), day.isoformat(), "12:00", self.at(day), head[7], head[8], head[9],
                            head[0], head[11], 1, -line[8], -line[9], -line[11], 0, self.batch))  # fmt: skip
            parts += [(self.sale_id, seller, share) for _, seller, share in who]

    # Leads, deals, activities

    def following(self) -> None:
        leads, deals, history, activities = [], [], [], []
        names = self.names()
        for offset in range(self.period.days):
            day = self.period.start + dt.timedelta(days=offset)
            if not self.busy(day):
                continue
            for _ in range(self.random.choices((0, 1, 2, 3), (12, 38, 32, 18))[0]):
                self.lead(leads, deals, history, activities, day, next(names))
        self.insert(
            "lead", "id day entered_at name name_fold name_sort phone source_id campaign_id seller_id customer_id status batch_id", leads
        )
        self.insert("deal", "id number name name_fold status entered_at customer_id lead_id seller_id stage_id value opened expected"
                    " first_contact closed outcome reason batch_id", deals)  # fmt: skip
        self.insert("deal_stage", "deal_id stage_id day entered_at", history)
        self.insert("activity", "kind status day due done entered_at seller_id customer_id deal_id lead_id batch_id", activities)

    def lead(self, leads: list[Any], deals: list[Any], history: list[Any], activities: list[Any], day: dt.date, asker: str) -> None:
        seller = self.random.choices((1, 2, 3), (0.4, 0.3, 0.3))[0]
        buys = self.random.random() < 0.36
        new = [p for p in self.people if 0 <= (p[1] - day).days <= 20]
        customer = self.random.choice(new)[0] if buys and new else None
        name = self.customer_names[customer] if customer else asker
        n = len(leads) + 1
        status = "converted" if customer else self.random.choices(("open", "disqualified", "duplicate", "spam"), (80, 14, 4, 2))[0]
        leads.append((n, day.isoformat(), self.at(day), name, fold(name), sort_key(name), f"0935{self.random.randrange(10**7):07}",
                      self.random.randrange(1, len(SOURCES) + 1), self.campaign_on(day), seller, customer, status, self.batch))  # fmt: skip
        for _ in range(self.random.randrange(1, 4)):
            self.activity(activities, day + dt.timedelta(days=self.random.randrange(0, 6)), seller, customer, None, n)
        if self.random.random() < 0.55:
            self.deal(deals, history, activities, day, seller, customer, n)

    def deal(
        self, deals: list[Any], history: list[Any], activities: list[Any], day: dt.date, seller: int, customer: int | None, lead: int
    ) -> None:
        n = len(deals) + 1
        opened = day + dt.timedelta(days=self.random.randrange(0, 5))
        name = self.random.choice(DEAL_NAMES)
        value = round(self.random.lognormvariate(18.9, 0.6) * self.level(day) / 1e6) * 1_000_000
        won = self.random.random() < 0.52
        closed = opened + dt.timedelta(days=max(2, round(self.random.gammavariate(2.2, 8))))
        if opened > self.until:
            return
        decided = closed <= self.until and self.random.random() < 0.94
        steps = self.random.randrange(1, 5) if not decided else 4
        at = opened
        for step in range(steps):
            if at <= self.until:
                history.append((n, self.stages[step], at.isoformat(), self.at(at)))
            at += dt.timedelta(days=max(1, (closed - opened).days // 5))
        stage = self.stages[(4 if won else 5) if decided else steps - 1]
        if decided:
            history.append((n, stage, closed.isoformat(), self.at(closed)))
        reason = None if won or not decided else self.random.choice(LOST_REASONS)
        expected = closed if decided else self.until + dt.timedelta(days=self.random.randrange(-8, 40))
        deals.append((n, f"D{n:04}", name, fold(name), "final", self.at(opened), customer, lead, seller, stage,
                      None if n % 29 == 0 else value, opened.isoformat(), expected.isoformat(), day.isoformat(),
                      closed.isoformat() if decided else None, ("won" if won else "lost") if decided else "open", reason, self.batch))  # fmt: skip
        for _ in range(self.random.randrange(1, 4)):
            self.activity(activities, opened + dt.timedelta(days=self.random.randrange(0, 14)), seller, customer, n, None)

    def activity(self, rows: list[Any], day: dt.date, seller: int, customer: int | None, deal: int | None, lead: int | None) -> None:
        if day.weekday() == 4:
            day += dt.timedelta(days=1)
        late = self.random.choices((0, 1, 3), (78, 16, 6))[0]
        done = day + dt.timedelta(days=late)
        kind = self.random.choices(("call", "message", "visit", "meeting"), (55, 28, 12, 5))[0]
        happened = done <= self.until and self.random.random() < 0.93
        entered = min(day, self.until)
        rows.append((kind, "final", entered.isoformat(), day.isoformat(), done.isoformat() if happened else None, self.at(entered), seller,
                     customer, deal, lead, self.batch))  # fmt: skip

    # Opinions

    def opinions(self) -> None:
        rows = []
        for offset in range(40, self.period.days):
            day = self.period.start + dt.timedelta(days=offset)
            if not self.busy(day) or self.random.random() > 0.72:
                continue
            there = [p[0] for p in self.people if p[1] <= day < p[3]]
            customer = self.random.choice(there) if there and self.random.random() < 0.85 else None
            score = self.random.choices((10, 9, 8, 7, 6, 5, 3, 1), (30, 24, 17, 11, 7, 5, 3, 3))[0]
            reason = self.random.choice(NPS_REASONS["low" if score < 7 else "high"]) if self.random.random() < 0.6 else None
            rows.append((day.isoformat(), "final", self.at(day), score, customer, reason, self.batch))
        self.insert("nps_answer", "day status entered_at score customer_id reason batch_id", rows)


def _ean(stem: int) -> str:
    """A 13-digit barcode with its check digit."""
    digits = [int(c) for c in str(stem)]
    check = (10 - sum(d * (3 if i % 2 else 1) for i, d in enumerate(digits)) % 10) % 10
    return f"{stem}{check}"
