"""What a seller is told: her own numbers, never another's, never what goods or people cost, and no way to work it out."""

import dataclasses
import json
import re
from functools import cache
from types import FunctionType

import pytest

from desktop import kpi
from desktop.kpi.kpi import Lamp
from desktop.store.tables import Seller, User
from desktop.values.text import Refused
from desktop.values.writing import Writing, use_writing
from tests.kpi.conftest import fill
from tests.little_shop import Shop

OWNER = 1
COST = {"gross_profit", "gross_margin", "markup", "clv_historic", "clv_12m", "romi", "roas", "cac", "cac_loaded", "cac_paid", "ltv_cac"}
ASKED = {
    "all_lists": kpi.all_lists,
    "all_rows": lambda s, scope: [told(kpi.all_rows, s, one.key, scope) for one in kpi.ALL],
    "answer": lambda s, scope: [kpi.answer(s, one.key, scope, rows=True, last_year=True) for one in kpi.ALL],
    "answers": lambda s, scope: kpi.answers(s, scope, rows=True),
    "as_json": kpi.as_json,
    "board": lambda s, scope: kpi.board(s, scope, [one.key for one in kpi.ALL]),
    "explain": lambda s, scope: [(found := kpi.explain(s, one.key, scope), found.sentence(), found.as_json()) for one in kpi.ALL],
    "funnel": kpi.funnel,
    "gaps": kpi.gaps,
    "rows": lambda s, scope: [told(kpi.rows, s, one.key, scope, at) for one in kpi.ALL for at in range(len(one.parts))],
    "seen_totals": kpi.seen_totals,
    "tiles": lambda s, scope: kpi.tiles(s, scope, [one.key for one in kpi.ALL], last_year=True),
    "trend": lambda s, scope: [kpi.trend(s, one.key, scope) for one in kpi.ALL],
    "with_trend": lambda s, scope: [kpi.with_trend(s, kpi.answer(s, one.key, scope), scope) for one in kpi.ALL],
}


def told(ask, *args):
    try:
        return ask(*args)
    except Refused:
        return None


def numbers(found):
    """Every number in what was said, from 1,000 on: shares as parts of a million, those in sentences too."""
    if dataclasses.is_dataclass(found):
        return set().union(*(numbers(getattr(found, field.name)) for field in dataclasses.fields(found)))
    if isinstance(found, dict):
        return set().union(*map(numbers, found.values()))
    if isinstance(found, (list, tuple)):
        return set().union(*map(numbers, found))
    if isinstance(found, str):
        return {int(text.replace(",", "")) for text in re.findall(r"\d[\d,]*\d", found)} - set(range(3000))
    if isinstance(found, (int, float)) and not isinstance(found, bool):
        return {abs(round(found if abs(found) >= 1000 or float(found).is_integer() else found * 1_000_000))} - set(range(1000))
    return set()


@pytest.fixture(scope="module")
def kept(tmp_path_factory, template):
    """Two sellers, amounts that tell by themselves whose and what they are; only read."""
    use_writing(Writing(language="en"))
    shop = Shop.at(tmp_path_factory.mktemp("roles") / "shop.cheragh", template)
    with shop.change():
        shop.campaign("Eid", "1405-08-01", "1405-08-20")
        shop.sell(71_234_567, cost=41_111_113, seller="Mina", customer="Ali", product="Cup", discount=1_234_000, campaign="Eid")
        shop.sell(95_678_901, cost=52_222_221, seller="Reza", customer="Sara", product="Pen")
        shop.sell(18_181_817, cost=11_171_713, day="1405-07-11", seller="Mina", customer="Ali", product="Cup")
        shop.sell(13_131_313, customer="Omid", day="1405-08-05")
        shop.cost(7_777_771, campaign="Eid")
        shop.cost(33_333_331, kind="pay", day="1405-08-30")
        shop.target(66_666_661, seller="Mina")
        shop.target(88_888_881, seller="Reza")
        shop.deal(5_551_117, outcome="won", closed="1405-08-11", contact="1405-08-02", seller="Reza")
        shop.lead(customer="Ali", seller="Mina", day="1405-08-02")
    yield shop
    shop.store.close(backup=False)


@pytest.fixture
def big(kept):
    """Its owner's again, whoever used it last."""
    kept.store.user = OWNER
    return kept


def become(shop, role, name=None):
    """The book is now used by somebody of this role, who is the seller of that name."""
    with shop.change() as s:
        seller = s.query(Seller).filter_by(name=name).one().id if name else None
        user = s.query(User).filter_by(role=role, seller_id=seller).one_or_none() or User(name="Somebody", role=role, seller_id=seller)
        s.add(user)
        s.flush()
        number = user.id
    shop.store.user = number


@cache
def owner_said(shop, name, seller=None):
    """What her question is answered with, asked once for all tests."""
    assert shop.store.user == OWNER
    return numbers(said(shop, name, seller))


def said(shop, name, seller=None):
    with shop.store.reading() as s:
        return told(ASKED[name], s, kpi.scope(s, period=shop.scope().period, as_of=shop.scope().as_of, seller=seller))


SECRETS = {
    41_111_113, 52_222_221, 11_171_713, 41_111_113 + 52_222_221, 7_777_771, 33_333_331, 71_234_567 - 41_111_113, 95_678_901 - 52_222_221,
    71_234_567 + 95_678_901 - 41_111_113 - 52_222_221, 71_234_567 - 41_111_113 - 7_777_771, 18_181_817 - 11_171_713,
}  # fmt: skip


@cache
def secrets(shop):
    """What only the owner is told: costs and profits as entered, and every secret number of the shop and of each seller."""
    found = set(SECRETS)
    for seller in (None, *ids(shop).values()):
        with shop.store.reading() as s:
            asked = shop.scope().over(shop.scope().period)
            asked = dataclasses.replace(asked, seller=seller)
            for one in kpi.ALL:
                if one.secret != "none":
                    found |= numbers([one.measure(s, each).value for each in (asked, asked.before(), asked.year_before())])
    return found


def ids(shop):
    with shop.store.reading() as s:
        return {seller.name: seller.id for seller in s.query(Seller)}


def test_every_public_question_is_tried_as_a_seller():
    asks = {name for name in kpi.__all__ if isinstance(getattr(kpi, name), FunctionType)}

    assert asks == ASKED.keys() | {"of_tile", "remember", "scope", "seller_named"}


def test_what_shows_cost_or_lets_one_compute_it_is_secret():
    assert {one.key for one in kpi.ALL if one.secret == "cost"} == COST


@pytest.mark.parametrize("name", ASKED)
def test_the_owner_is_told_all(big, name):
    """Else the tests below would find nothing because there is nothing."""
    if name not in ("funnel", "gaps"):
        assert owner_said(big, name) & secrets(big)


@pytest.mark.parametrize("name", ASKED)
def test_a_seller_is_told_no_cost(big, name):
    hidden, everyone = secrets(big), ids(big)
    become(big, "seller", "Mina")

    for seller in (None, everyone["Mina"], everyone["Reza"], 0):
        assert not numbers(said(big, name, seller)) & hidden, seller


@pytest.mark.parametrize("name", ASKED)
def test_a_seller_is_told_nothing_of_the_others_or_of_the_shop(big, name):
    everyone = ids(big)
    theirs = owner_said(big, name, everyone["Reza"]) | owner_said(big, name) | owner_said(big, name, 0)
    theirs -= owner_said(big, name, everyone["Mina"])
    become(big, "seller", "Mina")

    for seller in (None, everyone["Reza"], 0):
        assert not numbers(said(big, name, seller)) & theirs, seller


@pytest.mark.parametrize("name", ASKED)
def test_who_is_no_seller_at_the_counter_is_told_no_number(big, name):
    everyone = ids(big)
    known = owner_said(big, name) | secrets(big)
    become(big, "seller")

    for seller in (None, *everyone.values()):
        assert not numbers(said(big, name, seller)) & known


def test_a_seller_is_told_her_own_numbers(big):
    become(big, "seller", "Mina")
    found = said(big, "as_json")
    board = said(big, "board")

    assert found["kpis"]["revenue"]["value"] == 71_234_567
    assert [line["name"] for line in found["sellers"]] == ["Mina"]
    assert [board.sellers[0].numbers[key] for key in ("revenue", "gross_profit", "gross_margin")] == [71_234_567, None, None]
    assert [line["name"] for line in found["products"]] == ["Cup"]
    json.dumps(found)


def test_a_secret_number_says_why_it_is_not_there(big):
    become(big, "seller", "Mina")
    with big.store.reading() as s:
        mine = kpi.scope(s, period=big.scope().period)
        answer = kpi.answer(s, "gross_margin", mine, rows=True)
        explained = kpi.explain(s, "gross_margin", mine)
        with pytest.raises(Refused):
            kpi.rows(s, "gross_margin", mine)
        columns = [column.key for column in kpi.rows(s, "returns_rate", mine, 1).columns]

    assert (answer.value, answer.rows, answer.lamp, answer.entry) == (None, 0, Lamp.OFF, "")
    assert answer.why_null == answer.why_lamp == "Your role does not show this number."
    assert (explained.parts, explained.numbers) == ((), None)
    assert "cost" not in columns
    assert "total" in columns


def test_an_accountant_is_told_what_the_owner_is(big):
    known = said(big, "as_json")
    become(big, "accountant")

    assert said(big, "as_json") == known


def test_what_a_shared_sale_was_paid_with_is_not_told_of_one_seller(shop):
    """The day's line once showed the payments of the whole shop under one seller's name."""
    fill(shop)
    with shop.store.reading() as s:
        assert kpi.board(s, shop.scope(seller="Mina", as_of="1405-08-06")).today.payments == ()
        assert kpi.board(s, shop.scope(as_of="1405-08-06")).today.payments


def test_a_seller_who_left_keeps_her_sales_in_the_table(shop):
    """The table once left them out, so that its lines did not add up to the tile."""
    shop.sell(1000, seller="Mina")
    shop.sell(300, seller="Ali")
    shop.target(500, seller="Gone")
    with shop.change() as s:
        for name in ("Mina", "Gone"):
            s.query(Seller).filter_by(name=name).one().archived = 1
    with shop.store.reading() as s:
        table = kpi.board(s, shop.scope()).sellers

    assert [(line.name, line.net) for line in table] == [("Mina", 1000), ("Ali", 300)]
