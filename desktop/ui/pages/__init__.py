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


def _document(name: str, stage: Stage, row: int | None, values: Values) -> Panel:
    from desktop.ui import documents

    form: Panel = getattr(documents, name)(stage, row, values)
    return form


# forms of their own: row None is a new one
FORMS: dict[str, Callable[[Stage, int | None, Values], Panel]] = {
    "sale": partial(_document, "document_form"),
    "return": partial(_document, "ReturnForm"),
    "takings": partial(_document, "TakingsForm"),
}
