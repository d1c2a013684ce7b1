"""Giving goods back to the sale they came from: never more than was sold, to the smallest unit what was paid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.shop.sales import open_document, own_number, pay, share_out
from desktop.store.access import may
from desktop.store.tables import Product, Sale, SaleLine, SaleSeller
from desktop.values.digits import write_quantity
from desktop.values.rounding import half_up
from desktop.values.text import N_, Refused

if TYPE_CHECKING:
    from desktop.store import Store


@dataclass(frozen=True)
class BackLine:
    """``line`` of the original sale, ``quantity`` > 0 in thousandths; ``damaged``: its cost is not taken back."""

    line: int
    quantity: int
    damaged: bool = False


@dataclass(frozen=True)
class Returnable:
    """A line of a sale, and how much of it (thousandths) is still with the customer."""

    line: int
    name: str
    sold: int
    left: int


def returnable(s: Session, sale_id: int) -> tuple[Returnable, ...]:
    """The lines of a sale of which something can still be given back."""
    rows = s.execute(
        select(SaleLine, Product.name)
        .outerjoin(Product, Product.id == SaleLine.product_id)
        .where(SaleLine.sale_id == sale_id, SaleLine.quantity > 0)
        .order_by(SaleLine.position)
    )
    lines = [Returnable(line.id, name or line.note or "", line.quantity, line.quantity - _gone(s, line).quantity) for line, name in rows]
    return tuple(line for line in lines if line.left > 0)


def give_back(s: Session, original_id: int, lines: Sequence[BackLine], *, day: dt.date, payment: str | None = None) -> int:
    """A return linked to its sale: customer, sellers and costs are the sale's; gives back its id.

    Each line takes its part of what was paid; all returns of a line together take exactly the whole.

    Raises:
        Refused: nothing chosen, more than is left, before the sale, or of a document that is void or no sale.
    """
    may(s, "sell")
    original = open_document(s, original_id)
    if original.kind != "sale":
        raise Refused(N_("Only goods of a sale can be given back."))
    if not lines:
        raise Refused(N_("Choose what was given back."), field="lines")
    if day < original.day:
        raise Refused(N_("Goods cannot come back before they were sold."), field="day")
    back = Sale(kind="return", number=own_number(s, "return"), day=day, original_id=original_id, customer_id=original.customer_id,
                source_id=original.source_id, campaign_id=original.campaign_id, payment=payment or original.payment,
                lines=0, gross=0, discount=0, total=0, tax=0)  # fmt: skip
    s.add(back)
    s.flush()
    for position, chosen in enumerate(lines, 1):
        line = _taken_back(s, original_id, chosen)
        line.sale_id, line.position = back.id, position
        s.add(line)
        s.flush()  # the next line may be of the same goods
        back.lines, back.gross, back.discount = position, back.gross + line.gross, back.discount + line.discount
        back.total, back.tax = back.total + line.total, back.tax + line.tax
    parts = s.execute(select(SaleSeller.seller_id, SaleSeller.share).where(SaleSeller.sale_id == original_id)).all()
    share_out(s, back, parts)
    pay(s, back)
    return back.id


def paid_back(s: Session, original_id: int, lines: Sequence[BackLine]) -> int:
    """What the customer gets for ``lines``, tax included, for the form."""
    worked = [_taken_back(s, original_id, chosen) for chosen in lines]
    return -sum(line.total + line.tax for line in worked)


def record_return(store: Store, original_id: int, lines: Sequence[BackLine], *, day: dt.date, payment: str | None = None) -> int:
    """Gives goods back as one change of the book; gives back the return's id."""
    with store.reading() as s:
        number = open_document(s, original_id).number
    with store.changing(N_("Give goods of sale {number} back"), "sell", number=number) as s:
        return give_back(s, original_id, lines, day=day, payment=payment)


def _taken_back(s: Session, original_id: int, chosen: BackLine) -> SaleLine:
    line = s.get(SaleLine, chosen.line)
    if line is None or line.sale_id != original_id or line.quantity <= 0:
        raise Refused(N_("That line is not in this sale."), field="lines")
    gone = _gone(s, line)
    left = line.quantity - gone.quantity
    if not 0 < chosen.quantity <= left:
        raise Refused(N_("Of this line {left} can still be given back."), left=write_quantity(left), field="lines")

    def part(whole: int, taken: int) -> int:
        """What is due after this return, less what was taken: rounding never adds up, and the last return takes the rest."""
        due = half_up(whole * (gone.quantity + chosen.quantity), line.quantity)
        return min(max(0, due - taken), max(0, whole - taken))

    total, discount, tax = part(line.total, gone.total), part(line.discount, gone.discount), part(line.tax, gone.tax)
    cost = None if line.cost is None else -part(line.cost, gone.cost)
    return SaleLine(product_id=line.product_id, quantity=-chosen.quantity, measured=line.measured, unit_price=line.unit_price,
                    unit_cost=line.unit_cost, gross=-total - discount, discount=-discount, invoice_discount=0, total=-total, cost=cost,
                    tax=-tax, damaged=int(chosen.damaged), original_line_id=line.id)  # fmt: skip


def _gone(s: Session, line: SaleLine) -> Any:
    """What earlier returns of a line took: quantity and amounts, all positive."""
    columns = (SaleLine.quantity, SaleLine.total, SaleLine.discount, SaleLine.cost, SaleLine.tax)
    question = select(*(func.coalesce(func.sum(-column), 0).label(column.key) for column in columns))
    return s.execute(
        question.join(Sale, Sale.id == SaleLine.sale_id).where(SaleLine.original_line_id == line.id, Sale.status == "final")
    ).one()
