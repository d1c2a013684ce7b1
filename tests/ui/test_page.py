"""What every page has, and what stands where nothing is yet."""

from desktop.ui.page import Empty, Page
from tests.ui.keys import click, press


def test_an_empty_place_says_what_it_is_for_and_starts_it(shown):
    done = []
    empty = shown(
        Empty("Your goods.", "New product", lambda: done.append("new"), "Nothing yet", (("Import", "upload", lambda: done.append("more")),))
    )
    click(empty.button)
    press("Tab", "Space")

    assert done == ["new", "more"]
    assert empty.accessibleName() == "Nothing yet"


def test_the_primary_action_is_the_last_of_the_head(window):
    page = Page(window, "Page")
    button = page.primary("New", page.begin)

    assert page.head.itemAt(page.head.count() - 1).widget() is button
    page.deleteLater()
