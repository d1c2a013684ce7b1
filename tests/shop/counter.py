"""A shop served over the counter: everything is done by the verbs a form would call, on a real book."""

from sqlalchemy import select

from desktop.shop import returns, sales, things
from desktop.shop.sales import LineDraft, SaleDraft
from desktop.store.tables import Payment, Sale, SaleLine, SaleSeller, Seller, User
from tests import little_shop
from tests.little_shop import day

FIRST = day("1405-08-01")


class Counter(little_shop.Shop):
    """`little_shop.Shop`, whose sales, things and returns go through ``desktop.shop``."""

    def goods(self, name="Rice", price=None, cost=None, unit="", **more):
        return self.add("product", name=name, price=price, cost=cost, unit=unit, **more)

    def add(self, entity, **values):
        return things.save(self.store, entity, None, values)

    def read(self, entity, row):
        """The thing as its form shows it."""
        with self.store.reading() as s:
            return things.ENTITIES[entity].read(s, row)

    def problems(self, entity, row=None, **values):
        """The fields with a problem."""
        with self.store.reading() as s:
            return [problem.field for problem in things.ENTITIES[entity].problems(s, row, values)]

    def remarks(self, entity, row=None, **values):
        with self.store.reading() as s:
            return [remark.sentence for remark in things.ENTITIES[entity].remarks(s, row, values)]

    def change_thing(self, entity, row, **values):
        return things.save(self.store, entity, row, values)

    def ring_up(self, *lines, on=FIRST, **draft):
        """Records a sale of `LineDraft`s, or of amounts, on a day; gives its id."""
        made = tuple(line if isinstance(line, LineDraft) else LineDraft(None, unit_price=line) for line in lines)
        return sales.record_sale(self.store, SaleDraft(day(on), made, **draft))

    def bring_back(self, sale, quantity=1000, *, line=0, on="1405-08-02", **more):
        """Gives ``quantity`` thousandths of the sale's n-th line back."""
        return returns.record_return(self.store, sale, [returns.BackLine(self.lines(sale)[line].id, quantity, **more)], day=day(on))

    def draft(self, sale):
        with self.store.reading() as s:
            return sales.sale_draft(s, sale)

    def document(self, sale):
        with self.store.reading() as s:
            return s.get_one(Sale, sale)

    def lines(self, sale):
        with self.store.reading() as s:
            return s.scalars(select(SaleLine).where(SaleLine.sale_id == sale).order_by(SaleLine.position)).all()

    def paid(self, sale):
        """What was paid for a document, as (kind, amount)."""
        with self.store.reading() as s:
            final = select(Payment.kind, Payment.amount).where(Payment.sale_id == sale, Payment.status == "final")
            return s.execute(final).all()

    def shares(self, sale):
        with self.store.reading() as s:
            rows = s.execute(select(Seller.name, SaleSeller.share).join(SaleSeller).where(SaleSeller.sale_id == sale))
            return dict(rows.all())

    def hire(self, role, name="Somebody"):
        """The next change is made by a user of this role."""
        with self.change("Add user") as s:
            user = User(name=name, role=role)
            s.add(user)
            s.flush()
            number = user.id
        self.store.user = number
