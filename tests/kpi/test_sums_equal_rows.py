"""Whatever is done to a book, in whatever order: its kept sums equal its documents, and every number equals its rows."""

import datetime as dt
import json
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from desktop import kpi
from desktop.kpi.kpi import Scope
from desktop.kpi.totals import day_totals
from desktop.shop import returns, sales
from desktop.shop.sales import LineDraft, SaleDraft
from desktop.store import Store
from desktop.store.tables import Sale
from desktop.values.rounding import WHOLE
from desktop.values.text import Refused
from tests.little_shop import ENTERED, day, period
from tests.shop.counter import Counter

FIRST = day("1405-07-25")
DAYS = st.integers(0, 50).map(lambda n: FIRST + dt.timedelta(days=n))
SPANS = ("1405-07", "1405-08", "1405-09-01", "1405-07-28..1405-08-12", "1404-01..1405-12")
ADD_UP = ("net", "sold", "gross", "returned", "discount", "costed_net", "cost", "orders", "costed_lines", "units", "documents")
PARTS = list({id(part): part for one in kpi.ALL for part in one.parts if part.sums and part.each is None}.values())

lines = st.builds(
    LineDraft,
    product=st.sampled_from((None, 1, 2)),  # nothing in particular, a piece, something weighed
    quantity=st.sampled_from((1000, 3000, 250, 1333, -1000, -500)),
    unit_price=st.integers(0, 5000),
    unit_cost=st.none() | st.integers(0, 4000),
    damaged=st.booleans(),
)
sellers = st.sampled_from(((), ((1, WHOLE),), ((2, WHOLE),), ((1, 3333), (2, 6667)), ((1, 1), (2, 3333), (3, 6666))))
drafts = st.builds(
    SaleDraft,
    day=DAYS,
    lines=st.lists(lines, min_size=1, max_size=3).map(tuple),
    customer=st.sampled_from((None, 1, 2, 3)),
    sellers=sellers,
    payment=st.sampled_from((None, "cash", "card")),
    invoice_discount=st.sampled_from((0, 0, 7)),
)


@pytest.fixture(scope="module", autouse=True)
def _empty_shop(template, tmp_path_factory):
    """A book with two goods, three customers and three sellers, copied for every story."""
    path = tmp_path_factory.mktemp("story") / "shop.cheragh"
    shutil.copyfile(template, path)
    shop = Counter(Store.open(path))
    shop.goods("Cup", price=100, cost=60)
    shop.goods("Rice", unit="kg")
    with shop.change():
        for name in ("Ali", "Sara", "Omid"):
            shop.customer(name)
            shop.seller(name)
    shop.store.close(backup=False)
    Story.template = path


class Story(RuleBasedStateMachine):
    template: Path

    @initialize()
    def open_the_shop(self):
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "shop.cheragh"
        shutil.copyfile(self.template, path)
        self.shop = Counter(Store.open(path))
        self.shop.hire("owner")  # who undoes her own changes only, not the goods and sellers
        self.store = self.shop.store
        self.numbers = 0

    def teardown(self):
        if hasattr(self, "store"):
            self.numbers_equal_rows()
            assert self.store.check() == []
            self.store.close(backup=False)
            self.folder.cleanup()

    def documents(self, *kinds):
        with self.store.reading() as s:
            found = s.query(Sale.id).filter(Sale.status == "final", Sale.kind.in_(kinds)).order_by(Sale.id)
            return [number for (number,) in found]

    def tried(self, do):
        """What the shop refuses changes nothing."""
        with suppress(Refused):
            do()

    @rule(draft=drafts)
    def sell(self, draft):
        self.tried(lambda: sales.record_sale(self.store, draft))

    @rule(at=st.integers(0, 9), draft=drafts)
    def edit(self, at, draft):
        if known := self.documents("sale", "return"):
            self.tried(lambda: sales.record_change(self.store, known[at % len(known)], draft))

    @rule(at=st.integers(0, 9), to=DAYS)
    def move_to_another_day(self, at, to):
        if known := self.documents("sale"):
            sale = known[at % len(known)]
            draft = self.shop.draft(sale)
            self.tried(lambda: sales.record_change(self.store, sale, SaleDraft(**{**vars(draft), "day": to})))

    @rule(at=st.integers(0, 9), part=st.sampled_from((1, 2, 3)), later=st.integers(0, 40), damaged=st.booleans())
    def bring_back(self, at, part, later, damaged):
        known = self.documents("sale")
        if not known:
            return
        sale = known[at % len(known)]
        with self.store.reading() as s:
            left = returns.returnable(s, sale)
        when = self.shop.document(sale).day + dt.timedelta(days=later)
        chosen = [returns.BackLine(line.line, max(1, line.left // part), damaged=damaged) for line in left[:2]]
        self.tried(lambda: returns.record_return(self.store, sale, chosen, day=when))

    @rule(at=st.integers(0, 9))
    def void(self, at):
        if known := self.documents("sale", "return", "lump"):
            self.tried(lambda: sales.record_void(self.store, known[at % len(known)]))

    @rule(when=DAYS, amount=st.integers(1, 9000), seller=st.sampled_from((None, 1, 2)))
    def count_the_till(self, when, amount, seller):
        with self.store.changing("Day's takings", "sell") as s:
            sales.record_takings(s, when, amount, seller=seller)

    @rule()
    def undo(self):
        self.tried(self.store.undo)

    @rule()
    def redo(self):
        self.tried(self.store.redo)

    @rule(draft=drafts)
    def take_a_file(self, draft):
        """One document by the fast way in, and half of the time out again."""
        self.numbers += 1
        with self.store.importing("sales", f"{self.numbers}.csv", "", "{}") as load:
            run, line = load.connection.execute, draft.lines[0]
            kind = "sale" if line.quantity > 0 else "return"
            gross = line.unit_price * line.quantity // 1000
            cost = None if line.unit_cost is None else line.unit_cost * line.quantity // 1000
            run(
                "INSERT INTO sale (batch_id, kind, status, number, day, entered_at, customer_id, lines, gross, discount, total, tax) "
                "VALUES (?, ?, 'final', ?, ?, ?, ?, 1, ?, 0, ?, 0)",
                (load.batch_id, kind, f"file-{self.numbers}", draft.day.isoformat(), ENTERED, draft.customer, gross, gross),
            )
            sale = run("SELECT last_insert_rowid()").fetchone()[0]
            run(
                "INSERT INTO sale_line (sale_id, position, quantity, measured, gross, discount, invoice_discount, total, unit_cost, cost, "
                "tax, damaged) VALUES (?, 1, ?, 0, ?, 0, 0, ?, ?, ?, 0, 0)",
                (sale, line.quantity, gross, gross, line.unit_cost, cost),
            )
            run("INSERT INTO sale_seller (sale_id, seller_id, share) VALUES (?, 1, 10000)", (sale,))
            load.days.add(draft.day)
            load.counts, load.tables = json.dumps({"taken": 1}), frozenset({"sale", "sale_line", "sale_seller"})
            batch = load.batch_id
        if self.numbers % 2:
            self.tried(lambda: self.store.revert(batch))

    def numbers_equal_rows(self):
        with self.store.reading() as s:
            for span in SPANS:
                days = period(span)
                for as_of in (days.end, days.start + dt.timedelta(days=days.days // 2)):
                    team = Scope(days, as_of)
                    for part in PARTS:
                        assert part.value(s, team) == pytest.approx(part.counted(s, team), abs=1e-9), (part.key, span, as_of)
                    whole = day_totals(s, team)
                    each = [day_totals(s, Scope(days, as_of, seller)) for seller in (0, 1, 2, 3)]
                    for name in ADD_UP:
                        assert sum(one[name] for one in each) == pytest.approx(whole[name], abs=1e-9), (name, span, as_of)


Story.TestCase.settings = settings(max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
TestStory = Story.TestCase
