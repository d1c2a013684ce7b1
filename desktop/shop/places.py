"""The pages of lists, in the order of a shop's day; light, for the window's first picture shows them before the rest is loaded."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.values.text import N_


@dataclass(frozen=True)
class Place:
    """A page: ``title`` over it, ``short`` in the sidebar, where it stands by ``at``; ``words`` of the trade that find it."""

    key: str
    title: str
    picture: str
    at: int
    short: str = ""
    words: str = ""

    @property
    def called(self) -> str:
        """What the sidebar calls it."""
        return self.short or self.title


SALES = Place("sales", N_("Sales"), "shopping-cart", 1)
CUSTOMERS = Place("customers", N_("Customers"), "users", 2)
PRODUCTS = Place("products", N_("Products"), "package", 3)
PIPELINE = Place(
    "pipeline", N_("Sales pipeline"), "square-kanban", 4, N_("Following up"), N_("leads deals activities funnel pipeline")
)  # fmt: skip
CAMPAIGNS = Place("campaigns", N_("Campaigns and costs"), "megaphone", 5, N_("Campaigns, costs"), N_("advertising expenses"))
TARGETS = Place("targets", N_("Targets and sellers"), "target", 6, N_("Targets"), N_("sellers goals"))
OPINIONS = Place("nps", N_("Customers' opinions"), "smile", 7, words=N_("survey satisfaction"))
SETTINGS = Place("settings", N_("Settings"), "settings", 102, words=N_("holidays price index history imports backup language theme"))
PLACES = (SALES, CUSTOMERS, PRODUCTS, PIPELINE, CAMPAIGNS, TARGETS, OPINIONS)
