"""Documents of sale (sales, returns, days' takings) and payments in their lists. Their verbs: `desktop.shop.sales` and `returns`."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.shop import kind
from desktop.shop.drafts import PAYMENT_NAMES
from desktop.shop.entity import Field
from desktop.shop.lists import listing, named_like
from desktop.shop.places import SALES
from desktop.shop.sales import record_void
from desktop.shop.thing import Found, Opens, Row, Search, Shortcut, Thing, Verb
from desktop.store.tables import Customer, Payment, Sale, SaleSeller, Seller, SumDay
from desktop.values.fold import code
from desktop.values.text import N_, tr
from desktop.values.unit import Unit

# Translators: kinds of documents.
KINDS = {"sale": N_("sale"), "return": N_("return"), "lump": N_("day's takings")}
_TITLES = {"sale": N_("Invoice {number}"), "return": N_("Return {number}")}


def _numbered(s: Session, text: str, limit: int) -> list[Found]:
    """Invoices and returns with exactly this number, whose they are beside it."""
    question = (
        select(Sale.id, Sale.kind, Sale.number, Customer.name)
        .outerjoin(Customer, Customer.id == Sale.customer_id)
        .where(Sale.kind.in_(_TITLES), Sale.number == code(text))
        .order_by(Sale.kind.desc())
    )
    found = s.execute(question.limit(limit))
    return [(row_id, tr(_TITLES[which], number=Unit.CODE.number(number)), name or "") for row_id, which, number, name in found]


def _unless_none(amount: int, _: Row) -> str:
    return Unit.MONEY.number(amount) if amount else ""


def _holding(text: str) -> ColumnElement[bool]:
    """By index on either side: a number that begins so, or a customer called so."""
    number, person = code(text), aliased(Customer)
    numbered = and_(Sale.kind.in_(KINDS), Sale.number >= number, Sale.number < number + chr(0x10FFFF))
    return or_(numbered, Sale.customer_id.in_(select(person.id).where(named_like(person, text, person.phone))))


def _sold_by(seller: int) -> ColumnElement[bool]:
    return select(SaleSeller.sale_id).where(SaleSeller.sale_id == Sale.id, SaleSeller.seller_id == seller).exists()


def _sale_paid(s: Session, payment: int) -> tuple[str, int] | None:
    sale = s.get_one(Payment, payment).sale_id
    return ("sale", sale) if sale is not None else None


_SELLERS = (
    select(func.string_agg(Seller.name, "، "))
    .join(SaleSeller, SaleSeller.seller_id == Seller.id)
    .where(SaleSeller.sale_id == Sale.id)
    .scalar_subquery()
)
_EXPORT = """
    SELECT s.number, s.day AS date, s.time, c.code AS customer_code, c.name AS customer, c.phone, p.code AS product_code,
      p.name AS product, l.quantity,
      CASE WHEN coalesce(p.measured, 0) = l.measured THEN p.unit WHEN l.measured = 1 THEN 'kg' ELSE 'pcs' END AS unit, l.unit_price,
      abs(l.discount) AS discount, l.total, l.tax, CASE WHEN l.damaged = 1 AND l.cost IS NOT NULL THEN 0 ELSE l.unit_cost END AS unit_cost,
      (SELECT string_agg(CASE WHEN e.code IS NOT NULL AND EXISTS (SELECT 1 FROM seller n WHERE n.name_fold = e.name_fold AND n.id <> e.id)
                              THEN e.code ELSE e.name END
                         || CASE WHEN h.share < 10000 THEN ' ' || (h.share / 100.0) || '%' ELSE '' END, ' + '
                         ORDER BY h.share DESC, h.seller_id)
       FROM sale_seller h JOIN seller e ON e.id = h.seller_id WHERE h.sale_id = s.id) AS seller,
      o.name AS source, a.name AS campaign, s.payment,
      CASE WHEN s.status = 'void' THEN 'void' WHEN s.kind = 'lump' THEN 'takings' END AS status, coalesce(l.note, s.note) AS note
    FROM sale s JOIN sale_line l ON l.sale_id = s.id LEFT JOIN customer c ON c.id = s.customer_id LEFT JOIN product p ON p.id = l.product_id
    LEFT JOIN source o ON o.id = s.source_id LEFT JOIN campaign a ON a.id = s.campaign_id
    WHERE s.kind = '{kind}' AND (s.status = 'final' OR s.kind = 'sale') ORDER BY s.day, s.id, l.position"""
_FILE = kind.of_form(
    "sales", N_("Sales"), "number", "date", kind.Field("time", N_("Time"), "clock"), "customer_code", "customer", "phone",
    "product_code", "product", "barcode", "category", kind.Field("quantity", N_("Quantity"), "quantity"), "unit",
    kind.Field("unit_price", N_("Unit price"), "money"), kind.Field("discount", N_("Discount"), "rate"),
    kind.Field("discount_rate", N_("Discount rate"), "rate"), kind.Field("invoice_discount", N_("Invoice's discount"), "rate"),
    kind.Field("total", N_("Total"), "money"), kind.Field("tax", N_("Tax"), "money"),
    kind.Field("unit_cost", N_("Purchase price"), "money"), "seller", "source", "campaign",
    kind.Field("payment", N_("Payment")), "status", "note",
    any_of=("unit_price", "total"), at=1,
)  # fmt: skip
THING = Thing(
    "sale", N_("document"), Sale,
    lists=listing(
        "sales", N_("Sales"), "number", "kind", "day", Field("time", N_("Time"), "time"), "customer", ("seller", _SELLERS),
        Field("payment", N_("Payment")), Field("lines", N_("Lines"), "count"),
        Field("discount", N_("Discount"), "money"), Field("total", N_("Amount"), "money"), Field("tax", N_("Tax"), "money"),
        looks=_holding, within={"seller_id": _sold_by}, tally=(SumDay.day, SumDay.documents),
    ),
    new=N_("Record a sale"),
    picture="receipt",
    empty=N_("Every sale you record stands here; all numbers come from them."),
    place=SALES,
    shortcut=Shortcut("F2", words="فاکتور"),
    lights=N_("Record a sale"),
    search=Search(1, how=_numbered),
    starts="sale",
    opens=lambda _, row: ("sale", row),
    void=record_void,
    verbs=(Verb(N_("Give back"), Opens("return", {"sale": "id"}), ("kind", "sale")),),
    besides=(Verb(N_("The day's takings"), Opens("takings"), tip=N_("One sum for the whole day, for who does not write invoices")),),
    narrow=("kind", N_("All documents"), tuple(KINDS.items())),
    cells={"payment": PAYMENT_NAMES, "kind": KINDS, "discount": _unless_none, "tax": _unless_none},
    file=_FILE,
    exports={name: _EXPORT.format(kind=which) for name, which in (("sales", "sale"), ("returns", "return"), ("takings", "lump"))},
)  # fmt: skip
PAID = Thing(
    "payment", "", Payment,
    lists=listing(
        "payments", N_("Payments"), "day", "kind", Field("sale", N_("Invoice"), "code"), "customer", "amount",
        looks=("customer", "sale"),
    ),
    new=N_("Record a sale"),
    empty=N_("What was paid for your sales, and how; it is written here by itself."),
    place=SALES, tab=1,
    file=_FILE,
    starts="sale",
    opens=_sale_paid,
    cells={"kind": PAYMENT_NAMES},
)  # fmt: skip
