"""The demo shop as its owner would look at it: whole, believable, the same twice, gone when it is not wanted."""

import datetime as dt
import hashlib

import pytest
from sqlalchemy import func, select, text

from desktop import cli, kpi
from desktop.shop.demo import remove_demo, write_demo
from desktop.store import Store, settings
from desktop.store import tables as book
from desktop.values.period import Period
from desktop.values.text import Refused
from tests.shop.demo.conftest import UNTIL

MONTHS = [f"1404-{n:02}" for n in range(8, 13)] + [f"1405-{n:02}" for n in range(1, 9)]


def digest(store):
    """Every row but the book's own number and when it was written down."""
    found = hashlib.sha256()
    with store.reading() as s:
        for table in book.Row.metadata.sorted_tables:
            columns = [column.name for column in table.columns if column.name not in ("at", "hash")]
            names = ", ".join(f'"{name}"' for name in columns)
            rows = s.execute(text(f'SELECT {names} FROM "{table.name}" ORDER BY 1, 2'))
            found.update(repr([tuple(row) for row in rows if row[0] != "book_id"]).encode())
    return found.hexdigest()


def value(store, key, period):
    with store.reading() as s:
        return kpi.BY_KEY[key].measure(s, kpi.scope(s, period=Period.parse(period), as_of=UNTIL)).value


def ask(store, question):
    with store.reading() as s:
        return s.execute(question).all()


def one(store, question):
    return ask(store, question)[0][0]


# The book


def test_the_book_is_whole(demo):
    assert demo.check() == []


def test_the_same_seed_and_last_day_make_the_same_book(tmp_path):
    made = []
    for name in ("one", "two"):
        write_demo(tmp_path / name, months=4, seed=5, until=UNTIL)
        with Store.open(tmp_path / name) as store:
            made.append(digest(store))

    assert made[0] == made[1]


def test_another_seed_makes_another_book(tmp_path):
    made = []
    for seed in (1, 2):
        write_demo(tmp_path / str(seed), months=2, seed=seed, until=UNTIL)
        with Store.open(tmp_path / str(seed)) as store:
            made.append(digest(store))

    assert made[0] != made[1]


@pytest.mark.parametrize("until", ["2026-11-27", "2026-03-21", "2026-11-21", "2025-03-19"], ids=["Friday", "Nowruz", "month's end", "peak"])
def test_the_book_may_end_on_any_day(tmp_path, until):
    until = dt.date.fromisoformat(until)
    write_demo(tmp_path / "demo", months=3, until=until)

    with Store.open(tmp_path / "demo") as store:
        assert store.check() == []
        assert one(store, select(func.max(book.Sale.day))) <= until


def test_a_month_is_enough(tmp_path):
    write_demo(tmp_path / "demo", months=1, until=UNTIL)

    with Store.open(tmp_path / "demo") as store:
        assert one(store, select(func.min(book.Sale.day))) >= Period.parse("1405-09").start


def test_what_is_there_is_not_written_over(tmp_path):
    (tmp_path / "mine").write_text("my shop")

    with pytest.raises(Refused):
        write_demo(tmp_path / "mine", until=UNTIL)

    assert (tmp_path / "mine").read_text() == "my shop"


def test_half_a_demo_shop_is_none(tmp_path, monkeypatch):
    def full(*_):
        raise OSError("the disk is full")

    monkeypatch.setattr("desktop.shop.demo.price_index", full)
    with pytest.raises(OSError, match="full"):
        write_demo(tmp_path / "demo", months=1, until=UNTIL)

    assert not list(tmp_path.glob("demo*"))


def test_a_demo_shop_says_that_it_is_one(demo, shop):
    for store, said in ((demo, "1"), (shop.store, "")):
        with store.reading() as s:
            assert settings.get(s, "demo") == said


def test_a_demo_shop_goes_with_its_backups_and_nothing_else(tmp_path):
    mine = tmp_path / "mine.cheragh"
    Store.create(mine).close()
    write_demo(tmp_path / "demo.cheragh", months=1, until=UNTIL)
    store = Store.open(tmp_path / "demo.cheragh")
    backup = store.backup()

    remove_demo(store)

    assert sorted(path.name for path in tmp_path.glob("*cheragh*")) == ["mine.cheragh", "mine.cheragh.lock"]
    assert not backup.exists()


def test_a_real_book_is_never_removed(shop):
    with pytest.raises(AssertionError):
        remove_demo(shop.store)

    assert shop.store.path.exists()


# What is in it


def test_there_is_enough_to_look_at(demo):
    assert one(demo, select(func.count()).select_from(book.Product)) >= 120
    assert one(demo, select(func.count()).select_from(book.Customer)) >= 500
    assert one(demo, select(func.count()).select_from(book.Seller)) == 3
    assert one(demo, select(func.count(func.distinct(book.Sale.day)))) > 600
    assert one(demo, select(func.count()).select_from(book.Campaign)) >= 20


def test_one_seller_came_late(demo):
    first = ask(demo, select(book.SaleSeller.seller_id, func.min(book.Sale.day)).join(book.Sale).group_by(book.SaleSeller.seller_id))

    begun = sorted(day for _, day in first)
    assert (begun[1] - begun[0]).days < 10
    assert (begun[2] - begun[0]).days > 180


def test_barcodes_are_right_and_prices_are_round(demo):
    for (code,) in ask(demo, select(book.Barcode.text)):
        assert len(code) == 13
        assert sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(code)) % 10 == 0
    assert one(demo, select(func.count()).where(book.SaleLine.unit_price % 10_000 != 0)) == 0


def test_phones_and_names_are_given_once(demo):
    phones = [phone for (phone,) in ask(demo, select(book.Customer.phone))]
    names = [name for (name,) in ask(demo, select(book.Customer.name_fold))]

    assert len(set(phones)) == len(phones)
    assert len(set(names)) == len(names)


def test_every_way_of_paying_occurs_and_what_is_owed_is_paid_later(demo):
    kinds = {kind for (kind,) in ask(demo, select(book.Sale.payment).distinct())}
    late = (
        select(func.count())
        .select_from(book.Payment)
        .join(book.Sale)
        .where(book.Sale.payment == "credit", book.Payment.day > book.Sale.day, book.Payment.amount > 0)
    )

    assert kinds == {"cash", "card", "transfer", "credit", "cheque"}
    assert one(demo, late) > 100


def test_a_return_is_never_more_than_its_sale_and_never_before_it(demo):
    back, line = book.SaleLine.__table__.alias("back"), book.SaleLine.__table__.alias("line")
    returns = ask(
        demo, select(back.c.quantity, back.c.total, line.c.quantity, line.c.total).join(line, back.c.original_line_id == line.c.id)
    )
    sale, original = book.Sale.__table__.alias("sale"), book.Sale.__table__.alias("original")
    days = ask(demo, select(sale.c.day, original.c.day).join(original, sale.c.original_id == original.c.id))

    assert len(returns) > 200
    assert all(-quantity <= sold and 0 <= -total <= whole for quantity, total, sold, whole in returns)
    assert all(day > before for day, before in days)


def test_the_last_day_stops_in_the_evening(demo):
    times = [time for (time,) in ask(demo, select(book.Sale.time).where(book.Sale.day == UNTIL))]

    assert len(times) > 8
    assert max(times) <= "18:40"


def test_a_won_deal_is_a_sale_of_its_value(demo):
    won = ask(
        demo, select(book.Deal.value, book.Sale.total, book.Deal.closed, book.Sale.day).join(book.Sale, book.Sale.deal_id == book.Deal.id)
    )

    assert len(won) == one(demo, select(func.count()).where(book.Deal.outcome == "won"))
    assert all(value in (None, total) and closed == day for value, total, closed, day in won)


def test_a_deal_stands_in_the_last_stage_of_its_history(demo):
    last = (
        select(book.DealStage.stage_id)
        .where(book.DealStage.deal_id == book.Deal.id)
        .order_by(book.DealStage.id.desc())
        .limit(1)
        .scalar_subquery()
    )

    assert one(demo, select(func.count()).select_from(book.Deal).where(book.Deal.stage_id != last)) == 0
    assert one(demo, select(func.count()).select_from(book.Deal).join(book.Stage).where(book.Stage.outcome != book.Deal.outcome)) == 0


def test_something_is_to_be_done_in_the_next_days(demo):
    assert one(demo, select(func.count()).where(book.Activity.done.is_(None), book.Activity.due >= UNTIL)) > 5


def test_leads_and_targets_are_of_every_kind(demo):
    statuses = {status for (status,) in ask(demo, select(book.Lead.status).distinct())}
    aimed = {key for (key,) in ask(demo, select(book.Target.kpi).distinct())}

    assert statuses == {"open", "converted", "disqualified", "duplicate", "spam"}
    assert {"revenue", "gross_margin", "conversion_rate", "nps"} <= aimed <= kpi.BY_KEY.keys()


# What an owner would say to its numbers


@pytest.mark.parametrize(
    ("key", "low", "high"),
    [
        ("gross_margin", 0.18, 0.35),
        ("average_order_value", 8_000_000, 30_000_000),
        ("conversion_rate", 0.20, 0.48),
        ("win_rate", 0.33, 0.75),
        ("sales_cycle", 5, 20),
        ("nps", 20, 65),
        ("retention_rate", 0.4, 0.88),
        ("target_attainment", 0.70, 1.15),
        ("returns_rate", 0.002, 0.03),
        ("discount_rate", 0.005, 0.04),
        ("new_customers", 20, 80),
        ("activities", 80, 260),
        ("sales_growth", -0.45, 0.6),
    ],
)
def test_every_month_is_believable(demo, key, low, high):
    found = {month: value(demo, key, month) for month in MONTHS}

    assert all(low <= number <= high for number in found.values()), found


def test_a_customer_brings_more_than_she_costs(demo):
    for month in MONTHS[-6:]:
        assert value(demo, "cac", month) < value(demo, "clv_12m", month)
        assert value(demo, "cac", month) < value(demo, "cac_loaded", month)


def test_some_campaigns_pay_and_some_do_not(demo):
    with demo.reading() as s:
        rows = kpi.as_json(s, kpi.scope(s, period=Period.parse("1405"), as_of=UNTIL))["campaigns"]
    romi = [row["romi"] for row in rows if row["romi"] is not None]

    assert min(romi) < 0 < 1 < max(romi)


def test_prices_rise_and_so_does_the_shop_a_little(demo):
    with demo.reading() as s:
        index = dict(s.execute(text("SELECT month, value FROM price_index")).all())
    august = Period.parse("1405-08").start.isoformat(), Period.parse("1404-08").start.isoformat()

    assert 1.35 < index[august[0]] / index[august[1]] < 1.55
    assert 0 < value(demo, "sales_growth_real", "1405") < 0.25


def test_yalda_and_nowruz_are_the_peaks_of_the_year(demo):
    sold = {month: value(demo, "revenue", month) for month in ("1403-11", "1403-12", "1404-08", "1404-09", "1404-10")}

    assert sold["1403-12"] > 1.5 * sold["1403-11"]
    assert sold["1404-08"] < sold["1404-09"] > sold["1404-10"]


def test_most_lamps_are_lit(demo):
    with demo.reading() as s:
        lamps = [answer.lamp.value for answer in kpi.answers(s, kpi.scope(s, period=Period.parse("1405-08"), as_of=UNTIL)).values()]

    assert lamps.count("on") > len(lamps) / 2
    assert lamps.count("grey") <= 1
    assert lamps.count("off") <= 1


# The command


def test_the_command_writes_the_book_and_says_where(tmp_path, capsys):
    path = tmp_path / "demo.cheragh"

    assert cli.run(["demo", "--book", str(path), "--months", "1", "--until", "2026-11-25", "--lang", "en"]) == 0
    assert capsys.readouterr().out.strip() == f"The demo shop is in {path}."
    assert cli.run(["check", "--book", str(path)]) == 0
    assert cli.run(["demo", "--book", str(path), "--lang", "en"]) == 1


@pytest.mark.parametrize("months", ["0", "61", "many"])
def test_a_demo_shop_has_at_least_a_month_and_at_most_five_years(tmp_path, months):
    with pytest.raises(SystemExit) as wrong:
        cli.run(["demo", "--book", str(tmp_path / "demo"), "--months", months])

    assert wrong.value.code == 2
