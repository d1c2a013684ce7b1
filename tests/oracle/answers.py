"""Every number and every list of a question, in the shape in which the program prints them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tests.oracle import goods, loyal, selling
from tests.oracle.ahead import ahead, money_of
from tests.oracle.days import ONE, before, months_between, whole_months, year_before
from tests.oracle.following import Pipeline
from tests.oracle.rows import Book
from tests.oracle.selling import UNTOLD, Figure, Ledger, ratio
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
        self._figures, self._ahead = {}, {}

    def figures(self, asked):
        """key → `Figure`."""
        if asked not in self._figures:
            self._figures[asked] = self._all(asked)
        return self._figures[asked]

    def kpis(self, asked):
        """key → value, previous, n, range, whether it is null, and the days it looks at."""
        earlier = before(asked)
        previous = {key: one.value for key, one in self.figures(earlier).items()}
        if previous["clv_12m"]:  # in the money of now
            previous["clv_12m"] *= money_of(self.book, earlier.last, asked.last)
        return {
            key: {
                "value": one.value, "previous": previous[key], "n": one.n, "low": one.low, "high": one.high,
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
            "customers": self._customers(shop),
            "campaigns": self.spending.list(shop),
            "sources": self.pipeline.sources(shop),
            "lost_reasons": self.pipeline.lost_reasons(asked),
            "cohorts": loyal.cohorts(self.book, self.ledger, shop),
            "rfm": loyal.rfm(self.book, self.ledger, shop),
            "abc": goods.abc(self.ledger, asked, {one.id: one.code for one in self.book.products}),
        }

    def _all(self, asked):
        found = selling.figures(self.ledger, asked) | self.pipeline.figures(asked) | self._growth(asked)
        found |= self.plan.figures(asked, self.pipeline.due(asked))
        if asked.seller is not None:
            return found | dict.fromkeys(SHOP_ONLY, Figure(None))
        found |= loyal.figures(self.book, self.ledger, asked) | self.spending.figures(asked)
        return found | self._worth(asked, found["cac"])

    def ahead(self, last):
        """What the customers of a day will bring, or None."""
        if last not in self._ahead:
            self._ahead[last] = ahead(self.book, self.ledger, last)
        return self._ahead[last]

    def _worth(self, asked, cac):
        coming, known = self.ahead(asked.last), len(loyal.to_date(self.ledger, asked.last))
        if coming is None:
            return {"clv_12m": Figure(None, known), "ltv_cac": Figure(None, cac.n)}
        mean = sum(coming.each.values()) / known
        newcomer = (1 + coming.newcomer_orders) * coming.order_margin
        ratio = newcomer / float(cac.value) if cac.value else None
        return {"clv_12m": Figure(mean, known, UNTOLD, UNTOLD), "ltv_cac": Figure(ratio, cac.n)}

    def _sellers(self, asked):
        """Everybody's own numbers; ``None``: what nobody in particular sold."""
        ids = [seller.id for seller in self.book.sellers]
        found = {}
        for seller in [*ids, 0]:
            mine = self.figures(replace(asked, seller=seller))
            found[seller or None] = {key: one.value for key, one in mine.items() if key not in SHOP_ONLY}
        return found

    def _customers(self, asked):
        coming, found = self.ahead(asked.last), loyal.customers(self.book, self.ledger, asked)
        return {who: row | {"clv_12m": coming and coming.each[who]} for who, row in found.items()}

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
