"""A lead is one customer, by whichever door either of them came."""

import pytest

from desktop.shop.importing import Options, import_file
from desktop.store.tables import Customer, Lead
from tests.little_shop import day

ALI, REZA = "09121111001", "09352222002"
DOORS = ("form", "file")


def bring(shop, door, entity, *people):
    """People given as (name, phone) come by the form, one by one, or in one file."""
    if door == "form":
        more = {"day": day("1405-08-01")} if entity == "lead" else {}
        for name, phone in people:
            shop.add(entity, name=name, phone=phone, **more)
        return
    path = shop.store.path.with_name(f"{entity}.csv")
    path.write_text("date,name,phone\n" + "".join(f"1405/08/01,{name},{phone or ''}\n" for name, phone in people), encoding="utf-8")
    assert import_file(shop.store, path, Options(f"{entity}s"), backup=False).accepted == len(people)


def tied(shop):
    """The names of (lead, customer) that are one."""
    with shop.store.reading() as s:
        return {(lead.name, s.get_one(Customer, lead.customer_id).name) for lead in s.query(Lead) if lead.customer_id}


@pytest.mark.parametrize("second", DOORS)
@pytest.mark.parametrize("first", DOORS)
@pytest.mark.parametrize("order", [("lead", "customer"), ("customer", "lead")])
@pytest.mark.parametrize(
    ("lead", "customer", "one"),
    [
        (("Ali Rezaei", None), ("Ali Rezaei", ALI), True),  # by the form she was nobody's until now
        (("Ali Rezaei", ALI), ("علي", "+98 912 111 1001"), True),
        (("علي رضایی", ALI), ("علی رضایی", None), True),
        (("Ali Rezaei", REZA), ("Ali Rezaei", ALI), False),  # a namesake
        (("Ali", None), ("Ali Rezaei", ALI), False),
    ],
)
def test_a_lead_is_the_customer_with_her_phone_else_with_her_name(shop, order, first, second, lead, customer, one):
    people = {"lead": lead, "customer": customer}
    for door, entity in zip((first, second), order, strict=True):
        bring(shop, door, entity, people[entity])

    assert bool(tied(shop)) is one


@pytest.mark.parametrize("door", DOORS)
def test_a_name_that_several_bear_ties_nobody_and_a_phone_still_does(shop, door):
    bring(shop, door, "customer", ("Reza", REZA), ("Reza", "02112345678"), ("Ali", ALI))
    bring(shop, door, "lead", ("Reza", None), ("R.", REZA), ("ALI", None))

    assert tied(shop) == {("R.", "Reza"), ("ALI", "Ali")}


def test_a_lead_of_two_namesakes_in_one_file_stays_nobodys(shop):
    bring(shop, "form", "lead", ("Reza", None), ("Sara", None))

    bring(shop, "file", "customer", ("Reza", REZA), ("Reza", "02112345678"), ("Sara", ALI))

    assert tied(shop) == {("Sara", "Sara")}


def test_a_lead_that_a_person_let_go_is_not_taken_up_by_the_next_customers(shop):
    bring(shop, "form", "customer", ("Ali", ALI))
    bring(shop, "form", "lead", ("Ali", ALI))
    shop.change_thing("lead", 1, customer_id=None)

    bring(shop, "form", "customer", ("Ali Junior", ALI))
    bring(shop, "file", "customer", ("Sara", None))

    assert tied(shop) == set()


def test_a_code_decides_over_a_phone(shop):
    path = shop.store.path.with_name("leads.csv")
    path.write_text(f"code,date,name,phone\nC-7,1405/08/01,Somebody,{ALI}\n")
    import_file(shop.store, path, Options("leads"), backup=False)

    shop.add("customer", name="Sara", code="C-7")

    assert tied(shop) == {("Somebody", "Sara")}


def test_an_import_that_is_taken_back_leaves_its_leads_as_they_were(shop):
    """Those that a person tied stay tied, and so does the customer they are tied to."""
    bring(shop, "form", "lead", ("Ali", ALI), ("Sara", None), ("Mina", REZA))
    bring(shop, "file", "customer", ("Ali", ALI), ("Sara", None))
    assert tied(shop) == {("Ali", "Ali"), ("Sara", "Sara")}
    shop.change_thing("lead", 3, customer_id=2)

    shop.store.revert(1)

    assert tied(shop) == {("Mina", "Sara")}
    with shop.store.reading() as s:
        assert [one.name for one in s.query(Customer)] == ["Sara"]
    assert shop.store.check() == []
