"""What was ordered of a supplier."""

from sqlalchemy import select

from desktop.shop.entity import DAY, Entity, Field, ref
from desktop.shop.kind import of_form
from desktop.shop.lists import Listing, columns
from desktop.shop.questions import holding, narrowed
from desktop.shop.thing import Changes, Thing, Verb
from desktop.values.unit import Unit
from tests.newcomer.tables import Order, Supplier
from tests.newcomer.things.supplier import SUPPLIERS

KINDS = (("usual", "as usual"), ("gift", "as a gift"))


def _question(chosen):
    question = select(Order.id, Order.status, Order.day, Supplier.name, Order.amount, Order.kind).outerjoin(Supplier)
    return narrowed(holding(question, chosen, Supplier.name_fold), chosen, Order, Order.day)


def _double(s, row):
    s.get_one(Order, row).amount *= 2


FORM = Entity(
    "stock_order", "Order", Order,
    (DAY, ref("supplier_id", "Supplier", Supplier), Field("amount", "Amount", "money", needed=True, least=1),
     Field("kind", "Kind", "choice", choices=KINDS)),
    "Add order", "Change order", "Void order",
)  # fmt: skip
THING = Thing(
    entity=FORM,
    listing=Listing("stock_orders", "Orders", "stock_order", columns("day", ("supplier", "Supplier", Unit.TEXT), "amount", "kind"), Order,
                    _question, ("day", True)),
    new="New order",
    empty="What have you ordered?",
    place=SUPPLIERS,
    tab=1,
    verbs=(Verb("Twice as much", Changes("Double order", _double)),),
    kind=of_form(FORM, "stock_orders", "Orders"),
)  # fmt: skip
