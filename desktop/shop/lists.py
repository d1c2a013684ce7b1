"""The plain list of every table: its columns, what is searched, and one page of rows at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from desktop.store.tables import (
    Activity,
    Barcode,
    Batch,
    Campaign,
    Category,
    ChangeRow,
    Cost,
    Customer,
    Deal,
    Lead,
    NpsAnswer,
    Product,
    Sale,
    SaleSeller,
    Seller,
    Source,
    Stage,
    SumCustomer,
    Target,
    User,
)  # fmt: skip
from desktop.values.column import Column
from desktop.values.fold import fold
from desktop.values.fold import phone as clean_phone
from desktop.values.period import Period
from desktop.values.text import N_
from desktop.values.unit import Unit

PAGE = 200


@dataclass(frozen=True)
class Filter:
    """What a list shows: matching text, days, archived and void rows too or not."""

    text: str = ""
    period: Period | None = None
    all: bool = False


@dataclass(frozen=True)
class Listing:
    """``question`` selects id, status (final, void, archived ...), then one value per column, newest or first by name first."""

    key: str
    title: str
    entity: str
    columns: tuple[Column, ...]
    question: Callable[[Filter], Select[*tuple[Any, ...]]]

    def page(self, s: Session, chosen: Filter, offset: int = 0, limit: int = PAGE) -> list[tuple[Any, ...]]:
        """``limit`` rows as plain tuples: id, status, values in the columns' order."""
        return [tuple(row) for row in s.execute(self.question(chosen).limit(limit).offset(offset))]

    def count(self, s: Session, chosen: Filter) -> int:
        return s.scalar(select(func.count()).select_from(self.question(chosen).order_by(None).subquery())) or 0


def _found(question: Select[*tuple[Any, ...]], chosen: Filter, *columns: Any) -> Select[*tuple[Any, ...]]:
    text = fold(chosen.text)
    if not text:
        return question
    # escaped: a % that somebody typed is a % that somebody looks for
    return question.where(or_(*(column.contains(text, autoescape=True) for column in columns)))


def _dated(question: Select[*tuple[Any, ...]], chosen: Filter, column: Any) -> Select[*tuple[Any, ...]]:
    if chosen.period is None:
        return question
    return question.where(column >= chosen.period.start, column < chosen.period.end)


def _sales(chosen: Filter) -> Select[*tuple[Any, ...]]:
    sellers = (
        select(func.group_concat(Seller.name, "، "))
        .join(SaleSeller, SaleSeller.seller_id == Seller.id)
        .where(SaleSeller.sale_id == Sale.id)
        .scalar_subquery()
    )
    question = (
        select(Sale.id, Sale.status, Sale.number, Sale.kind, Sale.day, Sale.time, Customer.name, sellers, Sale.payment, Sale.lines,
               Sale.discount, Sale.total)
        .outerjoin(Customer, Customer.id == Sale.customer_id)
        .order_by(Sale.day.desc(), Sale.id.desc())
    )  # fmt: skip
    if not chosen.all:
        question = question.where(Sale.status == "final")
    return _dated(_found(question, chosen, Sale.number, Customer.name_fold), chosen, Sale.day)


def _archived(table: Any) -> Any:
    return func.iif(table.archived == 1, "archived", "final")


def _products(chosen: Filter) -> Select[*tuple[Any, ...]]:
    barcodes = select(func.group_concat(Barcode.text, " ")).where(Barcode.product_id == Product.id).scalar_subquery()
    question = (
        select(
            Product.id, _archived(Product), Product.name, Product.code, barcodes, Category.name, Product.unit, Product.price, Product.cost
        )
        .outerjoin(Category, Category.id == Product.category_id)
        .order_by(Product.name_sort, Product.id)
    )
    if not chosen.all:
        question = question.where(Product.archived == 0)
    return _found(question, chosen, Product.name_fold, Product.code, barcodes)


def _customers(chosen: Filter) -> Select[*tuple[Any, ...]]:
    question = (
        select(Customer.id, _archived(Customer), Customer.name, Customer.phone, Source.name, SumCustomer.last_day, SumCustomer.orders,
               SumCustomer.net)
        .outerjoin(Source, Source.id == Customer.first_source_id)
        .outerjoin(SumCustomer, SumCustomer.customer_id == Customer.id)
        .order_by(Customer.name_sort, Customer.id)
    )  # fmt: skip
    if not chosen.all:
        question = question.where(Customer.archived == 0)
    digits = clean_phone(chosen.text)
    if digits and len(digits) >= 4:
        return question.where(or_(Customer.phone.contains(digits), Customer.name_fold.contains(fold(chosen.text), autoescape=True)))
    return _found(question, chosen, Customer.name_fold, Customer.code)


def _sellers(chosen: Filter) -> Select[*tuple[Any, ...]]:
    question = select(Seller.id, _archived(Seller), Seller.name, Seller.phone, Seller.code, Seller.pay).order_by(Seller.name_sort)
    return _found(question if chosen.all else question.where(Seller.archived == 0), chosen, Seller.name_fold)


def _leads(chosen: Filter) -> Select[*tuple[Any, ...]]:
    question = (
        select(Lead.id, func.iif(Lead.status == "void", "void", "final"), Lead.day, Lead.name, Lead.phone, Source.name, Seller.name,
               Campaign.name, Lead.status)
        .outerjoin(Source, Source.id == Lead.source_id)
        .outerjoin(Seller, Seller.id == Lead.seller_id)
        .outerjoin(Campaign, Campaign.id == Lead.campaign_id)
        .order_by(Lead.day.desc(), Lead.id.desc())
    )  # fmt: skip
    if not chosen.all:
        question = question.where(Lead.status != "void")
    return _dated(_found(question, chosen, Lead.name_fold, Lead.phone), chosen, Lead.day)


def _deals(chosen: Filter) -> Select[*tuple[Any, ...]]:
    question = (
        select(Deal.id, Deal.status, Deal.name, Customer.name, Seller.name, Stage.name, Deal.value, Deal.opened, Deal.expected,
               Deal.closed, Deal.reason)
        .join(Stage, Stage.id == Deal.stage_id)
        .outerjoin(Customer, Customer.id == Deal.customer_id)
        .outerjoin(Seller, Seller.id == Deal.seller_id)
        .order_by(Deal.id.desc())
    )  # fmt: skip
    if not chosen.all:
        question = question.where(Deal.status == "final")
    return _found(question, chosen, Deal.name_fold, Deal.number, Customer.name_fold)


def _activities(chosen: Filter) -> Select[*tuple[Any, ...]]:
    question = (
        select(Activity.id, Activity.status, Activity.day, Activity.kind, Seller.name, Customer.name, Activity.due, Activity.done,
               Activity.note)
        .outerjoin(Seller, Seller.id == Activity.seller_id)
        .outerjoin(Customer, Customer.id == Activity.customer_id)
        .order_by(Activity.day.desc(), Activity.id.desc())
    )  # fmt: skip
    if not chosen.all:
        question = question.where(Activity.status == "final")
    return _dated(_found(question, chosen, Customer.name_fold, Activity.note), chosen, Activity.day)


def _campaigns(chosen: Filter) -> Select[*tuple[Any, ...]]:
    spent = select(func.sum(Cost.amount)).where(Cost.campaign_id == Campaign.id, Cost.status == "final").scalar_subquery()
    question = select(
        Campaign.id, _archived(Campaign), Campaign.name, Campaign.channel, Campaign.first_day, Campaign.last_day, Campaign.budget, spent
    ).order_by(Campaign.first_day.desc(), Campaign.id.desc())
    return _found(question if chosen.all else question.where(Campaign.archived == 0), chosen, Campaign.name_fold)


def _costs(chosen: Filter) -> Select[*tuple[Any, ...]]:
    question = (
        select(Cost.id, Cost.status, Cost.day, Cost.kind, Campaign.name, Seller.name, Cost.amount, Cost.note)
        .outerjoin(Campaign, Campaign.id == Cost.campaign_id)
        .outerjoin(Seller, Seller.id == Cost.seller_id)
        .order_by(Cost.day.desc(), Cost.id.desc())
    )
    if not chosen.all:
        question = question.where(Cost.status == "final")
    return _dated(_found(question, chosen, Campaign.name_fold, Cost.note), chosen, Cost.day)


def _targets(chosen: Filter) -> Select[*tuple[Any, ...]]:
    question = (
        select(Target.id, Target.status, Target.start, Target.kpi, Seller.name, Target.value, Target.direction, Target.person)
        .outerjoin(Seller, Seller.id == Target.seller_id)
        .order_by(Target.start.desc(), Target.id)
    )
    return _found(question if chosen.all else question.where(Target.status == "final"), chosen, Seller.name_fold, Target.person)


def _nps(chosen: Filter) -> Select[*tuple[Any, ...]]:
    question = (
        select(NpsAnswer.id, NpsAnswer.status, NpsAnswer.day, NpsAnswer.score, Customer.name, NpsAnswer.reason)
        .outerjoin(Customer, Customer.id == NpsAnswer.customer_id)
        .order_by(NpsAnswer.day.desc(), NpsAnswer.id.desc())
    )
    if not chosen.all:
        question = question.where(NpsAnswer.status == "final")
    return _dated(_found(question, chosen, Customer.name_fold, NpsAnswer.reason), chosen, NpsAnswer.day)


def _batches(chosen: Filter) -> Select[*tuple[Any, ...]]:
    state = func.iif(Batch.undone_at.is_(None), "final", "void")
    return _found(select(Batch.id, state, Batch.at, Batch.kind, Batch.file, Batch.counts).order_by(Batch.id.desc()), chosen, Batch.file)


def _changes(chosen: Filter) -> Select[*tuple[Any, ...]]:
    return (
        select(ChangeRow.id, ChangeRow.kind, ChangeRow.at, User.name, ChangeRow.name, ChangeRow.holes)
        .join(User, User.id == ChangeRow.user_id)
        .order_by(ChangeRow.id.desc())
    )


def _columns(*parts: tuple[str, str, Unit]) -> tuple[Column, ...]:
    return tuple(Column(key, title, unit) for key, title, unit in parts)


_DAY, _CUSTOMER, _SELLER = ("day", N_("Day"), Unit.DAY), ("customer", N_("Customer"), Unit.TEXT), ("seller", N_("Seller"), Unit.TEXT)
_NAME, _PHONE, _NOTE = ("name", N_("Name"), Unit.TEXT), ("phone", N_("Phone"), Unit.CODE), ("note", N_("Note"), Unit.TEXT)
_CAMPAIGN, _SOURCE = ("campaign", N_("Campaign"), Unit.TEXT), ("source", N_("Source"), Unit.TEXT)
_KIND, _STATUS = ("kind", N_("Kind"), Unit.TEXT), ("status", N_("Status"), Unit.TEXT)

LISTINGS: dict[str, Listing] = {
    one.key: one
    for one in (
        Listing("sales", N_("Sales"), "sale", _columns(("number", N_("Number"), Unit.CODE), _KIND, _DAY, ("time", N_("Time"), Unit.TIME),
                _CUSTOMER, _SELLER, ("payment", N_("Payment"), Unit.TEXT), ("lines", N_("Lines"), Unit.COUNT),
                ("discount", N_("Discount"), Unit.MONEY), ("total", N_("Amount"), Unit.MONEY)), _sales),
        Listing("products", N_("Products"), "product", _columns(_NAME, ("code", N_("Code"), Unit.CODE), ("barcodes", N_("Barcodes"), Unit.CODE),
                ("category", N_("Category"), Unit.TEXT), ("unit", N_("Unit"), Unit.TEXT), ("price", N_("Price"), Unit.MONEY))
                + (Column("cost", N_("Purchase price"), Unit.MONEY, "cost"),), _products),
        Listing("customers", N_("Customers"), "customer", _columns(_NAME, _PHONE, _SOURCE, ("last_day", N_("Last purchase"), Unit.DAY),
                ("orders", N_("Invoices"), Unit.COUNT), ("net", N_("Purchases"), Unit.MONEY)), _customers),
        Listing("sellers", N_("Sellers"), "seller", _columns(_NAME, _PHONE, ("code", N_("Code"), Unit.CODE),
                ("pay", N_("Monthly pay"), Unit.MONEY)), _sellers),
        Listing("leads", N_("Leads"), "lead", _columns(_DAY, _NAME, _PHONE, _SOURCE, _SELLER, _CAMPAIGN, _STATUS), _leads),
        Listing("deals", N_("Deals"), "deal", _columns(("name", N_("Deal"), Unit.TEXT), _CUSTOMER, _SELLER, ("stage", N_("Stage"), Unit.TEXT),
                ("value", N_("Value"), Unit.MONEY), ("opened", N_("Opened"), Unit.DAY), ("expected", N_("Expected"), Unit.DAY),
                ("closed", N_("Closed"), Unit.DAY), ("reason", N_("Reason"), Unit.TEXT)), _deals),
        Listing("activities", N_("Activities"), "activity", _columns(_DAY, _KIND, _SELLER, _CUSTOMER, ("due", N_("Due"), Unit.DAY),
                ("done", N_("Done"), Unit.DAY), _NOTE), _activities),
        Listing("campaigns", N_("Campaigns"), "campaign", _columns(_NAME, ("channel", N_("Channel"), Unit.TEXT),
                ("first_day", N_("First day"), Unit.DAY), ("last_day", N_("Last day"), Unit.DAY), ("budget", N_("Budget"), Unit.MONEY),
                ("spent", N_("Spent"), Unit.MONEY)), _campaigns),
        Listing("costs", N_("Costs"), "cost", _columns(_DAY, _KIND, _CAMPAIGN, _SELLER, ("amount", N_("Amount"), Unit.MONEY), _NOTE), _costs),
        Listing("targets", N_("Targets"), "target", _columns(("month", N_("From"), Unit.DAY), ("kpi", N_("KPI"), Unit.TEXT), _SELLER,
                ("value", N_("Target"), Unit.MONEY), ("direction", N_("At least or at most"), Unit.TEXT),
                ("person", N_("Answerable"), Unit.TEXT)), _targets),
        Listing("nps", N_("Customers' opinions"), "nps", _columns(_DAY, ("score", N_("Score"), Unit.COUNT), _CUSTOMER,
                ("reason", N_("Reason"), Unit.TEXT)), _nps),
        Listing("imports", N_("Imports"), "batch", _columns(("at", N_("When"), Unit.TEXT), _KIND, ("file", N_("File"), Unit.TEXT),
                ("counts", N_("Counts"), Unit.TEXT)), _batches),
        Listing("changes", N_("History"), "change", _columns(("at", N_("When"), Unit.TEXT), ("user", N_("Who"), Unit.TEXT),
                ("name", N_("What"), Unit.TEXT), ("holes", N_("Details"), Unit.TEXT)), _changes),
    )
}  # fmt: skip


def find(s: Session, entity: str, text: str, limit: int = 20) -> list[tuple[int, str, str]]:
    """Things to pick, as (id, name, hint): folded name, phone, code, barcode; an exact code or barcode alone when it fits."""
    tables: dict[str, Any] = {
        "product": Product, "customer": Customer, "seller": Seller, "source": Source, "category": Category, "campaign": Campaign,
        "lead": Lead, "stage": Stage,
    }  # fmt: skip
    if entity == "deal":
        rows = s.execute(select(Deal.id, Deal.name, Deal.number).where(Deal.name_fold.contains(fold(text), autoescape=True), Deal.status == "final")
                         .order_by(Deal.id.desc()).limit(limit)).tuples()  # fmt: skip
        return [(i, name, number or "") for i, name, number in rows]
    table = tables[entity]
    folded = fold(text)
    if entity == "product" and folded:
        exact = s.execute(
            select(Product.id, Product.name, Product.code).outerjoin(Barcode, Barcode.product_id == Product.id)
            .where(or_(Barcode.text == text.strip(), Product.code == text.strip()), Product.archived == 0)
        ).tuples().first()  # fmt: skip
        if exact:
            return [(exact[0], exact[1], exact[2] or "")]
    hint = {"product": Product.code, "customer": Customer.phone, "lead": Lead.phone}.get(entity)
    question = select(table.id, table.name, hint if hint is not None else func.coalesce(None, "")).order_by(
        table.position if entity == "stage" else table.name_sort
    )
    if hasattr(table, "archived"):
        question = question.where(table.archived == 0)
    if folded:
        matches = [table.name_fold.contains(folded, autoescape=True)]
        if hint is not None:
            matches.append(hint.contains(clean_phone(text) or folded, autoescape=True))
        question = question.where(or_(*matches))
    return [(i, name, extra or "") for i, name, extra in s.execute(question.limit(limit))]
