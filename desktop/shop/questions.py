"""What each plain list asks of the book: the row's key, its status, then one value per column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, literal, or_, select
from sqlalchemy.orm import aliased

from desktop.shop.search import named_like
from desktop.store.tables import (
    Activity,
    Barcode,
    Batch,
    Campaign,
    Category,
    ChangeRow,
    Cost,
    Customer,
    DayOff,
    Deal,
    Lead,
    NpsAnswer,
    Payment,
    PriceIndex,
    Product,
    Sale,
    SaleSeller,
    Seller,
    Source,
    Stage,
    SumCustomer,
    Target,
    User,
)
from desktop.values.fold import code as clean_code
from desktop.values.fold import fold
from desktop.values.period import Period

Question = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Filter:
    """What a list shows, and in which order.

    ``all``: void and archived rows too. ``only``: (column of the table, value) pairs, such as ``("kind", "return")`` or
    ``("seller_id", 3)``. ``sort`` is a column's key, empty for the list's own order.
    """

    text: str = ""
    period: Period | None = None
    all: bool = False
    only: tuple[tuple[str, Any], ...] = ()
    sort: str = ""
    descending: bool = False


def _chosen(question: Question, chosen: Filter, table: Any, day: Any = None) -> Question:
    """Only the rows of the filter's days and values; void and archived ones only when asked."""
    if not chosen.all and hasattr(table, "archived"):
        question = question.where(table.archived == 0)
    elif not chosen.all and hasattr(table, "status"):
        question = question.where(table.status != "void")
    if day is not None and chosen.period is not None:
        question = question.where(day >= chosen.period.start, day < chosen.period.end)
    for name, value in chosen.only:
        if table is Sale and name == "seller_id":
            question = question.where(
                select(SaleSeller.sale_id).where(SaleSeller.sale_id == Sale.id, SaleSeller.seller_id == value).exists()
            )
        else:
            question = question.where(getattr(table, name) == value)
    return question


def _holding(question: Question, chosen: Filter, *columns: Any) -> Question:
    if not fold(chosen.text):
        return question
    return question.where(or_(*(column.contains(fold(chosen.text), autoescape=True) for column in columns)))


def _state(table: Any) -> Any:
    if hasattr(table, "archived"):
        return func.iif(table.archived == 1, "archived", "final")
    return func.iif(table.status == "void", "void", "final")


def sales(chosen: Filter) -> Question:
    sellers = (
        select(func.group_concat(Seller.name, "، "))
        .join(SaleSeller, SaleSeller.seller_id == Seller.id)
        .where(SaleSeller.sale_id == Sale.id)
        .scalar_subquery()
    )
    question = select(
        Sale.id, Sale.status, Sale.number, Sale.kind, Sale.day, Sale.time, Customer.name, sellers, Sale.payment, Sale.lines,
        Sale.discount, Sale.total, Sale.tax,
    ).outerjoin(Customer, Customer.id == Sale.customer_id)  # fmt: skip
    if fold(chosen.text):
        # by index on either side: a number that begins so, or a customer called so
        number = clean_code(chosen.text)
        numbered = and_(Sale.kind.in_(("sale", "return", "lump")), Sale.number >= number, Sale.number < number + chr(0x10FFFF))
        person = aliased(Customer)
        question = question.where(
            or_(numbered, Sale.customer_id.in_(select(person.id).where(named_like(person, chosen.text, person.phone))))
        )
    return _chosen(question, chosen, Sale, Sale.day)


def products(chosen: Filter) -> Question:
    barcodes = select(func.group_concat(Barcode.text, " ")).where(Barcode.product_id == Product.id).scalar_subquery()
    question = select(
        Product.id, _state(Product), Product.name, Product.code, barcodes, Category.name, Product.unit, Product.price, Product.cost
    ).outerjoin(Category, Category.id == Product.category_id)
    return _chosen(_holding(question, chosen, Product.name_fold, Product.code, barcodes, Category.name_fold), chosen, Product)


def customers(chosen: Filter) -> Question:
    question = (
        select(Customer.id, _state(Customer), Customer.name, Customer.phone, Source.name, SumCustomer.last_day, SumCustomer.orders,
               SumCustomer.net)
        .outerjoin(Source, Source.id == Customer.first_source_id)
        .outerjoin(SumCustomer, SumCustomer.customer_id == Customer.id)
    )  # fmt: skip
    if fold(chosen.text):
        question = question.where(or_(named_like(Customer, chosen.text, Customer.phone), Customer.code == clean_code(chosen.text)))
    return _chosen(question, chosen, Customer)


def named(table: Any, *more: Any) -> Callable[[Filter], Question]:
    """The list of a table that has little more than names."""

    def question(chosen: Filter) -> Question:
        return _chosen(_holding(select(table.id, _state(table), table.name, *more), chosen, table.name_fold), chosen, table)

    return question


def categories(chosen: Filter) -> Question:
    goods = select(func.count()).where(Product.category_id == Category.id, Product.archived == 0).scalar_subquery()
    return named(Category, goods)(chosen)


def sources(chosen: Filter) -> Question:
    came = select(func.count()).where(Customer.first_source_id == Source.id, Customer.archived == 0).scalar_subquery()
    return named(Source, came)(chosen)


def leads(chosen: Filter) -> Question:
    question = (
        select(Lead.id, _state(Lead), Lead.day, Lead.name, Lead.phone, Source.name, Seller.name, Campaign.name, Customer.name, Lead.status)
        .outerjoin(Source, Source.id == Lead.source_id)
        .outerjoin(Seller, Seller.id == Lead.seller_id)
        .outerjoin(Campaign, Campaign.id == Lead.campaign_id)
        .outerjoin(Customer, Customer.id == Lead.customer_id)
    )
    if fold(chosen.text):
        question = question.where(or_(named_like(Lead, chosen.text, Lead.phone), Lead.code == clean_code(chosen.text)))
    return _chosen(question, chosen, Lead, Lead.day)


def deals(chosen: Filter) -> Question:
    question = (
        select(Deal.id, Deal.status, Deal.number, Deal.name, Customer.name, Seller.name, Stage.name, Deal.value, Deal.opened, Deal.expected,
               Deal.closed, Deal.reason)
        .join(Stage, Stage.id == Deal.stage_id)
        .outerjoin(Customer, Customer.id == Deal.customer_id)
        .outerjoin(Seller, Seller.id == Deal.seller_id)
    )  # fmt: skip
    return _chosen(_holding(question, chosen, Deal.name_fold, Deal.number, Customer.name_fold), chosen, Deal, Deal.opened)


def activities(chosen: Filter) -> Question:
    question = (
        select(Activity.id, Activity.status, Activity.day, Activity.kind, Seller.name, Customer.name, Deal.name, Activity.due,
               Activity.done, Activity.note)
        .outerjoin(Seller, Seller.id == Activity.seller_id)
        .outerjoin(Customer, Customer.id == Activity.customer_id)
        .outerjoin(Deal, Deal.id == Activity.deal_id)
    )  # fmt: skip
    return _chosen(_holding(question, chosen, Customer.name_fold, Deal.name_fold, Activity.note), chosen, Activity, Activity.day)


def campaigns(chosen: Filter) -> Question:
    spent = select(func.sum(Cost.amount)).where(Cost.campaign_id == Campaign.id, Cost.status == "final").scalar_subquery()
    columns = (Campaign.channel, Campaign.first_day, Campaign.last_day, Campaign.budget, spent)
    return named(Campaign, *columns)(chosen)


def costs(chosen: Filter) -> Question:
    question = (
        select(Cost.id, Cost.status, Cost.day, Cost.kind, Campaign.name, Seller.name, Cost.amount, Cost.note)
        .outerjoin(Campaign, Campaign.id == Cost.campaign_id)
        .outerjoin(Seller, Seller.id == Cost.seller_id)
    )
    return _chosen(_holding(question, chosen, Campaign.name_fold, Seller.name_fold, Cost.note), chosen, Cost, Cost.day)


def targets(chosen: Filter) -> Question:
    whose = func.coalesce(Seller.name, Category.name, Campaign.name)
    question = (
        select(Target.id, Target.status, Target.start, Target.span, Target.kpi, whose, Target.value, Target.direction, Target.person)
        .outerjoin(Seller, Seller.id == Target.seller_id)
        .outerjoin(Category, Category.id == Target.category_id)
        .outerjoin(Campaign, Campaign.id == Target.campaign_id)
    )
    return _chosen(_holding(question, chosen, Seller.name_fold, Target.person), chosen, Target, Target.start)


def nps(chosen: Filter) -> Question:
    question = select(
        NpsAnswer.id, NpsAnswer.status, NpsAnswer.day, NpsAnswer.score, Customer.name, NpsAnswer.reason
    ).outerjoin(Customer, Customer.id == NpsAnswer.customer_id)  # fmt: skip
    return _chosen(_holding(question, chosen, Customer.name_fold, NpsAnswer.reason), chosen, NpsAnswer, NpsAnswer.day)


def payments(chosen: Filter) -> Question:
    question = (
        select(Payment.id, Payment.status, Payment.day, Payment.kind, Sale.number, Customer.name, Payment.amount)
        .outerjoin(Sale, Sale.id == Payment.sale_id)
        .outerjoin(Customer, Customer.id == Payment.customer_id)
    )
    return _chosen(_holding(question, chosen, Customer.name_fold, Sale.number), chosen, Payment, Payment.day)


def price_index(_: Filter) -> Question:
    return select(PriceIndex.month, literal("final"), PriceIndex.month, PriceIndex.value, PriceIndex.origin)


def days_off(chosen: Filter) -> Question:
    return _chosen(select(DayOff.day, literal("final"), DayOff.day, DayOff.name, DayOff.closed), chosen, DayOff, DayOff.day)


def batches(chosen: Filter) -> Question:
    state = func.iif(Batch.undone_at.is_(None), "final", "void")
    return _holding(select(Batch.id, state, Batch.at, Batch.kind, Batch.file, Batch.counts), chosen, Batch.file)


def changes(_: Filter) -> Question:
    return select(ChangeRow.id, ChangeRow.kind, ChangeRow.at, User.name, ChangeRow.kind, ChangeRow.name, ChangeRow.holes).join(User)
