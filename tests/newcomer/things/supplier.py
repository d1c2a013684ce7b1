"""Who the shop buys from."""

from desktop.shop.entity import CODE, NAME, PHONE
from desktop.shop.kind import of_form
from desktop.shop.lists import listing
from desktop.shop.places import Place
from desktop.shop.thing import Opens, Search, Shortcut, Thing, Verb
from tests.newcomer.tables import Supplier

SUPPLIERS = Place("suppliers", "Suppliers and orders", "package", 8, "Suppliers")
THING = Thing(
    "supplier", "Supplier", Supplier, (NAME, CODE, PHONE), "Add supplier {name}", "Change supplier {name}", "Archive supplier {name}",
    lists=listing("suppliers", "Suppliers", "name", "code", "phone"),
    new="New supplier",
    empty="Who do you buy from?",
    place=SUPPLIERS,
    shortcut=Shortcut("Shift+F3"),
    search=Search(10, Supplier.phone),
    verbs=(Verb("Order", Opens("stock_order", {"supplier_id": "id"})),),
    file=of_form("suppliers", "Suppliers"),
)  # fmt: skip
