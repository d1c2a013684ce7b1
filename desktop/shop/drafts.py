"""A sale as it is typed: its lines, what they come to, and what is wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.shop.clock import is_behind, shop_day
from desktop.shop.entity import GONE, Problem
from desktop.store.access import sees
from desktop.store.closed import CLOSED
from desktop.store.tables import OWED, PAYMENTS, Campaign, Closing, Customer, Deal, Product, Sale, Seller, Source, User
from desktop.values.fold import code
from desktop.values.money import MOST
from desktop.values.rounding import WHOLE, half_up, split
from desktop.values.text import N_, tr
from desktop.values.unit import Unit

# Translators: the ways of paying, as they stand in lists and forms.
PAYMENT_NAMES = {
    "cash": N_("cash"), "card": N_("card"), "transfer": N_("transfer"), "credit": N_("on credit"), "cheque": N_("cheque"),
    "other": N_("other"),
}  # fmt: skip


@dataclass(frozen=True)
class LineDraft:
    """One line as typed: ``quantity`` in thousandths, negative when it is given back in an exchange.

    ``discount`` is the whole line's. ``unit_cost`` None: the product's of today, if it is known. ``gross`` only where it is
    not quantity × price (a line that came with nothing but its total). ``id``: the line of the book that is changed;
    without a new ``unit_cost`` it keeps its own, even if that is none.
    """

    product: int | None
    quantity: int = 1000
    unit_price: int | None = None
    discount: int = 0
    tax: int = 0
    unit_cost: int | None = None
    note: str | None = None
    damaged: bool = False
    gross: int | None = None
    id: int | None = None

    def retyped(self, **fields: Any) -> LineDraft:
        """This line with other ``fields``; a new quantity or price makes a new amount."""
        amount = None if {"quantity", "unit_price"} & fields.keys() else self.gross
        return replace(self, **{"gross": amount, **fields})


@dataclass(frozen=True)
class SaleDraft:
    """A sale as typed: money in the smallest unit; ``sellers`` as (seller, share of 10,000); ``day`` None: not said yet."""

    day: dt.date | None
    lines: tuple[LineDraft, ...] = ()
    time: str | None = None
    customer: int | None = None
    sellers: tuple[tuple[int, int], ...] = ()
    source: int | None = None
    campaign: int | None = None
    deal: int | None = None
    payment: str | None = "cash"
    invoice_discount: int = 0
    number: str | None = None
    note: str | None = None

    @property
    def kind(self) -> str:
        """Only goods given back make a return; an exchange is a sale at its net."""
        return "sale" if any(line.quantity > 0 for line in self.lines) or not self.lines else "return"


class LineAmounts(NamedTuple):
    """A line worked out; ``discount`` is its own and its ``invoice_discount`` together; a line given back is negative."""

    gross: int
    discount: int
    invoice_discount: int
    total: int
    cost: int | None
    tax: int


@dataclass(frozen=True)
class Amounts:
    """A draft worked out: per line, and the sums."""

    lines: tuple[LineAmounts, ...] = ()
    gross: int = 0
    discount: int = 0
    total: int = 0
    tax: int = 0


def amounts(draft: SaleDraft) -> Amounts:
    """What the lines come to: quantity × price rounded half up once a line; the invoice's discount by largest remainder.

    A discount and a tax carry the sign of their line; the invoice's discount is spread over positive lines by their net.
    """
    gross = [_gross(line) for line in draft.lines]
    own = [_signed(line.discount, line) for line in draft.lines]
    nets = [max(0, g - d) if line.quantity > 0 else 0 for g, d, line in zip(gross, own, draft.lines, strict=True)]
    spread = split(draft.invoice_discount, nets) if sum(nets) else [0] * len(nets)
    lines = tuple(
        LineAmounts(gross[at], own[at] + part, part, gross[at] - own[at] - part, _cost(line), _signed(line.tax, line))
        for at, (line, part) in enumerate(zip(draft.lines, spread, strict=True))
    )
    gross_sum, discount_sum = sum(line.gross for line in lines), sum(line.discount for line in lines)
    return Amounts(lines, gross_sum, discount_sum, gross_sum - discount_sum, sum(line.tax for line in lines))


def _gross(line: LineDraft) -> int:
    return line.gross if line.gross is not None else half_up((line.unit_price or 0) * line.quantity, 1000)


def _signed(amount: int, line: LineDraft) -> int:
    return amount if line.quantity >= 0 else -abs(amount)


def _cost(line: LineDraft) -> int | None:
    return None if line.unit_cost is None else half_up(line.unit_cost * line.quantity, 1000)


def blank_sale(s: Session, now: dt.datetime | None = None) -> SaleDraft:
    """A new sale with today's day and the hour; no day when the computer's clock cannot be right.

    Somebody who is a seller sells in her own name.
    """
    now = now or dt.datetime.now()  # noqa: DTZ005 - the shop's own wall clock
    user = s.get(User, s.info["user"])
    sellers = ((user.seller_id, WHOLE),) if user and user.seller_id else ()
    if is_behind(s, now.astimezone(dt.UTC)):
        return SaleDraft(None, sellers=sellers)
    return SaleDraft(shop_day(s, now), time=now.strftime("%H:%M"), sellers=sellers)


def product_line(s: Session, product: int) -> LineDraft:
    """One piece of the product at its price of today."""
    return LineDraft(product, unit_price=s.get_one(Product, product).price)


# What is wrong


def problems(s: Session, draft: SaleDraft, sale_id: int | None = None) -> tuple[Problem, ...]:
    """What keeps the draft from being recorded, in the order of the form; ``sale_id``: the document it changes."""
    lines = (problem for at, line in enumerate(draft.lines) for problem in _line_problems(at, line))
    return (*lines, *_sum_problems(costed(s, draft)), *_gone(s, draft), *_head_problems(s, draft, sale_id))


def _sum_problems(draft: SaleDraft) -> Iterator[Problem]:
    if not draft.lines:
        yield Problem("lines", tr("A sale needs at least one line."))
    worked = amounts(replace(draft, invoice_discount=0)).lines
    largest = max((sum(abs(one or 0) for one in column) for column in zip(*worked, strict=True)), default=0)
    if largest > MOST:
        refusal = tr("This comes to {amount}, more than a book can hold; check the number of zeros.", amount=Unit.MONEY.write(largest))
        yield Problem("lines", refusal)
    payable = sum(max(0, line.total + line.invoice_discount) for line in worked)
    if not 0 <= draft.invoice_discount <= payable:
        yield Problem("invoice_discount", tr("The invoice's discount cannot be more than the invoice."))


def _line_problems(at: int, line: LineDraft) -> Iterator[Problem]:
    if line.quantity == 0:
        yield Problem("quantity", tr("A line needs a quantity."), at)
    if line.unit_price is None and line.gross is None:
        yield Problem("price", tr("Type the price; 0 for a gift."), at)
    elif (line.unit_price or 0) < 0:
        yield Problem("price", tr("A price cannot be negative; to give goods back, type a negative quantity."), at)
    elif abs(line.discount) > abs(_gross(line)) or (line.discount < 0 < line.quantity):
        yield Problem("discount", tr("A discount is between zero and the whole line."), at)
    if line.tax < 0 < line.quantity or (line.unit_cost or 0) < 0:
        yield Problem("lines", tr("Tax and cost cannot be negative."), at)


def _gone(s: Session, draft: SaleDraft) -> list[Problem]:
    """What the draft names and the book has not: it was added beside the form, and that was undone."""
    named: list[tuple[str, Any, int | None, int | None]] = [("product", Product, line.product, at) for at, line in enumerate(draft.lines)]
    named += [("sellers", Seller, seller, None) for seller, _ in draft.sellers]
    named += [("customer", Customer, draft.customer, None), ("source", Source, draft.source, None),
              ("campaign", Campaign, draft.campaign, None), ("deal", Deal, draft.deal, None)]  # fmt: skip
    return [Problem(field, tr(GONE), at) for field, table, row, at in named if row is not None and s.get(table, row) is None]


def _head_problems(s: Session, draft: SaleDraft, sale_id: int | None) -> Iterator[Problem]:
    shares = [share for _, share in draft.sellers]
    if shares and (sum(shares) != WHOLE or min(shares) <= 0 or len(dict(draft.sellers)) < len(shares)):
        yield Problem("sellers", tr("The sellers' shares must add up to 100%."))
    if draft.payment is not None and draft.payment not in PAYMENTS:
        yield Problem("payment", tr("Choose how it was paid."))
    if draft.payment == OWED and draft.customer is None:
        yield Problem("customer", tr("A sale on credit needs a customer."))
    if draft.day is None:
        yield Problem("day", tr("The computer's clock stands before your last entry: type the day yourself, then set the clock right."))
    elif closed(s, draft.day):
        yield Problem("day", tr(CLOSED))
    same = select(Sale.id).where(Sale.kind == draft.kind, Sale.number == code(draft.number or ""), Sale.id != (sale_id or 0))
    if draft.number and s.scalar(same) is not None:
        yield Problem("number", tr("Invoice {number} is there already.", number=code(draft.number)))


def closed(s: Session, day: dt.date) -> bool:
    """Whether ``day`` lies in a closed month."""
    return s.scalar(select(Closing.id).where(Closing.start <= day, Closing.end > day)) is not None


def remarks(s: Session, draft: SaleDraft) -> Iterator[Problem]:
    """What is worth a second look, though it can be recorded as it is."""
    if draft.day is not None and draft.day > shop_day(s):
        yield Problem("day", tr("That day is still to come; until then the sale counts nowhere."))
    if draft.day is not None and s.scalar(select(Sale.id).where(Sale.kind == "lump", Sale.day == draft.day, Sale.status == "final")):
        yield Problem("day", tr("This day's takings are in the book as one sum already; this sale is added to it."))
    if not sees(s, "cost"):
        return
    for at, (line, worked) in enumerate(zip(draft.lines, amounts(costed(s, draft)).lines, strict=True)):
        if worked.cost is not None and line.quantity > 0 and worked.total < worked.cost:
            yield Problem("price", tr("This line is sold below its purchase price."), at)


def costed(s: Session, draft: SaleDraft) -> SaleDraft:
    """The draft with the cost of each good as it is today.

    Goods given back without their sale keep the cost that was typed, or none; so does a line that is in the book already.
    """
    known = dict(s.execute(select(Product.id, Product.cost).where(Product.id.in_({line.product for line in draft.lines}))).all())

    def with_cost(line: LineDraft) -> LineDraft:
        if line.unit_cost is not None or line.quantity < 0 or line.id is not None or line.product is None:
            return line
        return replace(line, unit_cost=known.get(line.product))

    return replace(draft, lines=tuple(with_cost(line) for line in draft.lines))
