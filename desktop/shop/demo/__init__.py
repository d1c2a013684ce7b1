"""A believable Tehran shop, the same for the same seed and last day: to look at, to try, to test with."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from random import Random

from sqlalchemy import select

from desktop.shop.demo.chance import WORDS
from desktop.shop.demo.counter import Counter
from desktop.shop.demo.people import People
from desktop.shop.demo.pipeline import Pipeline
from desktop.shop.demo.rows import Rows
from desktop.shop.demo.seasons import Seasons
from desktop.shop.demo.shelf import Shelf
from desktop.shop.demo.spending import Campaigns, price_index, running_costs, targets
from desktop.store import Store, settings
from desktop.store.backup import folder_of
from desktop.store.dialect import upsert
from desktop.store.tables import Batch

__all__ = ["remove_demo", "renew_demo", "write_demo"]

SETTINGS = {"demo": "1", "shop_address": WORDS["address"], "shop_phone": WORDS["phone"], "acquisition_share": "0.3"}


def write_demo(path: Path | str, *, months: int = 24, seed: int = 1, until: dt.date) -> None:
    """A demo book of ``months`` months, ``until`` its last day, lies at ``path``.

    The same seed, months and last day give the same rows; only the book's own number and the moment of writing differ.

    Raises:
        Refused: a file is there already.
    """
    store = Store.create(path, currency="IRR", shop=WORDS["name"])
    try:
        _fill(store, months, seed, until)
    except BaseException:
        _discard(store)  # half a shop would pass for a whole one
        raise
    store.close(backup=False)


def renew_demo(path: Path, today: dt.date, *, months: int = 24) -> None:
    """The demo book at ``path`` ends ``today``; one of another day, in which nothing would be sold by now, is written anew."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        store = Store.open(path)
        with store.reading() as s:
            made_of = json.loads(s.scalars(select(Batch.mapping).where(Batch.kind == "demo")).one())
        if made_of["until"] == today.isoformat():
            store.close(backup=False)
            return
        remove_demo(store)
    write_demo(path, months=months, until=today)


def remove_demo(store: Store) -> None:
    """The demo book is closed and gone, its file and its backups; a real book is never touched."""
    with store.reading() as s:
        assert settings.get(s, "demo"), "only a demo book is removed"
        backups = folder_of(settings.get(s, "book_id"))
    _discard(store)
    shutil.rmtree(backups, ignore_errors=True)


def _discard(store: Store) -> None:
    store.close(backup=False)
    for tail in ("", "-wal", "-shm", ".lock", ".opener"):
        store.path.with_name(store.path.name + tail).unlink(missing_ok=True)


def _fill(store: Store, months: int, seed: int, until: dt.date) -> None:
    made_of = json.dumps({"seed": seed, "months": months, "until": until.isoformat()})
    with store.importing("demo", WORDS["name"], f"demo-{made_of}", made_of) as load:
        rows = Rows(load.batch_id)
        _live(rows, Random(seed), until, months)
        rows.write(load.connection)
        load.connection.executemany(upsert("setting", ("key", "value"), ("key",)), SETTINGS.items())
        load.all_days, load.tables = True, rows.tables
        load.counts = json.dumps({"accepted": rows.count(), "documents": rows.count("sale")})


def _live(rows: Rows, random: Random, until: dt.date, months: int) -> None:
    """Day after day; every choice comes from the one seeded source."""
    seasons = Seasons(random, until, months)
    shelf = Shelf(random, seasons)
    _goods(rows, shelf, until)
    people = People(random, rows, seasons)
    campaigns = Campaigns(rows, seasons)
    counter = Counter(random, rows, seasons, shelf, people, campaigns)
    pipeline = Pipeline(random, rows, seasons, shelf, people, campaigns, counter)
    for day in seasons.days():
        pipeline.day(day)
        counter.day(day)
    running_costs(random, rows, seasons, people)
    targets(random, rows, seasons, people)
    price_index(rows, seasons)


def _goods(rows: Rows, shelf: Shelf, until: dt.date) -> None:
    for name in WORDS["goods"]:
        rows.add("category", name=name)
    for good in shelf.goods:
        rows.add("product", code=str(1000 + good.id), name=good.name, category_id=good.category, unit=good.unit,
                 measured=int(good.measured), price=shelf.price(good, until), cost=shelf.cost(good, until))  # fmt: skip
        if not good.measured and good.cost:  # what is weighed has no barcode, and no service has one
            rows.add("barcode", product_id=good.id, text=_ean(626_000_000_000 + good.id * 7919))


def _ean(stem: int) -> str:
    """A 13-digit barcode with its check digit."""
    digits = [int(c) for c in str(stem)]
    check = (10 - sum(d * (3 if i % 2 else 1) for i, d in enumerate(digits)) % 10) % 10
    return f"{stem}{check}"
