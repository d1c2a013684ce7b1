"""The demo shop's counter: who comes in, what they take, how they pay, what they bring back and what they think of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from random import Random

from desktop.shop.demo.chance import SELLERS, TOMAN, WORDS, Deck, yes_no
from desktop.shop.demo.people import People, Person
from desktop.shop.demo.rows import Rows, Values, entered
from desktop.shop.demo.seasons import DAY, FRIDAY, Seasons
from desktop.shop.demo.shelf import Shelf
from desktop.shop.demo.spending import Campaigns
from desktop.shop.drafts import LineDraft, SaleDraft, amounts
from desktop.values.rounding import WHOLE, half_up

Sellers = tuple[tuple[int, int], ...]
INVOICES_A_DAY, KNOWN_AT_FIRST, NEW_A_DAY = 22, 140, 0.8
STOPS = "18:40"  # on its last day the book stops in the middle of the evening

_PAYMENTS = (("card", 68), ("cash", 14), ("transfer", 11), ("credit", 7))
_SCORES = ((10, 15), (9, 11), (8, 9), (7, 6), (6, 3), (5, 2), (4, 1), (2, 1))
_BASKETS = ((1, 5), (2, 9), (3, 9), (4, 6), (5, 4), (6, 2), (8, 1))


Back = tuple[Values, Values, Sellers]  # the sale, the line of it that will be given back, and whose sale it was


class Counter:
    """Day after day; whatever somebody will do on a later day waits in a list of that day."""

    def __init__(self, random: Random, rows: Rows, seasons: Seasons, shelf: Shelf, people: People, campaigns: Campaigns) -> None:
        self._random, self._rows, self._seasons, self._shelf = random, rows, seasons, shelf
        self._people, self._campaigns = people, campaigns
        self._visits: dict[dt.date, list[Person]] = defaultdict(list)
        self._orders: dict[dt.date, list[SaleDraft]] = defaultdict(list)
        self._returns: dict[dt.date, list[Back]] = defaultdict(list)
        self._debts: dict[dt.date, list[Values]] = defaultdict(list)
        self._payments, self._scores = Deck(random, _PAYMENTS), Deck(random, _SCORES)
        self._returned, self._numbers = yes_no(random, 0.05), {"sale": 0, "return": 0}
        for first in sorted(random.randrange(40) for _ in range(KNOWN_AT_FIRST)):
            day = seasons.next_open(seasons.period.start + first * DAY)
            self.expect(people.come(day), day)

    def expect(self, person: Person, day: dt.date) -> None:
        """She will be here on that day, or on the next that is open."""
        self._visits[self._seasons.next_open(day)].append(person)

    def order(self, order: SaleDraft, day: dt.date) -> None:
        """A deal was won; its goods go out on that day."""
        self._orders[day].append(order)

    def day(self, day: dt.date) -> None:
        """Everybody who comes on this day, in the order of the clock."""
        busy = self._seasons.busy(day)
        known: list[Callable[[str], None]] = [partial(self._visit, day, person) for person in self._visits.pop(day, ())]
        known += [partial(self._newcomer, day) for _ in range(int(NEW_A_DAY * busy + self._random.random()))]
        count = max(len(known) + 2, round(self._random.gauss(INVOICES_A_DAY * busy, 2.5)))
        known += [partial(self._sell, day, None) for _ in range(count - len(known))]
        known += [partial(self._take_back, day, back) for back in self._returns.pop(day, ())]
        for order in self._orders.pop(day, ()):
            time, payment = f"10:{self._random.randrange(60):02}", self._random.choice(("transfer", "transfer", "cheque", "card"))
            self._record(replace(order, day=day, time=time, payment=payment))
        for time, n in sorted((self._time(day), n) for n in range(len(known))):
            if day < self._seasons.until or time <= STOPS:
                known[n](time)
        for sale in self._debts.pop(day, ()):
            self._pay(sale, day, "12:00", self._random.choice(("cash", "transfer", "card")))

    def _time(self, day: dt.date) -> str:
        if day.weekday() == FRIDAY:
            minutes = self._random.randrange(10 * 60, 14 * 60)
        else:
            hour = self._random.gauss(11.3, 1.1) if self._random.random() < 0.38 else self._random.gauss(18.3, 1.7)
            minutes = min(22 * 60 + 20, max(9 * 60 + 5, int(hour * 60)))
        return f"{minutes // 60:02}:{minutes % 60:02}"

    # Who comes

    def _visit(self, day: dt.date, person: Person, time: str) -> None:
        self._sell(day, person, time)
        if self._random.random() >= person.leaves:
            self.expect(person, day + max(2, round(self._random.expovariate(1 / person.gap))) * DAY)

    def _newcomer(self, day: dt.date, time: str) -> None:
        campaign, draw = self._campaigns.on(day)
        self._visit(day, self._people.come(day, campaign=campaign if self._random.random() < 0.25 * draw else None), time)

    # What they take

    def _sell(self, day: dt.date, person: Person | None, time: str) -> None:
        random, seller = self._random, self._people.seller(day)
        campaign, draw = self._campaigns.on(day)
        payment = self._payments.deal()
        draft = SaleDraft(
            day, self._basket(day, seller, person), time, customer=person.id if person else None, source=person.source if person else None,
            campaign=campaign if random.random() < 0.06 * draw else None, sellers=self._sellers(day, seller),
            payment="card" if payment == "credit" and not person else payment,
        )  # fmt: skip
        sale, lines = self._record(replace(draft, invoice_discount=self._off(draft, seller)), void=random.random() < 0.005)
        if sale["status"] == "void":
            return
        whole = [line for line in lines if not line["discount"]]  # of a discounted line nobody could give a round sum back
        if self._returned.deal() and whole:
            back = self._seasons.next_open(day + random.randrange(1, 9) * DAY)
            self._returns[back].append((sale, random.choice(whole), draft.sellers))
        if random.random() < (0.15 if person else 0.012):
            self._opinion(day, time, person)

    def _basket(self, day: dt.date, seller: int, person: Person | None) -> tuple[LineDraft, ...]:
        random = self._random
        skill = (1.08, 0.98, 0.86 + 0.009 * self._seasons.at(day))[seller - 1] * (person.size if person else 0.95)
        size = random.choices(*zip(*_BASKETS, strict=True))[0]
        lines = []
        for good in dict.fromkeys(self._shelf.take(day, max(1, round(size * skill)))):
            quantity = self._shelf.quantity(good)
            off = half_up(self._shelf.price(good, day) * quantity, 10_000) if random.random() < 0.03 else 0
            lines.append(self._shelf.line(good, day, quantity, off // (100 * TOMAN) * 100 * TOMAN))
        return tuple(lines)

    def _sellers(self, day: dt.date, seller: int) -> Sellers:
        helper = self._people.seller(day) if self._random.random() < 0.05 else seller
        return ((seller, WHOLE),) if helper == seller else ((seller, 6_000), (helper, 4_000))

    def _off(self, draft: SaleDraft, seller: int) -> int:
        """The invoice's discount: a few percent from the generous, else often just what makes the sum round."""
        total = amounts(draft).total
        if self._random.random() < SELLERS[seller - 1].generous:
            return total * self._random.choice((3, 5, 5, 8)) // 100 // (1_000 * TOMAN) * 1_000 * TOMAN
        return total % (10_000 * TOMAN) if self._random.random() < 0.3 else 0

    # What is written down

    def _record(self, draft: SaleDraft, *, void: bool = False) -> tuple[Values, list[Values]]:
        assert draft.day is not None
        assert draft.time is not None
        worked = amounts(draft)
        self._numbers["sale"] += 1
        sale = self._rows.add(
            "sale", kind="sale", number=str(self._numbers["sale"]), day=draft.day, time=draft.time, customer_id=draft.customer,
            source_id=draft.source, campaign_id=draft.campaign, deal_id=draft.deal, payment=draft.payment, lines=len(draft.lines),
            gross=worked.gross, discount=worked.discount, total=worked.total, tax=worked.tax,
        )  # fmt: skip
        lines = [
            self._rows.add(
                "sale_line", sale_id=sale["id"], position=position, product_id=line.product, quantity=line.quantity,
                measured=self._shelf.measured(line.product), unit_price=line.unit_price, unit_cost=line.unit_cost, damaged=0,
                **made._asdict(),
            )
            for position, (line, made) in enumerate(zip(draft.lines, worked.lines, strict=True), 1)
        ]  # fmt: skip
        self._credit(sale, draft.sellers)
        if void:
            sale["status"] = "void"
        elif draft.payment == "credit":
            self._debts[self._seasons.next_open(draft.day + self._random.randrange(4, 40) * DAY)].append(sale)
        else:
            self._pay(sale, draft.day, draft.time, str(draft.payment))
        return sale, lines

    def _credit(self, sale: Values, sellers: Sellers) -> None:
        for seller, share in sellers:
            self._rows.add("sale_seller", sale_id=sale["id"], seller_id=seller, share=share)

    def _pay(self, sale: Values, day: dt.date, time: str, kind: str) -> None:
        self._rows.add("payment", day=day, time=time, customer_id=sale["customer_id"], sale_id=sale["id"], kind=kind,
                       amount=sale["total"] + sale["tax"])  # fmt: skip

    def _take_back(self, day: dt.date, coming: Back, time: str) -> None:
        """One line of an earlier sale comes back: weighed goods whole, else perhaps only one piece."""
        sale, line, sellers = coming
        whole = line["quantity"]
        quantity = whole if line["measured"] or self._random.random() < 0.6 else 1000
        total, discount, cost = (line[key] and half_up(line[key] * quantity, whole) for key in ("total", "discount", "cost"))
        self._numbers["return"] += 1
        back = self._rows.add("sale", **{
            **{key: sale[key] for key in sale if key not in ("id", "status", "batch_id", "entered_at")}, "kind": "return", "day": day,
            "time": time, "number": str(self._numbers["return"]), "original_id": sale["id"], "deal_id": None,
            "payment": "cash" if sale["payment"] == "credit" else sale["payment"], "lines": 1, "gross": -total - discount,
            "discount": -discount, "total": -total, "tax": 0,
        })  # fmt: skip
        self._rows.add("sale_line", **{
            **{key: line[key] for key in line if key != "id"}, "sale_id": back["id"], "position": 1, "quantity": -quantity,
            "gross": -total - discount, "discount": -discount, "invoice_discount": 0, "total": -total,
            "cost": None if cost is None else -cost, "tax": 0, "damaged": int(self._random.random() < 0.25), "original_line_id": line["id"],
        })  # fmt: skip
        self._credit(back, sellers)
        self._pay(back, day, time, back["payment"])

    def _opinion(self, day: dt.date, time: str, person: Person | None) -> None:
        score = self._scores.deal()
        reason = self._random.choice(WORDS["opinions"]["high" if score > 6 else "low"]) if self._random.random() < 0.55 else None
        self._rows.add("nps_answer", day=day, entered_at=entered(day, time), score=score, customer_id=person.id if person else None,
                       reason=reason)  # fmt: skip
