"""Every number and every list of a question, in the shape in which the program prints them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tests.oracle import goods, loyal, selling
from tests.oracle.days import ONE, before, months_between, whole_months, year_before
from tests.oracle.following import Pipeline
from tests.oracle.rows import Book
from tests.oracle.selling import Figure, Ledger, ratio
from tests.oracle.spending import Plan, Spending

SHOP_ONLY = (
    "nps", "cac", "cac_paid", "cac_loaded", "romi", "roas", "retention_rate", "churn_rate", "clv_historic", "clv_12m", "ltv_cac",
)  # fmt: skip


class Oracle:
    """All answers about one book."""

    def __init__(self, session):
        self.book = Book(session)
        self.ledger = Ledger(self.book)
        self.pipeline = Pipeline(self.book, self.ledger)
        self.plan, self.spending = Plan(self.book, self.ledger), Spending(self.book, self.ledger)
        self._figures = {}

    def figures(self, asked):
        """key → `Figure`."""
        if asked not in self._figures:
            self._figures[asked] = self._all(asked)
        return self._figures[asked]

    def kpis(self, asked):
        """key → value, previous, n, range, whether it is null, and the days it looks at."""
        earlier = self.figures(before(asked))
        return {
            key: {
                "value": one.value, "previous": earlier[key].value, "n": one.n, "low": one.low, "high": one.high,
                "why_null": one.value is None,
                "window": {"from": window[0].isoformat(), "to": window[1].isoformat()},
            }
            for key, one in self.figures(asked).items() if (window := one.window or (asked.start, asked.end))
        }  # fmt: skip

    def lists(self, asked):
        """list → its rows by id (``cohorts`` by month, ``lost_reasons`` by reason); goods and reasons of a seller are hers."""
        shop = replace(asked, seller=None)
        return {
            "sellers": self._sellers(shop),
            "products": goods.products(self.ledger, asked),
            "customers": loyal.customers(self.book, self.ledger, shop),
            "campaigns": self.spending.list(shop),
            "sources": self.pipeline.sources(shop),
            "lost_reasons": self.pipeline.lost_reasons(asked),
            "cohorts": loyal.cohorts(self.book, self.ledger, shop),
            "rfm": loyal.rfm(self.book, self.ledger, shop),
            "abc": goods.abc(self.ledger, asked),
        }

    def _all(self, asked):
        found = selling.figures(self.ledger, asked) | self.pipeline.figures(asked) | self._growth(asked)
        found |= self.plan.figures(asked, self.pipeline.due(asked))
        if asked.seller is not None:
            return found | dict.fromkeys(SHOP_ONLY, Figure(None))
        return found | loyal.figures(self.book, self.ledger, asked) | self.spending.figures(asked)

    def _sellers(self, asked):
        """Everybody's own numbers; ``None``: what nobody in particular sold."""
        ids = [seller.id for seller in self.book.sellers]
        found = {}
        for seller in [*ids, 0]:
            mine = self.figures(replace(asked, seller=seller))
            found[seller or None] = {key: one.value for key, one in mine.items() if key not in SHOP_ONLY}
        return found

    # Growth

    def _growth(self, asked):
        net = self._net(asked.start, asked.until, asked)
        earlier, last_year = before(asked), year_before(asked, self.book.calendar)
        documents = self.ledger.sums(asked.start, asked.until, asked.seller).documents
        yearly, dearer = self._grown(asked, net, self._net(*last_year, asked)), self._inflation(asked)
        real = None if yearly is None or dearer is None else (1 + yearly) / (1 + dearer) - 1
        return {
            "sales_growth": Figure(self._grown(asked, net, self._net(earlier.start, earlier.until, asked)), documents),
            "sales_growth_yoy": Figure(yearly, documents),
            "sales_growth_real": Figure(real, documents),
        }

    def _net(self, start, until, asked):
        return self.ledger.sums(start, until, asked.seller).net

    @staticmethod
    def _grown(asked, net, base):
        return None if asked.not_begun else ratio(net - base, base)

    def _inflation(self, asked):
        """The change of the price index in twelve months: of a quarter or year from the mean of its months."""
        index = {row.month: row.value for row in self.book.indexes}
        calendar, found = self.book.calendar, whole_months(asked.start, asked.end)
        span = (asked.start, asked.until) if found and found[0] == calendar else (asked.last, asked.last + ONE)
        months = [start for start, _ in months_between(*span, calendar)]
        earlier = [year_before(replace(asked, start=one, end=_following(one, calendar), as_of=asked.end), calendar)[0] for one in months]
        if not months or any(one not in index for one in [*months, *earlier]):
            return None
        return Fraction(sum(index[one] for one in months), sum(index[one] for one in earlier)) - 1


def _following(month, calendar):
    return months_between(month, month + ONE, calendar)[0][1]
