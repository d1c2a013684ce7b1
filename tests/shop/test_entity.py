"""Everything a shop keeps besides sales: added, changed, let go, and taken back exactly."""

import pytest
from sqlalchemy import text

from desktop.shop import things
from desktop.shop.things import ENTITIES
from desktop.store.tables import Customer, Row
from desktop.values.text import Refused
from tests.little_shop import day
from tests.store.strangers import last_done

KEPT = {"change", "photo", "series"}

# entity → what is typed first, what is changed then
TYPED = {
    "product": ({"name": "Rice", "code": "R1", "barcodes": "626 627", "unit": "kg", "price": 500, "cost": 400},
                {"price": 600, "barcodes": "628"}),
    "customer": ({"name": "Ali", "phone": "+98 912 345 6789", "code": "C1", "note": "pays late"}, {"name": "Ali Reza", "note": None}),
    "seller": ({"name": "Mary", "phone": "09121234567", "pay": 100}, {"pay": 200}),
    "category": ({"name": "Nuts"}, {"name": "Sweets"}),
    "source": ({"name": "Friends"}, {"name": "Instagram"}),
    "campaign": ({"name": "Yalda", "channel": "SMS", "first_day": day("1405-09-01"), "last_day": day("1405-09-30"), "budget": 9},
                 {"budget": 8}),
    "lead": ({"name": "Sara", "phone": "09351234567", "day": day("1405-08-01")}, {"status": "disqualified"}),
    "deal": ({"name": "Gift baskets", "stage_id": 1, "value": 900, "opened": day("1405-08-01")}, {"value": 950, "stage_id": 3}),
    "activity": ({"kind": "call", "day": day("1405-08-02"), "due": day("1405-08-03")}, {"done": day("1405-08-03")}),
    "cost": ({"day": day("1405-08-01"), "amount": 70, "kind": "rent"}, {"amount": 75, "kind": "wages of the porter"}),
    "target": ({"month": "1405-08", "kpi": "revenue", "amount": 1000, "person": "Mary"}, {"amount": 1200, "direction": "at_most"}),
    "nps": ({"day": day("1405-08-01"), "score": 9, "reason": "fresh"}, {"score": 0}),
    "stage": ({"name": "Sample sent", "probability": 3_000}, {"probability": 3_500}),
    "price_index": ({"month": "1405-08", "value": 123_400}, {"value": 125_000}),
    "day_off": ({"day": day("1405-08-10"), "name": "Moving", "closed": 1}, {"closed": 0}),
    "user": ({"name": "Mary", "role": "seller"}, {"role": "accountant"}),
}  # fmt: skip


def rows(shop):
    """Every row of the book but the audit trail, and the next numbers: after an undo they are what they would be without a row."""
    with shop.store.reading() as s:
        tables = [table.name for table in Row.metadata.sorted_tables if table.name not in KEPT]
        return {table: sorted(map(repr, s.execute(text(f'SELECT * FROM "{table}"')))) for table in tables}


# Every entity


def test_every_entity_is_tried():
    assert TYPED.keys() == ENTITIES.keys()


@pytest.mark.parametrize("key", TYPED)
def test_what_is_added_can_be_read_changed_and_let_go_and_each_step_taken_back(shop, key):
    typed, changed = TYPED[key]
    states = [rows(shop)]

    row = shop.add(key, **typed)
    states.append(rows(shop))
    first = shop.read(key, row)
    things.save(shop.store, key, row, changed)
    states.append(rows(shop))
    second = shop.read(key, row)
    things.remove(shop.store, key, row)
    gone = rows(shop)

    assert {name: value for name, value in typed.items() if name != "phone"}.items() <= first.items()
    assert second.items() >= changed.items()
    assert {name: value for name, value in second.items() if name not in changed} == {
        name: value for name, value in first.items() if name not in changed
    }
    assert gone != states[-1]
    for state in reversed(states):
        shop.store.undo()
        assert rows(shop) == state
    for _ in range(3):
        shop.store.redo()
    assert rows(shop) == gone


@pytest.mark.parametrize("key", TYPED)
def test_saving_an_opened_form_unchanged_changes_nothing(shop, key):
    row = shop.add(key, **TYPED[key][0])
    before = rows(shop)

    things.save(shop.store, key, row, shop.read(key, row))

    assert rows(shop) == before
    assert shop.store.undo()
    assert last_done(shop.store) is None


@pytest.mark.parametrize("key", TYPED)
def test_what_was_undone_can_not_be_changed(shop, key):
    row = shop.add(key, **TYPED[key][0])
    shop.store.undo()

    with pytest.raises(Refused, match="not in the book any more"):
        things.save(shop.store, key, row, TYPED[key][1])
    with pytest.raises(Refused, match="not in the book any more"):
        things.remove(shop.store, key, row)


@pytest.mark.parametrize("key", TYPED)
def test_what_is_needed_is_asked_for(shop, key):
    needed = [field.key for field in ENTITIES[key].fields if field.needed]

    assert needed
    for name in needed:
        assert shop.problems(key, **(TYPED[key][0] | {name: None})) == [name]
        with pytest.raises(Refused) as refused:
            shop.add(key, **(TYPED[key][0] | {name: "  " if name == "name" else None}))
        assert refused.value.field == name


@pytest.mark.parametrize("key", [key for key, entity in ENTITIES.items() if any(field.kind == "ref" for field in entity.fields)])
def test_what_a_form_names_must_be_there(shop, key):
    for field in ENTITIES[key].fields:
        if field.kind == "ref":
            assert shop.problems(key, **(TYPED[key][0] | {field.key: 99})) == [field.key]


@pytest.mark.parametrize("key", [key for key, entity in ENTITIES.items() if hasattr(entity.table, "archived")])
def test_an_archived_thing_comes_back(shop, key):
    row = shop.add(key, **TYPED[key][0])
    before = rows(shop)
    things.remove(shop.store, key, row)
    assert rows(shop) != before

    things.restore(shop.store, key, row)

    assert rows(shop) == before


@pytest.mark.parametrize(
    ("key", "values", "sentence"),
    [
        ("product", {"name": "Rice"}, "Add product Rice"),
        ("customer", {"name": "  Ali   Reza "}, "Add customer Ali Reza"),
        ("cost", {"day": day("1405-08-01"), "amount": 5, "kind": "rent"}, "Add cost"),
    ],
)
def test_undo_says_what_it_takes_back(shop, key, values, sentence):
    shop.add(key, **values)

    assert shop.store.undo() == sentence


# Roles

ALLOWED = {
    "seller": {"customer", "lead", "source", "deal", "activity", "nps"},
    "accountant": set(TYPED) - {"stage", "user"},
}


@pytest.mark.parametrize("key", TYPED)
@pytest.mark.parametrize("role", ["seller", "accountant"])
def test_the_role_decides_who_may(shop, role, key):
    row = shop.add(key, **TYPED[key][0])
    shop.hire(role)
    before = rows(shop)

    if key in ALLOWED[role]:
        things.save(shop.store, key, row, TYPED[key][1])
        assert rows(shop) != before
        return
    for attempt in (
        lambda: things.save(shop.store, key, row, TYPED[key][1]),
        lambda: things.remove(shop.store, key, row),
        lambda: things.save(shop.store, key, None, TYPED[key][0]),
    ):
        with pytest.raises(Refused, match="role does not allow"):
            attempt()
    assert rows(shop) == before


# Closed months


@pytest.mark.parametrize("key", ["lead", "deal", "activity", "cost", "nps"])
def test_a_document_of_a_closed_month_is_neither_added_nor_changed(shop, key):
    inside = day("1405-07-05")
    typed = TYPED[key][0] | {"day": inside, "opened": inside, "stage_id": 5, "closed": inside}  # a deal is of the month it was closed in
    typed = {name: value for name, value in typed.items() if name in {field.key for field in ENTITIES[key].fields}}
    row = shop.add(key, **typed)
    shop.close_month("1405-07")
    before = rows(shop)

    for attempt in (
        lambda: shop.add(key, **typed),
        lambda: things.save(shop.store, key, row, TYPED[key][1]),
        lambda: things.remove(shop.store, key, row),
    ):
        with pytest.raises(Refused, match="closed"):
            attempt()

    assert rows(shop) == before


# Codes and names are given once


@pytest.mark.parametrize("key", ["product", "customer", "seller"])
def test_a_code_is_given_once(shop, key):
    shop.add(key, name="One", code="۱۲")
    two = shop.add(key, name="Two", code="13")

    assert shop.problems(key, name="Three", code="12") == ["code"]
    assert shop.problems(key, two, code="12") == ["code"]
    assert shop.problems(key, two, code="13") == []


@pytest.mark.parametrize("key", ["category", "source", "campaign", "stage"])
def test_what_is_known_by_name_alone_has_a_name_of_its_own(shop, key):
    typed = TYPED[key][0]
    row = shop.add(key, **(typed | {"name": "کمپین يلدا"}))

    assert shop.problems(key, **(typed | {"name": " كمپین  یلدا "})) == ["name"]
    assert shop.problems(key, row, name="کمپین یلدا") == []


def test_what_is_in_the_archive_is_not_added_again_but_brought_back(shop):
    nuts = shop.add("category", name="Nuts")
    things.remove(shop.store, "category", nuts)

    with pytest.raises(Refused, match="“Nuts” is in the archive"):
        shop.add("category", name="Nuts")


@pytest.mark.parametrize("key", ["product", "customer", "seller"])
def test_two_may_bear_one_name_but_it_is_said(shop, key):
    one = shop.add(key, name="علي")

    assert shop.problems(key, name="علی") == []
    assert len(shop.remarks(key, name="علی")) == 1
    assert shop.remarks(key, one, name="علی") == []


# Values


def test_a_phone_is_kept_as_digits(shop):
    ali = shop.add("customer", name="Ali", phone="+98 (912) ۳۴۵-6789")

    assert shop.read("customer", ali)["phone"] == "09123456789"
    assert shop.problems("customer", name="Ali", phone="call me") == ["phone"]


def test_a_kind_of_cost_may_be_the_owners_own_word_but_a_status_may_not(shop):
    assert shop.problems("cost", day=day("1405-08-01"), amount=1, kind="gifts") == []
    assert shop.problems("lead", name="Sara", day=day("1405-08-01"), status="gifts") == ["status"]


@pytest.mark.parametrize(
    ("key", "field", "wrong"), [("nps", "score", 11), ("nps", "score", -1), ("cost", "amount", 0), ("stage", "probability", 10_001)]
)
def test_a_number_stays_in_its_range(shop, key, field, wrong):
    assert shop.problems(key, **(TYPED[key][0] | {field: wrong})) == [field]


def test_a_name_is_kept_clean_and_folded(shop):
    ali = shop.add("customer", name="  علي‌رضا   كريمي ")

    with shop.store.reading() as s:
        row = s.get_one(Customer, ali)
        assert (row.name, row.name_fold) == ("علی‌رضا کریمی", "علیرضا کریمی")
