"""Recording, changing and voiding sales; the day's takings in one sum."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.shop.drafts import Amounts, LineDraft, SaleDraft, amounts, costed, problems
from desktop.shop.entity import insist, there
from desktop.store import dialect, series
from desktop.store.access import may, sees
from desktop.store.tables import OWED, Customer, Payment, Product, Sale, SaleLine, SaleSeller
from desktop.values.fold import clean, code
from desktop.values.rounding import WHOLE, half_up
from desktop.values.text import N_, Refused

if TYPE_CHECKING:
    from desktop.store import Store


_HEAD = {"day": "day", "time": "time", "customer": "customer_id", "source": "source_id", "campaign": "campaign_id", "deal": "deal_id",
         "payment": "payment", "note": "note"}  # fmt: skip


def sell(s: Session, draft: SaleDraft) -> int:
    """The sale is recorded; gives back its id. Only negative lines make it a return.

    Raises:
        Refused: the first of `problems`, or the role does not allow it.
    """
    may(s, "sell")
    insist(problems(s, draft))
    sale = Sale(kind=draft.kind, number=code(draft.number or "") or own_number(s, draft.kind))
    _write(s, sale, draft)
    return sale.id


def change_sale(s: Session, sale_id: int, draft: SaleDraft) -> None:
    """The sale says what the draft says; its number stays unless the draft names another.

    Returns that are linked to it follow its customer and its sellers.

    Raises:
        Refused: the first of `problems`; the document is void, a return linked to a sale, or a day's takings; goods of it
            were given back and a line would change.
    """
    may(s, "sell")
    sale = open_document(s, sale_id)
    if sale.original_id is not None:
        raise Refused(N_("This return belongs to a sale. Void it, then give the goods back again."))
    if sale.kind == "lump":
        raise Refused(N_("This is a day's takings in one sum; change its amount."))
    draft = replace(draft, number=draft.number or sale.number)
    insist(problems(s, draft, sale_id))
    returns = s.scalars(select(Sale).where(Sale.original_id == sale_id, Sale.status == "final")).all()
    before = sale_draft(s, sale_id)
    if returns and (before.lines, before.invoice_discount, before.kind) != (draft.lines, draft.invoice_discount, draft.kind):
        raise Refused(N_("Part of this sale was given back, so its lines stay. Void the return first."), field="lines")
    if returns and draft.day and draft.day > min(back.day for back in returns):
        raise Refused(N_("Goods cannot come back before they were sold."), field="day")
    sale.kind, sale.number = draft.kind, code(draft.number or "")
    _write(s, sale, draft)
    for back in returns:
        back.customer_id, back.source_id, back.campaign_id = sale.customer_id, sale.source_id, sale.campaign_id
        share_out(s, back, draft.sellers)


def void_sale(s: Session, sale_id: int) -> None:
    """The document counts nowhere any more; it stays to be seen.

    Raises:
        Refused: it is void already, or goods of it were given back.
    """
    may(s, "sell")
    sale = open_document(s, sale_id)
    if s.scalar(select(Sale.id).where(Sale.original_id == sale_id, Sale.status == "final")):
        raise Refused(N_("Part of this sale was given back. Void the return first."))
    sale.status = "void"
    for payment in s.scalars(select(Payment).where(Payment.sale_id == sale_id, Payment.status == "final")):
        payment.status = "void"


def record_takings(
    s: Session, day: dt.date, amount: int, *, lump: int | None = None, seller: int | None = None, payment: str | None = None,
    note: str | None = None,
) -> int:  # fmt: skip
    """The day's takings in one sum, for who does not write invoices: only revenue, growth and targets see it; gives back their id.

    ``lump``: those in the book that are another sum now.
    """
    may(s, "sell")
    takings = open_document(s, lump) if lump else Sale(kind="lump", number=own_number(s, "lump"))
    if takings.kind != "lump":
        raise Refused(N_("That document is not a day's takings."))
    if amount <= 0:
        raise Refused(N_("Type the day's takings."), field="amount")
    takings.day, takings.payment, takings.note = day, payment, clean(note or "") or None
    takings.lines, takings.gross, takings.discount, takings.total, takings.tax = 1, amount, 0, amount, 0
    s.add(takings)
    s.flush()
    line = next(iter(_lines(s, takings.id)), None) or SaleLine(sale_id=takings.id, position=1, quantity=1000)
    line.gross = line.total = amount
    s.add(line)
    share_out(s, takings, () if seller is None else ((seller, WHOLE),))
    pay(s, takings)
    return takings.id


def sale_draft(s: Session, sale_id: int) -> SaleDraft:
    """The document as a form shows it; without what its goods cost where the session's user may not see that."""
    sale = s.get_one(Sale, sale_id)
    lines, costs = _lines(s, sale_id), sees(s, "cost")
    parts = s.execute(select(SaleSeller.seller_id, SaleSeller.share).where(SaleSeller.sale_id == sale_id))
    return SaleDraft(
        number=sale.number,
        sellers=tuple(parts),
        invoice_discount=sum(line.invoice_discount for line in lines),
        lines=tuple(_line_draft(line, costs=costs) for line in lines),
        **{name: getattr(sale, column) for name, column in _HEAD.items()},
    )


def own_number(s: Session, kind: str) -> str:
    """Our own next number of a kind, taken inside the change."""
    return series.take(dialect.run(s.connection()), "sale", kind)[0]


def open_document(s: Session, sale_id: int) -> Sale:
    """The document, if it still counts.

    Raises:
        Refused: it is void, or was undone.
    """
    sale = there(s, Sale, sale_id)
    if sale.status != "final":
        raise Refused(N_("That document is void already."))
    return sale


# One change of the book each, named for undo


def record_sale(store: Store, draft: SaleDraft) -> int:
    """Records a sale as one change of the book; gives back its id."""
    name = N_("Record sale {number}") if draft.kind == "sale" else N_("Record return {number}")
    with store.changing(name, "sell") as s:
        sale = sell(s, draft)
        s.info["holes"]["number"] = s.get_one(Sale, sale).number
        return sale


def record_change(store: Store, sale_id: int, draft: SaleDraft) -> None:
    with store.changing(N_("Change sale {number}"), "sell", number=_number_of(store, sale_id)) as s:
        change_sale(s, sale_id, draft)


def record_void(store: Store, sale_id: int) -> None:
    with store.changing(N_("Void document {number}"), "sell", number=_number_of(store, sale_id)) as s:
        void_sale(s, sale_id)


def _number_of(store: Store, sale_id: int) -> str:
    with store.reading() as s:
        return open_document(s, sale_id).number


# Inside


def _write(s: Session, sale: Sale, draft: SaleDraft) -> None:
    for name, column in _HEAD.items():
        setattr(sale, column, getattr(draft, name))
    sale.note = clean(draft.note or "") or None
    if draft.customer is not None and draft.source is None:
        sale.source_id = s.get_one(Customer, draft.customer).first_source_id
    draft = costed(s, _own_costs(s, sale, draft))
    worked = amounts(draft)
    sale.lines, sale.gross, sale.discount = len(draft.lines), worked.gross, worked.discount
    sale.total, sale.tax = worked.total, worked.tax
    s.add(sale)
    s.flush()
    _write_lines(s, sale, draft, worked)
    share_out(s, sale, draft.sellers)
    pay(s, sale)


def _own_costs(s: Session, sale: Sale, draft: SaleDraft) -> SaleDraft:
    """What goods cost is said by who may see it: another's line keeps the cost it has in the book, or has its product's of today."""
    if sees(s, "cost"):
        return draft
    known = {line.id: line for line in _lines(s, sale.id)} if sale.id else {}

    def own(line: LineDraft) -> LineDraft:
        before = known.get(line.id or 0)
        if before is not None and before.product_id == line.product:
            return replace(line, unit_cost=before.unit_cost)
        product = s.get(Product, line.product) if line.product is not None and line.quantity > 0 else None
        return replace(line, unit_cost=product.cost if product else None)

    return replace(draft, lines=tuple(own(line) for line in draft.lines))


def _write_lines(s: Session, sale: Sale, draft: SaleDraft, worked: Amounts) -> None:
    """The document's rows are the draft's lines: those it names are changed, the others go, new ones come."""
    known = {line.id: line for line in _lines(s, sale.id)}
    for position, (typed, figures) in enumerate(zip(draft.lines, worked.lines, strict=True), 1):
        line = known.pop(typed.id or 0, None) or SaleLine(sale_id=sale.id)
        if line.id is None or line.product_id != typed.product:
            line.measured = s.get_one(Product, typed.product).measured if typed.product is not None else 0
        line.position, line.product_id, line.quantity = position, typed.product, typed.quantity
        line.unit_price, line.unit_cost, line.note = typed.unit_price, typed.unit_cost, clean(typed.note or "") or None
        line.damaged = int(typed.damaged and typed.quantity < 0)
        for name, figure in figures._asdict().items():
            setattr(line, name, figure)
        s.add(line)
    for line in known.values():
        for back in s.scalars(select(SaleLine).where(SaleLine.original_line_id == line.id)):
            back.original_line_id = None  # only a void return can still name it
        s.delete(line)


def share_out(s: Session, sale: Sale, sellers: Sequence[tuple[int, int]]) -> None:
    """The document is these sellers', by these shares of 10,000."""
    wanted = dict(sellers)
    for part in s.scalars(select(SaleSeller).where(SaleSeller.sale_id == sale.id)):
        if part.seller_id in wanted:
            part.share = wanted.pop(part.seller_id)
        else:
            s.delete(part)
    s.add_all(SaleSeller(sale_id=sale.id, seller_id=seller, share=share) for seller, share in wanted.items())


def pay(s: Session, sale: Sale) -> None:
    """The whole amount, tax included, was paid in the document's one kind - unless it is owed."""
    paid = s.scalars(select(Payment).where(Payment.sale_id == sale.id, Payment.status == "final").order_by(Payment.id)).first()
    if sale.payment in (None, OWED) or not sale.total + sale.tax:
        if paid is not None:
            paid.status = "void"
        return
    paid = paid or Payment(sale_id=sale.id)
    paid.day, paid.time, paid.customer_id = sale.day, sale.time, sale.customer_id
    paid.kind, paid.amount = sale.payment, sale.total + sale.tax
    s.add(paid)


def _lines(s: Session, sale_id: int) -> Sequence[SaleLine]:
    return s.scalars(select(SaleLine).where(SaleLine.sale_id == sale_id).order_by(SaleLine.position, SaleLine.id)).all()


def _line_draft(line: SaleLine, *, costs: bool) -> LineDraft:
    multiplied = line.unit_price is not None and line.gross == half_up(line.unit_price * line.quantity, 1000)
    return LineDraft(
        product=line.product_id,
        quantity=line.quantity,
        unit_price=line.unit_price,
        discount=line.discount - line.invoice_discount,
        tax=line.tax,
        unit_cost=line.unit_cost if costs else None,
        note=line.note,
        damaged=bool(line.damaged),
        gross=None if multiplied else line.gross,
        id=line.id,
    )
