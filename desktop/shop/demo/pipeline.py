"""Who asks before buying in the demo shop: leads, deals from stage to stage, and what the sellers do about them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from random import Random

from desktop.shop.demo.chance import TOMAN, WORDS, Deck, yes_no
from desktop.shop.demo.counter import Counter
from desktop.shop.demo.people import People, Person
from desktop.shop.demo.rows import Rows, Values, entered
from desktop.shop.demo.seasons import DAY, FRIDAY, Seasons
from desktop.shop.demo.shelf import Shelf
from desktop.shop.demo.spending import Campaigns
from desktop.shop.drafts import SaleDraft, amounts
from desktop.values.jalali import to_jalali
from desktop.values.rounding import WHOLE, half_up

OPEN_STAGES, WON, LOST = 4, 5, 6  # the book's own stages, by id
LEADS_A_DAY, DEALS_A_DAY = 2.3, 0.28  # of people who ask; of companies that order again
KNOWN = 0.08  # of those who ask
_KINDS = (("call", 11), ("message", 6), ("visit", 2), ("meeting", 1))
_ASLEEP = 75  # days after which a deal that nobody decided is closed at last
_SORTED_OUT = 30  # days after which nobody waits for a lead


class Pipeline:
    """Leads come day after day; each deal's course is known when it opens, and written down as far as it has come."""

    def __init__(self, random: Random, rows: Rows, seasons: Seasons, shelf: Shelf, people: People, campaigns: Campaigns,
                 counter: Counter) -> None:  # fmt: skip
        self._random, self._rows, self._seasons, self._shelf = random, rows, seasons, shelf
        self._people, self._campaigns, self._counter = people, campaigns, counter
        self._buys, self._big, self._wins = yes_no(random, 0.175), yes_no(random, 0.275), yes_no(random, 0.525)
        self._kinds, self._reasons = Deck(random, _KINDS), Deck(random, ((reason, 1) for reason in WORDS["lost"]))
        self._names = [f"{kind} {name}" for kind, names in WORDS["companies"].items() for name in names]
        random.shuffle(self._names)
        self._companies: list[Person] = []
        self._joining: dict[dt.date, list[Values]] = defaultdict(list)

    def day(self, day: dt.date) -> None:
        """Who was waiting buys for the first time, and others ask."""
        for lead in self._joining.pop(day, ()):
            person = self._people.come(day, lead=lead)
            lead["customer_id"], lead["status"] = person.id, "converted"
            self._counter.expect(person, day)
        busy = self._seasons.busy(day)
        for _ in range(int(LEADS_A_DAY * busy + self._random.random())):
            if self._random.random() < KNOWN:
                self._known_lead(day)
            else:
                self._lead(day)
        if self._companies and self._random.random() < DEALS_A_DAY * busy:
            self._deal(day, self._random.choice(self._companies), None, self._people.seller(day), company=True)

    # Leads

    def _lead(self, day: dt.date) -> None:
        random = self._random
        big = self._big.deal()
        company = big and bool(self._names) and random.random() < 0.3
        campaign, draw = self._campaigns.on(day)
        lead = self._rows.add(
            "lead", day=day, name=self._names.pop() if company else self._people.name(),
            phone=self._people.phone(), source_id=self._people.source(), campaign_id=campaign if random.random() < 0.4 * draw else None,
            seller_id=self._people.seller(day), status="open",
        )  # fmt: skip
        for _ in range(random.randrange(1, 3)):
            self._act(day + random.randrange(3) * DAY, lead["seller_id"], lead=lead["id"])
        if big:
            self._big_lead(day, lead, company=company)
        elif self._buys.deal():
            self._joining[self._seasons.next_open(day + (1 + int(random.expovariate(1 / 2))) * DAY)].append(lead)
        elif (self._seasons.until - day).days > _SORTED_OUT or random.random() < 0.2:
            lead["status"] = random.choices(("disqualified", "open", "duplicate", "spam"), (70, 20, 6, 4))[0]

    def _known_lead(self, day: dt.date) -> None:
        """Somebody who bought lately asks for something else."""
        lately = [sale["customer_id"] for sale in self._rows.of("sale")[-200:] if sale["customer_id"]]
        if not lately:
            return
        customer = self._rows.of("customer")[self._random.choice(lately) - 1]
        lead = self._rows.add(
            "lead", day=day, name=customer["name"], phone=customer["phone"], source_id=customer["first_source_id"],
            seller_id=self._people.seller(day), customer_id=customer["id"], status="converted",
        )  # fmt: skip
        self._act(day, lead["seller_id"], customer=customer["id"], lead=lead["id"])

    def _big_lead(self, day: dt.date, lead: Values, *, company: bool) -> None:
        person = self._people.come(day, lead=lead, once=True)
        lead["customer_id"] = person.id
        if company:
            self._companies.append(person)
        self._deal(day, person, lead, lead["seller_id"], company=company)

    # Deals

    def _deal(self, asked: dt.date, person: Person, lead: Values | None, seller: int, *, company: bool) -> None:
        """What somebody wants to buy in one go, from the day she asked on."""
        random, until = self._random, self._seasons.until
        wins = self._wins.deal()
        sleeps = random.random() < 0.12 and (until - asked).days < _ASLEEP
        opened = min(until, self._seasons.next_open(asked + random.randrange(3) * DAY))
        takes = max(1, round(random.gammavariate(3.2, 3.0) * (1.0 if wins else 1.25)))
        closes = self._seasons.next_open(opened + takes * DAY)
        decided = closes <= until and not sleeps
        draft = self._wanted(min(closes, until), company=company)
        season = WORDS["orders"]["seasons"].get(str(to_jalali(opened)[1])) if company else None
        usual = WORDS["orders"]["companies" if company else "people"]
        name = season if season and random.random() < 0.6 else random.choice(usual)
        number = len(self._rows.of("deal")) + 1
        deal = self._rows.add(
            "deal", number=str(number), name=name, entered_at=entered(opened), customer_id=person.id,
            lead_id=lead and lead["id"], seller_id=seller, stage_id=1, source_id=person.source, campaign_id=lead and lead["campaign_id"],
            value=None if number % 41 == 0 else amounts(draft).total, opened=opened,
            expected=max(opened, closes + random.randrange(-3, 6) * DAY), first_contact=asked, outcome="open",
        )  # fmt: skip
        self._stages(deal, opened, closes, decided=decided, wins=wins)
        for n in range(random.randrange(2, 4)):
            self._act(opened + (1 + takes * n // 3) * DAY, seller, customer=person.id, deal=deal["id"])
        if decided and wins:
            if lead:
                lead["status"] = "converted"
            order = replace(draft, customer=person.id, source=person.source, deal=deal["id"], sellers=((seller, WHOLE),))
            self._counter.order(order, closes)

    def _stages(self, deal: Values, opened: dt.date, closes: dt.date, *, decided: bool, wins: bool) -> None:
        """The deal's way through the stages, a day each, as far as it has come."""
        last = self._random.choice((2, 3, 3, 4)) if decided and not wins else OPEN_STAGES
        for stage in range(1, last + 1):
            day = opened + (closes - opened).days * (stage - 1) // (last + 1) * DAY
            if day > self._seasons.until or (not decided and stage > 1 and self._random.random() < 0.25):
                break
            self._step(deal, stage, day)
        if decided:
            self._step(deal, WON if wins else LOST, closes)
            deal["closed"], deal["outcome"] = closes, "won" if wins else "lost"
            deal["reason"] = None if wins else self._reasons.deal() or None

    def _step(self, deal: Values, stage: int, day: dt.date) -> None:
        deal["stage_id"] = stage
        self._rows.add("deal_stage", deal_id=deal["id"], stage_id=stage, day=day)

    def _wanted(self, day: dt.date, *, company: bool) -> SaleDraft:
        """Some gifts and some of the shop's best, for a round sum; a company pays the tax on it."""
        random, shelf = self._random, self._shelf
        worth = random.lognormvariate(0, 0.5) * (110_000_000 if company else 62_000_000) * self._seasons.level(day)
        goods = dict.fromkeys([random.choice(shelf.gifts), *shelf.take(day, random.randrange(1, 3))])
        lines = []
        for good in goods:
            pieces = max(1, round(worth / len(goods) / shelf.price(good, day)))
            lines.append(shelf.line(good, day, min(pieces, 60) * 1000))
        draft = SaleDraft(day, tuple(lines))
        total = amounts(draft).total
        round_sum = total * random.choice((93, 95, 95, 97)) // 100 // (100_000 * TOMAN) * 100_000 * TOMAN
        draft = replace(draft, invoice_discount=total - (round_sum or total))
        if not company:
            return draft
        taxed = (replace(line, tax=half_up(made.total, 10)) for line, made in zip(lines, amounts(draft).lines, strict=True))
        return replace(draft, lines=tuple(taxed))

    # What the sellers do

    def _act(self, due: dt.date, seller: int, *, customer: int | None = None, deal: int | None = None, lead: int | None = None) -> None:
        """A call, a message ... that is due; most are done that day, a few late, of the latest some not yet."""
        until = self._seasons.until
        due += DAY * (due.weekday() == FRIDAY)
        done = due + self._random.choices((0, 1, 3), (80, 15, 5))[0] * DAY
        missed = self._random.random() < (0.15 if (until - due).days < 6 else 0.02)
        self._rows.add("activity", kind=self._kinds.deal(), day=min(due, until), due=due, done=None if done > until or missed else done,
                       seller_id=seller, customer_id=customer, deal_id=deal, lead_id=lead)  # fmt: skip
