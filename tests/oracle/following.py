"""Leads and deals as they were known on a day."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from tests.oracle.selling import WHOLE, Figure, ratio, share_of

OUT = ("duplicate", "spam", "void")
UNKNOWN = Fraction(2, 10)  # a stage nobody knows


@dataclass(frozen=True)
class State:
    """Where a deal stood: its outcome, the day it was closed, its stage (None: not known)."""

    deal: object
    outcome: str
    closed: object
    stage: int | None


class Pipeline:
    """The leads and deals of a book, seen from any day."""

    def __init__(self, book, ledger):
        self.book, self.ledger = book, ledger
        self.stages = {stage.id: stage for stage in book.stages}
        self.history = defaultdict(list)
        for row in sorted(book.history, key=lambda row: row.id):
            self.history[row.deal_id].append(row)
        self._states = {}

    @cached_property
    def deals(self):
        return [deal for deal in self.book.deals if deal.status == "final"]

    def states(self, day):
        """Every deal that was there on ``day``."""
        if day not in self._states:
            self._states[day] = [state for deal in self.deals if (state := self._state(deal, day))]
        return self._states[day]

    def _state(self, deal, day):
        if deal.outcome != "open" and deal.closed <= day:
            return State(deal, deal.outcome, deal.closed, deal.stage_id)
        known = [row for row in self.history[deal.id] if row.day is None or row.day <= day]
        if known:
            stage = self.stages[known[-1].stage_id]
            closed = known[-1].day if stage.outcome != "open" else None
            return State(deal, stage.outcome, closed, stage.id)
        return State(deal, "open", None, None) if deal.opened is None or deal.opened <= day else None

    # Deals

    def closed(self, asked, outcome):
        """Deals whose last close, as known, is in the period."""
        found = self.of(asked.seller, self.states(asked.as_of))
        return [one for one in found if one.outcome == outcome and asked.start <= one.closed < asked.until]

    def open(self, asked):
        return [one for one in self.of(asked.seller, self.states(asked.last)) if one.outcome == "open"]

    @staticmethod
    def of(seller, states):
        return [one for one in states if seller is None or (one.deal.seller_id or 0) == seller]

    def probabilities(self, day):
        """stage → the chance of winning from there: measured once 20 such deals were closed, else set."""
        won, closed = Counter(), Counter()
        for state in self.states(day):
            if state.outcome == "open":
                continue
            for stage in {row.stage_id for row in self.history[state.deal.id] if row.day is None or row.day <= day}:
                closed[stage] += 1
                won[stage] += state.outcome == "won"
        return {
            stage.id: Fraction(won[stage.id], closed[stage.id]) if closed[stage.id] >= 20 else Fraction(stage.probability, WHOLE)
            for stage in self.book.stages
        }

    def figures(self, asked):
        won, lost = self.closed(asked, "won"), self.closed(asked, "lost")
        money = {kind: sum(one.deal.value or 0 for one in found) for kind, found in (("won", won), ("lost", lost))}
        waiting, chances = self.open(asked), self.probabilities(asked.last)
        days = [took for one in won if (took := self._took(one)) is not None and took >= 0]
        median = Fraction(statistics.median(map(Fraction, days))) if days else None
        forecast = sum(((one.deal.value or 0) * chances.get(one.stage, UNKNOWN) for one in waiting), Fraction(0))
        done = [one for one in self.book.activities if one.status == "final" and one.done and asked.start <= one.done < asked.until]
        done = [one for one in done if asked.seller is None or (one.seller_id or 0) == asked.seller]
        return {
            "conversion_rate": self.conversion(asked),
            "sales_cycle": Figure(Fraction(sum(days), len(days)) if days else None, len(days)),
            "sales_cycle_median": Figure(median, len(days)),
            "activities": Figure(len(done), len(done)),
            "won_deals": Figure(len(won), len(won)),
            "won_value": Figure(money["won"], len(won)),
            "lost_deals": Figure(len(lost), len(lost)),
            "lost_value": Figure(money["lost"], len(lost)),
            "win_rate": share_of(len(won), len(won) + len(lost)),
            "pipeline_value": Figure(sum(one.deal.value or 0 for one in waiting), len(waiting)),
            "weighted_forecast": Figure(forecast, len(waiting)),
            "sales_velocity": Figure(ratio(money["won"], median or 0), len(days)),
        }

    def _took(self, state):
        return (state.closed - state.deal.first_contact).days if state.deal.first_contact else None

    def due(self, asked):
        """Open deals expected in the period, in a running one the overdue too."""
        return [
            one for one in self.open(asked)
            if one.deal.expected and one.deal.expected < asked.end and (asked.running or one.deal.expected >= asked.start)
        ]  # fmt: skip

    # Leads

    def conversion(self, asked, source=...):
        """Of the period's leads, those who have bought or won a deal by the day they are looked at."""
        found = self.leads(asked, source)
        return share_of(sum(self._converted(lead, asked.seen or asked.as_of) for lead in found), len(found))

    def leads(self, asked, source=...):
        return [
            lead for lead in self.book.leads
            if asked.start <= lead.day < asked.until and lead.status not in OUT
            and (asked.seller is None or (lead.seller_id or 0) == asked.seller) and (source is ... or lead.source_id == source)
        ]  # fmt: skip

    def _converted(self, lead, day):
        who = lead.customer_id
        bought = who is not None and who in self.ledger.first_sales and self.ledger.first_sales[who] <= day
        return bought or (who is not None and (who, "customer") in self.winners(day)) or (lead.id, "lead") in self.winners(day)

    def winners(self, day):
        """Whose deals were won by the day: customers and leads."""
        won = [one.deal for one in self.states(day) if one.outcome == "won"]
        return {(one.customer_id, "customer") for one in won} | {(one.lead_id, "lead") for one in won}

    # Lists

    def lost_reasons(self, asked):
        """reason → how many were lost for it, and their value."""
        found = defaultdict(lambda: {"n": 0, "value": 0})
        for one in self.closed(asked, "lost"):
            row = found[one.deal.reason]
            row["n"] += 1
            row["value"] += one.deal.value or 0
        return dict(found)

    def sources(self, asked):
        """source → its leads, their conversion, and what was sold to whom it brought."""
        names = {lead.source_id for lead in self.leads(asked)}
        sums = defaultdict(list)
        for one in self.ledger.between(asked.start, asked.until):
            sums[one.sale.source_id].append(one)
        return {
            name: {
                "leads": len(self.leads(asked, name)),
                "conversion_rate": self.conversion(asked, name).value,
                "revenue": sum(one.money["net"] for one in sums[name]),
                "orders": sum(one.is_order for one in sums[name]),
            }
            for name in names | set(sums)
        }
