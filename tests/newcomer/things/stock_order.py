"""What was ordered of a supplier."""

from desktop.shop.entity import DAY, Field, ref
from desktop.shop.kind import of_form
from desktop.shop.lists import listing
from desktop.shop.thing import Changes, Thing, Verb
from tests.newcomer.tables import Order, Supplier
from tests.newcomer.things.supplier import SUPPLIERS

KINDS = (("usual", "as usual"), ("gift", "as a gift"))


def _double(s, row):
    s.get_one(Order, row).amount *= 2


THING = Thing(
    "stock_order", "Order", Order,
    (DAY, ref("supplier_id", "Supplier", Supplier), Field("amount", "Amount", "money", needed=True, least=1),
     Field("kind", "Kind", "choice", choices=KINDS)),
    "Add order", "Change order", "Void order",
    lists=listing("stock_orders", "Orders", "day", "supplier", "amount", "kind", looks=("supplier",)),
    new="New order",
    empty="What have you ordered?",
    place=SUPPLIERS,
    tab=1,
    verbs=(Verb("Twice as much", Changes("Double order", _double)),),
    file=of_form("stock_orders", "Orders"),
)  # fmt: skip
