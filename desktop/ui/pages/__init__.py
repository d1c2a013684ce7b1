"""The window's pages, one a file, each made when it is first looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.values.text import N_, tr

if TYPE_CHECKING:
    from desktop.ui.page import Page
    from desktop.ui.window import Window

LISTS = {  # the plain pages: title, and the lists in their tabs
    "sales": (N_("Sales"), ("sales", "payments")),
    "customers": (N_("Customers"), ("customers", "sources")),
    "products": (N_("Products"), ("products", "categories")),
    "pipeline": (N_("Sales pipeline"), ("leads", "deals", "activities", "stages")),
    "campaigns": (N_("Campaigns and costs"), ("campaigns", "costs")),
    "targets": (N_("Targets and sellers"), ("targets", "sellers")),
    "nps": (N_("Customers' opinions"), ("nps",)),
}


def make_page(window: Window, key: str) -> Page:
    """The page called ``key``."""
    if key in LISTS:
        from desktop.ui.pages.listing import ListPage

        title, listings = LISTS[key]
        return ListPage(window, key, tr(title), listings)
    if key == "reports":
        from desktop.ui.pages.reports import ReportsPage

        return ReportsPage(window)
    if key == "importing":
        from desktop.ui.pages.importing import ImportPage

        return ImportPage(window)
    if key == "settings":
        from desktop.ui.pages.settings import SettingsPage

        return SettingsPage(window)
    from desktop.ui.pages.today import TodayPage

    return TodayPage(window)
