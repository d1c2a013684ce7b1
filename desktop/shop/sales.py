"""Recording, changing and voiding sales; giving back; the day's takings in one sum."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.shop.access import may
from desktop.store import settings
from desktop.store.tables import Customer, Payment, Product, Sale, SaleLine, SaleSeller
from desktop.values.rounding import half_up, split
from desktop.values.text import N_, Refused, tr

WHOLE = 10_000
PAYMENTS = ("cash", "card", "transfer", "credit", "cheque", "other")


@dataclass(frozen=True)
class LineDraft:
    """``quantity`` in thousandths (negative: given back in an exchange); ``unit_cost`` None: the product's, if known."""

    product: int | None
    quantity: int = 1000
    unit_price: int = 0
    discount: int = 0
    tax: int = 0
    unit_cost: int | None = None
    note: str | None = None


@dataclass(frozen=True)
class SaleDraft:
    """A sale as typed: money in the smallest unit; ``sellers`` as (seller, share of 10,000)."""

    day: dt.date
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


@dataclass(frozen=True)
class Problem:
    """What is wrong with a draft, beside which field."""

    field: str
    sentence: str


@dataclass(frozen=True)
class Amounts:
    """A draft's lines worked out: per line (gross, whole discount, part of the invoice's, total, cost), and the totals."""

    lines: tuple[tuple[int, int, int, int, int | None], ...] = field(default=())
    gross: int = 0
    discount: int = 0
    total: int = 0
    tax: int = 0


def amounts(draft: SaleDraft, costs: Sequence[int | None] | None = None) -> Amounts:
    """What the lines come to: price × quantity rounded half up once a line, the invoice's discount by largest remainder.

    A discount carries the sign of its line; the invoice's is spread over positive lines by their net.
    """
    gross = [half_up(line.unit_price * line.quantity, 1000) for line in draft.lines]
    own = [line.discount if line.quantity >= 0 else -abs(line.discount) for line in draft.lines]
    nets = [max(0, g - d) if g > 0 else 0 for g, d in zip(gross, own, strict=True)]
    spread = split(draft.invoice_discount, nets) if draft.invoice_discount and sum(nets) else [0] * len(nets)
    lines = []
    for at, line in enumerate(draft.lines):
        discount = own[at] + spread[at]
        unit_cost = costs[at] if costs else line.unit_cost
        cost = None if unit_cost is None else half_up(unit_cost * line.quantity, 1000)
        lines.append((gross[at], discount, spread[at], gross[at] - discount, cost))
    discounts = sum(line[1] for line in lines)
    return Amounts(tuple(lines), sum(gross), discounts, sum(gross) - discounts, sum(line.tax for line in draft.lines))


def problems(s: Session, draft: SaleDraft) -> tuple[Problem, ...]:
    """What keeps the draft from being recorded, in the order of the form."""
    found = []
    if not draft.lines:
        found.append(Problem("lines", tr("A sale needs at least one line.")))
    for line in draft.lines:
        if line.quantity == 0:
            found.append(Problem("lines", tr("A line needs a quantity.")))
        if line.unit_price < 0:
            found.append(Problem("lines", tr("A price cannot be negative; to give goods back, type a negative quantity.")))
        if abs(line.discount) > abs(half_up(line.unit_price * line.quantity, 1000)):
            found.append(Problem("lines", tr("A discount cannot be more than its line.")))
    worked = amounts(draft)
    if draft.invoice_discount < 0 or draft.invoice_discount > sum(max(0, line[0] - line[1] + line[2]) for line in worked.lines):
        found.append(Problem("invoice_discount", tr("The invoice's discount cannot be more than the invoice.")))
    if draft.sellers and sum(share for _, share in draft.sellers) != WHOLE:
        found.append(Problem("sellers", tr("The sellers' shares must add up to 100 %.")))
    if draft.payment is not None and draft.payment not in PAYMENTS:
        found.append(Problem("payment", tr("Choose how it was paid.")))
    if draft.payment == "credit" and draft.customer is None:
        found.append(Problem("customer", tr("A sale on credit needs a customer.")))
    if draft.number and s.scalar(select(Sale.id).where(Sale.number == draft.number, Sale.kind.in_(("sale", "return")))):
        found.append(Problem("number", tr("Invoice {number} is there already.", number=draft.number)))
    return tuple(found)


def sell(s: Session, draft: SaleDraft) -> int:
    """The sale is recorded; gives back its id. Only negative lines make it a return.

    Raises:
        Refused: the first of `problems`, or the role does not allow it.
    """
    may(s, "sell")
    _insist(problems(s, draft))
    kind = "sale" if any(line.quantity > 0 for line in draft.lines) else "return"
    sale = Sale(kind=kind, number=draft.number or next_number(s, kind), day=draft.day, entered_at=utc_now(), lines=0, gross=0,
                discount=0, total=0, tax=0)  # fmt: skip
    s.add(sale)
    _write(s, sale, draft)
    return sale.id


def change_sale(s: Session, sale_id: int, draft: SaleDraft) -> None:
    """The sale says what the draft says; its number stays unless the draft names another."""
    may(s, "sell")
    sale = _open_sale(s, sale_id)
    number = draft.number if draft.number != sale.number else None
    _insist(problems(s, replace(draft, number=number)))
    for line in s.scalars(select(SaleLine).where(SaleLine.sale_id == sale_id)):
        if s.scalar(select(SaleLine.id).where(SaleLine.original_line_id == line.id)):
            raise Refused(N_("Part of this sale was given back, so its lines stay. Void the return first."))
        s.delete(line)
    for part in s.scalars(select(SaleSeller).where(SaleSeller.sale_id == sale_id)):
        s.delete(part)
    for payment in s.scalars(select(Payment).where(Payment.sale_id == sale_id, Payment.status == "final")):
        payment.status = "void"
    s.flush()
    sale.number = draft.number or sale.number
    sale.kind = "sale" if any(line.quantity > 0 for line in draft.lines) else "return"
    _write(s, sale, draft)


def void_sale(s: Session, sale_id: int) -> None:
    """The document counts nowhere any more; it stays to be seen."""
    may(s, "sell")
    sale = _open_sale(s, sale_id)
    if s.scalar(select(Sale.id).where(Sale.original_id == sale_id, Sale.status == "final")):
        raise Refused(N_("Part of this sale was given back. Void the return first."))
    sale.status = "void"
    for payment in s.scalars(select(Payment).where(Payment.sale_id == sale_id, Payment.status == "final")):
        payment.status = "void"


@dataclass(frozen=True)
class BackLine:
    """``line`` of the original sale, ``quantity`` > 0 in thousandths; ``damaged``: its cost is not taken back."""

    line: int
    quantity: int
    damaged: bool = False


def give_back(s: Session, original_id: int, lines: Sequence[BackLine], *, day: dt.date, payment: str | None = None) -> int:
    """A return linked to its sale: what was paid for the goods goes back, to the rial over all returns together.

    Raises:
        Refused: nothing chosen, or more than was sold and not yet given back.
    """
    may(s, "sell")
    original = _open_sale(s, original_id)
    if not lines:
        raise Refused(N_("Choose what was given back."), field="lines")
    if day < original.day:
        raise Refused(N_("Goods cannot come back before they were sold."), field="day")
    back = Sale(kind="return", number=next_number(s, "return"), day=day, entered_at=utc_now(), original_id=original_id,
                customer_id=original.customer_id, source_id=original.source_id, campaign_id=original.campaign_id,
                payment=payment or original.payment, lines=0, gross=0, discount=0, total=0, tax=0)  # fmt: skip
    s.add(back)
    s.flush()
    for position, chosen in enumerate(lines, 1):
        _give_line_back(s, back, original_id, chosen, position)
    for part in s.scalars(select(SaleSeller).where(SaleSeller.sale_id == original_id)):
        s.add(SaleSeller(sale_id=back.id, seller_id=part.seller_id, share=part.share))
    s.flush()
    _total(s, back)
    _pay(s, back)
    return back.id


def _give_line_back(s: Session, back: Sale, original_id: int, chosen: BackLine, position: int) -> None:
    line = s.get(SaleLine, chosen.line)
    if line is None or line.sale_id != original_id or line.quantity <= 0:
        raise Refused(N_("That line is not in this sale."), field="lines")
    earlier = s.execute(
        select(func.coalesce(func.sum(-SaleLine.quantity), 0), func.coalesce(func.sum(-SaleLine.gross), 0),
               func.coalesce(func.sum(-SaleLine.discount), 0), func.coalesce(func.sum(-SaleLine.cost), 0),
               func.coalesce(func.sum(-SaleLine.tax), 0))
        .join(Sale, Sale.id == SaleLine.sale_id)
        .where(SaleLine.original_line_id == line.id, Sale.status == "final")
    ).one()  # fmt: skip
    left = line.quantity - earlier[0]
    if not 0 < chosen.quantity <= left:
        raise Refused(N_("Of this line {left} can still be given back."), left=left / 1000, field="lines")

    def part(whole: int | None, gone: int) -> int:
        return (whole or 0) - gone if chosen.quantity == left else half_up((whole or 0) * chosen.quantity, line.quantity)

    gross, discount, tax = part(line.gross, earlier[1]), part(line.discount or 0, earlier[2]), part(line.tax or 0, earlier[4])
    cost = None if line.cost is None else part(line.cost or 0, earlier[3])
    s.add(SaleLine(sale_id=back.id, position=position, product_id=line.product_id, quantity=-chosen.quantity, measured=line.measured,
                   unit_price=line.unit_price, unit_cost=line.unit_cost, gross=-gross, discount=-discount, total=discount - gross,
                   cost=None if cost is None else -cost, tax=-tax, damaged=int(chosen.damaged), original_line_id=line.id))  # fmt: skip


def record_takings(s: Session, day: dt.date, amount: int, *, seller: int | None = None, payment: str | None = None) -> int:
    """The day's takings in one sum: only revenue, growth and targets see it."""
    may(s, "sell")
    if amount == 0:
        raise Refused(N_("Type the day's takings."), field="amount")
    lump = Sale(kind="lump", number=next_number(s, "lump"), day=day, entered_at=utc_now(), payment=payment, lines=1, gross=amount,
                discount=0, total=amount, tax=0)  # fmt: skip
    s.add(lump)
    s.flush()
    s.add(SaleLine(sale_id=lump.id, position=1, quantity=1000, unit_price=None, gross=amount, total=amount))
    if seller is not None:
        s.add(SaleSeller(sale_id=lump.id, seller_id=seller, share=WHOLE))
    return lump.id


def sale_draft(s: Session, sale_id: int) -> SaleDraft:
    """The sale as a form shows it."""
    sale = s.get_one(Sale, sale_id)
    lines = s.scalars(select(SaleLine).where(SaleLine.sale_id == sale_id).order_by(SaleLine.position)).all()
    sellers = s.execute(select(SaleSeller.seller_id, SaleSeller.share).where(SaleSeller.sale_id == sale_id)).tuples()
    return SaleDraft(
        day=sale.day,
        time=sale.time,
        number=sale.number,
        customer=sale.customer_id,
        source=sale.source_id,
        campaign=sale.campaign_id,
        deal=sale.deal_id,
        payment=sale.payment,
        note=sale.note,
        sellers=tuple(sellers),
        invoice_discount=sum(line.invoice_discount for line in lines),
        lines=tuple(
            LineDraft(line.product_id, line.quantity, line.unit_price or 0, line.discount - line.invoice_discount, line.tax,
                      line.unit_cost, line.note)
            for line in lines
        ),
    )  # fmt: skip


def next_number(s: Session, kind: str) -> str:
    """Our own numbers go on from the largest purely numeric one of the latest documents, to one that is free."""
    numbers = s.scalars(select(Sale.number).where(Sale.kind == kind).order_by(Sale.id.desc()).limit(200))
    recent = [int(number) for number in numbers if number.isdecimal() and len(number) < 16]
    candidate = max(recent, default=s.scalar(select(func.count()).where(Sale.kind == kind)) or 0) + 1
    while s.scalar(select(Sale.id).where(Sale.kind == kind, Sale.number == str(candidate))):
        candidate += 1
    return str(candidate)


def utc_now() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def shop_day(s: Session, now: dt.datetime | None = None) -> dt.date:
    """The day a new document gets: the computer's, less the hour at which the shop's day starts."""
    now = now or dt.datetime.now()  # noqa: DTZ005 - the shop's own wall clock
    hours, minutes = map(int, settings.get(s, "day_starts").split(":"))
    return (now - dt.timedelta(hours=hours, minutes=minutes)).date()


# Inside


def _insist(found: Sequence[Problem]) -> None:
    if found:
        raise Refused(found[0].sentence, field=found[0].field)


def _open_sale(s: Session, sale_id: int) -> Sale:
    sale = s.get(Sale, sale_id)
    if sale is None or sale.status != "final":
        raise Refused(N_("That document is void already."))
    return sale


def _write(s: Session, sale: Sale, draft: SaleDraft) -> None:
    sale.day, sale.time, sale.customer_id, sale.note = draft.day, draft.time, draft.customer, draft.note
    sale.source_id, sale.campaign_id, sale.deal_id, sale.payment = draft.source, draft.campaign, draft.deal, draft.payment
    if draft.customer is not None and draft.source is None:
        customer = s.get_one(Customer, draft.customer)
        sale.source_id = customer.first_source_id
    products = {line.product: s.get_one(Product, line.product) for line in draft.lines if line.product is not None}
    costs = [line.unit_cost if line.unit_cost is not None or line.product is None else products[line.product].cost for line in draft.lines]
    worked = amounts(draft, costs)
    s.flush()
    for position, (line, unit_cost, figures) in enumerate(zip(draft.lines, costs, worked.lines, strict=True), 1):
        gross, discount, part, total, cost = figures
        product = products.get(line.product) if line.product is not None else None
        s.add(SaleLine(sale_id=sale.id, position=position, product_id=line.product, quantity=line.quantity,
                       measured=product.measured if product else 0, unit_price=line.unit_price, unit_cost=unit_cost, gross=gross,
                       discount=discount, invoice_discount=part, total=total, cost=cost, tax=line.tax, note=line.note))  # fmt: skip
    for seller, share in draft.sellers:
        s.add(SaleSeller(sale_id=sale.id, seller_id=seller, share=share))
    s.flush()
    _total(s, sale)
    _pay(s, sale)


def _total(s: Session, sale: Sale) -> None:
    """The header's totals are those of its lines."""
    n, gross, discount, total, tax = s.execute(
        select(func.count(), func.sum(SaleLine.gross), func.sum(SaleLine.discount), func.sum(SaleLine.total), func.sum(SaleLine.tax))
        .where(SaleLine.sale_id == sale.id)
    ).one()  # fmt: skip
    sale.lines, sale.gross, sale.discount, sale.total, sale.tax = n, gross or 0, discount or 0, total or 0, tax or 0


def _pay(s: Session, sale: Sale) -> None:
    """The whole amount, tax included, was paid in the sale's one kind - unless it is owed."""
    if sale.payment not in (None, "credit") and sale.total + sale.tax:
        s.add(Payment(day=sale.day, time=sale.time, entered_at=utc_now(), customer_id=sale.customer_id, sale_id=sale.id,
                      kind=sale.payment, amount=sale.total + sale.tax))  # fmt: skip
