"""The window's pages and its forms that no `Entity` tells, each imported when it is first made."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from desktop.shop.entity import Values
from desktop.shop.things import in_tabs
from desktop.ui.sidebar import pages

if TYPE_CHECKING:
    from desktop.ui.page import Page
    from desktop.ui.panel import Panel
    from desktop.ui.stage import Stage


def _made(module: str, name: str, *asked: Any, **more: Any) -> Any:
    return getattr(import_module(f"desktop.ui.{module}"), name)(*asked, **more)


PAGES: dict[str, Callable[[Stage], Page]] = {
    "today": partial(_made, "pages.today", "TodayPage"),
    **{
        place.key: partial(_made, "pages.listing", "ListPage", key=place.key, title=place.title, listings=shown)
        for place in pages()
        if (shown := in_tabs(place))
    },
    "reports": partial(_made, "pages.reports", "ReportsPage"),
    "importing": partial(_made, "pages.importing", "ImportPage"),
    "settings": partial(_made, "pages.settings", "SettingsPage"),
}
# row None is a new one
FORMS: dict[str, Callable[[Stage, int | None, Values], Panel]] = {
    "sale": partial(_made, "documents", "document_form"),
    "return": partial(_made, "documents", "ReturnForm"),
    "takings": partial(_made, "documents", "TakingsForm"),
}
