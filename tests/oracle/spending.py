"""Targets and what was spent: attainment, pace, coverage; campaigns and what a new customer cost."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from tests.oracle.days import ONE, month_of, working
from tests.oracle.following import OUT
from tests.oracle.selling import Figure, newcomers, profit, ratio


class Plan:
    """The revenue targets of a book: whose they are, for which days."""

    def __init__(self, book, ledger):
        self.book, self.ledger = book, ledger
        rows = [row for row in book.targets if row.status == "final" and row.kpi == "revenue"]
        self.rows = sorted(rows, key=lambda row: (row.start - row.end, row.start))  # a quarter before its months

    def counted(self, asked):
        """The rows that count, each with the seller whose sales are held against it (None: everybody's)."""
        found = []
        if asked.seller is None:
            found = self._take(asked, [row for row in self.rows if row.scope == "team"], [])
            taken = list(found)
            for seller in {row.seller_id for row in self.rows if row.scope == "seller"}:
                found += self._take(asked, self._of(seller), taken)
            return found
        return self._take(asked, self._of(asked.seller), [])

    def _of(self, seller):
        return [row for row in self.rows if row.scope == "seller" and row.seller_id == seller]

    def _take(self, asked, rows, taken):
        """The longest first, none over days that are taken."""
        found = []
        for row in rows:
            whole = asked.start <= row.start and row.end <= asked.end
            part = asked.start == row.start and asked.end < row.end and asked.end == asked.as_of + ONE
            if (whole or part) and all(row.end <= other.start or other.end <= row.start for other in [*found, *taken]):
                found.append(row)
        return found

    def reached(self, asked):
        """(rows, their sum, what was sold on their days by those they are for)."""
        rows = self.counted(asked)
        sold = sum(self.ledger.sums(row.start, max(row.start, min(row.end, asked.until)), row.seller_id).net for row in rows)
        return rows, sum(row.value for row in rows), sold

    def figures(self, asked, due):
        rows, wanted, sold = self.reached(asked)
        by_now = sum((row.value * self._elapsed(row, asked) for row in rows), Fraction(0))
        left = wanted - sold
        return {
            "target_attainment": Figure(ratio(sold, wanted)),
            "target_pace": Figure(ratio(sold, by_now)),
            "pipeline_coverage": Figure(ratio(sum(one.deal.value or 0 for one in due), left) if rows else None),
        }

    def _elapsed(self, row, asked):
        """The part of the row's working days that is over."""
        days = working(self.book, row.start, row.end)
        return Fraction(working(self.book, row.start, min(row.end, asked.until)), days) if row.start < asked.until and days else Fraction(0)


class Spending:
    """Costs, and the sales and customers that campaigns brought."""

    def __init__(self, book, ledger):
        self.book, self.ledger = book, ledger
        self.campaigns = {one.id: one for one in book.campaigns}
        self.costs = [one for one in book.costs if one.status == "final"]
        self._days = int(book.setting("attribution_days", "60"))
        self._leads = defaultdict(list)
        for lead in sorted(book.leads, key=lambda lead: (lead.day, lead.id)):
            if lead.customer_id is not None and lead.status not in OUT:
                self._leads[lead.customer_id].append((lead.day, lead.campaign_id))
        self._first = {one.id: (one.since, one.first_campaign_id) for one in book.customers if one.since is not None}
        self._papers = {one.id: one for one in ledger.documents}
        self._brought = {}

    def campaign_of(self, paper):
        """The campaign a document belongs to; what comes back belongs where it was sold."""
        if paper.id not in self._brought:
            self._brought[paper.id] = self._campaign_of(paper)
        return self._brought[paper.id]

    def _campaign_of(self, paper):
        sale = paper.sale
        if sale.original_id in self._papers:
            return self.campaign_of(self._papers[sale.original_id])
        if sale.campaign_id is not None or paper.customer is None:
            return sale.campaign_id
        latest = [row for row in self._leads[paper.customer] if sale.day - self._days * ONE <= row[0] <= sale.day][-1:]
        first = [row for row in (self._first.get(paper.customer),) if row and sale.day - self._days * ONE <= row[0] <= sale.day]
        campaign = next((self.campaigns[name] for _, name in latest + first if name is not None), None)
        if campaign is None:
            return None
        early = campaign.first_day is not None and sale.day < campaign.first_day
        late = campaign.last_day is not None and sale.day > campaign.last_day + self._days * ONE
        return None if early or late else campaign.id

    # Numbers

    def spent(self, asked, *, kind=None, campaign=...):
        """What was spent in the period: of a kind, or for a campaign (None: for any)."""
        return sum(
            one.amount for one in self.costs
            if asked.start <= one.day < asked.until and (kind is None or one.kind == kind)
            and (campaign is ... or (one.campaign_id is not None if campaign is None else one.campaign_id == campaign))
        )  # fmt: skip

    def figures(self, asked):
        new = newcomers(self.ledger, asked)
        advertising = self.spent(asked, kind="advertising") if self._known("advertising", asked) else None
        loaded = (advertising or 0) + self.pay(asked) * Fraction(self.book.setting("acquisition_share", "1"))
        paid = sum(self._paid_for(who) for who in new)
        brought = [one for one in self.ledger.between(asked.start, asked.until) if one.kind != "lump" and self.campaign_of(one)]
        cost = self.spent(asked, campaign=None)
        returned = self.returned(brought, cost)
        orders = sum(one.is_order for one in brought)
        return {
            "cac": Figure(None if advertising is None else ratio(advertising, len(new)), len(new)),
            "cac_paid": Figure(None if advertising is None else ratio(advertising, paid), paid),
            "cac_loaded": Figure(ratio(loaded, len(new)) if self._known("pay", asked) else None, len(new)),
            "romi": Figure(returned["romi"], orders),
            "roas": Figure(returned["roas"], orders),
        }

    def returned(self, papers, cost):
        """ROMI and ROAS of some documents and their cost; where nothing was sold nothing was gained, and that is known."""
        sums = self.ledger.fold(papers)
        gained = profit(sums)["gross_profit"].value if papers else 0
        return {"roas": ratio(sums.net, cost), "romi": None if gained is None else ratio(gained - cost, cost)}

    def _known(self, kind, asked):
        """A cost of this kind was entered by the period's end."""
        return any(one.kind == kind and one.day < asked.until for one in self.costs)

    def _paid_for(self, who):
        """A campaign brought the customer's first sale."""
        first = next(one for one in self.ledger.by_customer[who] if one.is_order)
        return self.campaign_of(first) is not None

    def pay(self, asked):
        """Pay by days: each month's over its whole month; a running month without one costs what the last one did."""
        booked = defaultdict(int)
        for one in self.costs:
            if one.kind == "pay" and one.day <= asked.as_of:
                booked[month_of(one.day, self.book.calendar)] += one.amount
        running = month_of(asked.as_of, self.book.calendar)
        if booked and running not in booked and min(booked) < running:
            booked[running] = booked[max(month for month in booked if month < running)]
        total = Fraction(0)
        for (start, end), amount in booked.items():
            days = (min(end, asked.until) - max(start, asked.start)).days
            total += Fraction(amount * max(0, days), (end - start).days)
        return total

    def list(self, asked):
        """campaign → what it brought and cost in the period; those with neither are not in it."""
        brought = defaultdict(list)
        for one in self.ledger.between(asked.start, asked.until):
            if one.kind != "lump" and self.campaign_of(one):
                brought[self.campaign_of(one)].append(one)
        found = {}
        for campaign in self.campaigns:
            sums, cost = self.ledger.fold(brought[campaign]), self.spent(asked, campaign=campaign)
            if brought[campaign] or cost:
                found[campaign] = {
                    "revenue": sums.net,
                    "gross_profit": profit(sums)["gross_profit"].value,
                    "orders": sums.orders,
                    "cost": cost,
                } | self.returned(brought[campaign], cost)
        return found
