"""The window's pages, one a file, each made when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from desktop.shop.entity import Values
from desktop.shop.places import Place
from desktop.shop.things import in_tabs
from desktop.ui.sidebar import pages
from desktop.values.text import tr

if TYPE_CHECKING:
    from desktop.ui.page import Page
    from desktop.ui.panel import Panel
    from desktop.ui.stage import Stage


def _page(module: str, name: str, stage: Stage) -> Page:
    page: Page = getattr(import_module(f"desktop.ui.pages.{module}"), name)(stage)
    return page


def _list(place: Place, stage: Stage) -> Page:
    from desktop.ui.pages.listing import ListPage

    return ListPage(stage, place.key, tr(place.title), in_tabs(place))


PAGES: dict[str, Callable[[Stage], Page]] = {
    "today": partial(_page, "today", "TodayPage"),
    **{place.key: partial(_list, place) for place in pages() if in_tabs(place)},
    "reports": partial(_page, "reports", "ReportsPage"),
    "importing": partial(_page, "importing", "ImportPage"),
    "settings": partial(_page, "settings", "SettingsPage"),
}


def _sale(stage: Stage, row: int | None, values: Values) -> Panel:
    """A document: a new sale, a sale or free return, a day's takings."""
    from desktop.ui.documents import document_form

    return document_form(stage, row)


def _return(stage: Stage, row: int | None, values: Values) -> Panel:
    from desktop.ui.documents import return_form

    return return_form(stage, values["sale"])


def _takings(stage: Stage, row: int | None, values: Values) -> Panel:
    from desktop.ui.documents import TakingsForm

    return TakingsForm(stage.desk, row, close=stage.close_panel, saved=lambda _: stage.close_panel())


# forms of their own: row None is a new one
FORMS: dict[str, Callable[[Stage, int | None, Values], Panel]] = {"sale": _sale, "return": _return, "takings": _takings}
