"""The import page: a file is seen before anything is taken, taken, and taken back as one step."""

import pytest

from desktop import app
from desktop.shop.lists import Filter
from desktop.shop.things import LISTINGS

CUSTOMERS = "نام,تلفن,یادداشت\nمینا,09121234567,\nرضا,۰۹۱۲۷۶۵۴۳۲۱,دیر می‌آید\n,,بی‌نام\n"


def names(house):
    with house.desk.store.reading() as s:
        return [row[2] for row in LISTINGS["customers"].page(s, Filter())]


@pytest.fixture
def page(house, window):
    window.go("importing")
    window.page.kind.set_value("customers")
    return window.page


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "customers.csv"
    path.write_text(CUSTOMERS, "utf-8")
    return path


def test_a_file_is_seen_before_anything_is_taken(house, page, file):
    page.show_file(file)
    app.settle(house)

    taken_for = [choice.value() for choice in page.plan.fields.values()]
    assert taken_for == ["name", "phone", "note"]
    assert page.plan.go.isEnabled()
    assert "۲" in page.plan.go.text()
    assert [row[2] for row in page.plan.refused.model.rows] == [4]
    assert names(house) == []


def test_going_takes_the_good_rows_and_keeps_the_others_in_a_file(house, page, file, data):
    page.show_file(file)
    app.settle(house)
    page.plan.go.click()
    app.settle(house)

    assert names(house) == ["رضا", "مینا"]
    assert page.outcome.accepted == 2
    assert page.end.errors.parent == data / "imports"
    assert "بی‌نام" in page.end.errors.read_text("utf-8-sig")
    assert len(list((data / "backups").glob("*/*.cheragh"))) == 1


def test_taking_it_back_gives_the_book_before(house, window, page, file):
    page.show_file(file)
    app.settle(house)
    page.plan.go.click()
    app.settle(house)
    page.end.back.click()
    app.settle(house)

    assert names(house) == []
    assert page.stack.currentIndex() == 0


def test_strict_takes_nothing_while_a_row_is_wrong(house, page, file):
    page.show_file(file)
    app.settle(house)
    page.plan.strict.click()
    app.settle(house)

    assert not page.plan.go.isEnabled()


def test_what_is_mapped_by_hand_wins(house, page, tmp_path):
    file = tmp_path / "odd.csv"
    file.write_text("ستون یک,ستون دو\n09121234567,مینا\n", "utf-8")
    page.show_file(file)
    app.settle(house)
    assert not page.plan.go.isEnabled()

    for choice, value in zip(page.plan.fields.values(), ("phone", "name"), strict=True):
        choice.set_value(value)
    next(iter(page.plan.fields.values())).activated.emit(0)
    app.settle(house)
    page.plan.go.click()
    app.settle(house)

    assert names(house) == ["مینا"]


def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(house, page, tmp_path):
    file = tmp_path / "broken.xlsx"
    file.write_bytes(b"PK\x03\x04 not really")
    page.show_file(file)
    app.settle(house)

    assert page.plan.refusal.text()
    assert not page.plan.go.isEnabled()


def test_days_that_can_be_read_two_ways_are_asked(house, window, page, tmp_path):
    file = tmp_path / "sales.csv"
    file.write_text("date,product,quantity,unit_price\n01/02/2026,tea,1,1000\n03/04/2026,tea,2,1000\n", "utf-8")
    page.kind.set_value("sales")
    page.show_file(file)
    app.settle(house)
    assert not page.plan.go.isEnabled()
    dates = page.findChild(type(page.kind), "dates")

    dates.set_value("dmy")
    dates.activated.emit(0)
    app.settle(house)

    assert page.plan.go.isEnabled()
