"""The window's pages, one a file, each made when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from desktop.values.text import N_, tr

if TYPE_CHECKING:
    from desktop.ui.page import Page
    from desktop.ui.panel import Panel
    from desktop.ui.stage import Stage

LISTS = {  # the plain pages: title, and the lists in their tabs
    "sales": (N_("Sales"), ("sales", "payments")),
    "customers": (N_("Customers"), ("customers", "sources")),
    "products": (N_("Products"), ("products", "categories")),
    "pipeline": (N_("Sales pipeline"), ("leads", "deals", "activities", "stages")),
    "campaigns": (N_("Campaigns and costs"), ("campaigns", "costs")),
    "targets": (N_("Targets and sellers"), ("targets", "sellers")),
    "nps": (N_("Customers' opinions"), ("nps",)),
}


def _today(stage: Stage) -> Page:
    from desktop.ui.pages.today import TodayPage

    return TodayPage(stage)


def _list(key: str, stage: Stage) -> Page:
    from desktop.ui.pages.listing import ListPage

    title, listings = LISTS[key]
    return ListPage(stage, key, tr(title), listings)


def _reports(stage: Stage) -> Page:
    from desktop.ui.pages.reports import ReportsPage

    return ReportsPage(stage)


def _importing(stage: Stage) -> Page:
    from desktop.ui.pages.importing import ImportPage

    return ImportPage(stage)


def _settings(stage: Stage) -> Page:
    from desktop.ui.pages.settings import SettingsPage

    return SettingsPage(stage)


PAGES: dict[str, Callable[[Stage], Page]] = {
    "today": _today,
    **{key: partial(_list, key) for key in LISTS},
    "reports": _reports,
    "importing": _importing,
    "settings": _settings,
}


def document(stage: Stage, sale: int | None) -> Panel:
    """The form of a document; None: of a new sale."""
    from desktop.ui.documents import document_form

    return document_form(stage, sale)
