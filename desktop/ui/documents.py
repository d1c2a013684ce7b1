"""Documents beside the sale: goods that come back, the day's takings in one sum; and which form a document opens in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from desktop.shop.clock import shop_day
from desktop.shop.drafts import PAYMENT_NAMES
from desktop.shop.entity import Problem, Values
from desktop.shop.returns import BackLine, Returnable, paid_back, record_return, returnable
from desktop.shop.sales import record_takings, record_void, sale_draft
from desktop.store.tables import Sale, Seller
from desktop.ui.fields import Choice, EnterMoves, Line, day_field, glance, go_to, mark_wrong, money_field, quantity_field, read
from desktop.ui.panel import Panel, Saying
from desktop.ui.picker import Picker
from desktop.ui.sale import SaleForm
from desktop.ui.widgets import across, button, down, label, named
from desktop.values.digits import foreign, plain
from desktop.values.text import N_, Refused, tr
from desktop.values.unit import Unit

if TYPE_CHECKING:
    from desktop.ui.stage import Stage

WIDE = 480


def document_form(stage: Stage, row: int | None, values: Values) -> Panel:
    """The form of a document: a new sale, a sale or free return, a day's takings."""
    lump = row is not None and stage.desk.read(lambda s: s.get_one(Sale, row).kind) == "lump"
    return TakingsForm(stage, row, values) if lump else SaleForm(stage, row)


def payment_choice(kept: str | None) -> Choice:
    """How it was paid; «not said» is offered where the book does not know."""
    unsaid = () if kept else (("", tr("not said")),)
    made = Choice((*((key, tr(title)) for key, title in PAYMENT_NAMES.items()), *unsaid))
    made.set_value(kept or "")
    return made


class ReturnForm(Saying):
    """What came back of ``values["sale"]``: a quantity beside each of its lines, and what the customer gets."""

    def __init__(self, stage: Stage, row: int | None, values: Values) -> None:
        super().__init__(tr("Goods given back"), stage.close_panel)
        self.setFixedWidth(WIDE)
        self.desk, self._sale = stage.desk, values["sale"]
        with self.desk.store.reading() as s:
            document = s.get_one(Sale, self._sale)
            self.set_title(tr("Given back of invoice {number}", number=Unit.CODE.number(document.number)))
            self.back, today, paid = returnable(s, self._sale), max(shop_day(s), document.day), document.payment
        self.quantities: list[Line] = []
        self.damaged: list[QCheckBox] = []
        for line in self.back:
            self.box.addLayout(self._line(line))
        if not self.back:
            self.box.addWidget(label(tr("Everything of this sale has come back already."), "soft"))
        whole = button(tr("Everything"), self.everything)
        self.day, self.payment = day_field(), payment_choice(paid)
        self.day.set_value(today)
        day, payment = self.spot("day", tr("Day"), self.day), self.spot("payment", tr("Paid back by"), self.payment)
        self.box.addLayout(across((day, 1), (payment, 1), gap=8))
        self.total = label("", "big", wrap=False)
        for part in (label(tr("The customer gets"), "soft"), self.total, self.said):
            self.box.addWidget(part)
        self.box.addStretch(1)
        for one in (whole, self.button):
            one.setEnabled(bool(self.back))
        self.foot.addWidget(whole)
        self._moves = EnterMoves([*self.quantities, self.day, self.payment, self.button], self.save, self)
        self._count()

    def _line(self, line: Returnable) -> QHBoxLayout:
        quantity = named(quantity_field(), tr("Quantity of {product}", product=line.name), f"quantity-{line.line}")
        damaged = named(QCheckBox(tr("damaged")), tr("{product} is damaged", product=line.name), f"damaged-{line.line}")
        quantity.setFixedWidth(96)
        quantity.setPlaceholderText(plain(Unit.QUANTITY.number(line.left)))
        quantity.textChanged.connect(self._count)
        damaged.setToolTip(tr("What is damaged cannot be sold again: its cost stays a cost."))
        self.quantities.append(quantity)
        self.damaged.append(damaged)
        numbers = {"left": Unit.QUANTITY.number(line.left), "sold": Unit.QUANTITY.number(line.sold)}
        words = label(foreign(line.name), "h3"), label(tr("{left} of {sold} can come back", **numbers), "small")
        return across((down(*words, gap=0), 1), damaged, quantity, gap=12)

    def first(self) -> QWidget:
        return self.quantities[0] if self.quantities else self.day

    def everything(self) -> None:
        """All that is left comes back."""
        for line, field in zip(self.back, self.quantities, strict=True):
            field.set_value(line.left)
        go_to(self.button)

    def lines(self) -> list[BackLine]:
        """What is typed, line by line.

        Raises:
            Refused: a quantity cannot be read.
        """
        typed = zip(self.back, self.quantities, self.damaged, strict=True)
        found = [(line.line, field.value(), damaged.isChecked()) for line, field, damaged in typed]
        return [BackLine(row, quantity, hurt) for row, quantity, hurt in found if quantity]

    def _count(self) -> None:
        """What the customer gets for what is typed so far."""
        self.hush()
        gets = 0
        for line, field in zip(self.back, self.quantities, strict=True):
            mark_wrong(field, wrong=not 0 <= (glance(field) or 0) <= line.left)
        try:
            with self.desk.store.reading() as s:
                gets = paid_back(s, self._sale, self.lines())
        except Refused as refused:
            self.tell([Problem("", str(refused))])
        self.total.setText(Unit.MONEY.write(gets, to_the_rial=True))
        self.total.setAccessibleName(plain(tr("The customer gets {amount}", amount=self.total.text())))

    def _save(self) -> None:
        day = read(self.day, needed=True)
        record_return(self.desk.store, self._sale, self.lines(), day=day, payment=self.payment.value() or None)
        self.close_panel()


class TakingsForm(Saying):
    """A day's takings in one sum, for who does not write invoices."""

    def __init__(self, stage: Stage, sale: int | None, values: Values) -> None:
        super().__init__(tr("The day's takings"), stage.close_panel)
        self.desk, self._id, desk = stage.desk, sale, stage.desk
        self.day, self.amount, self.seller, self.note = day_field(), money_field(), Picker("seller", desk.find, desk.make), Line()
        void = False
        with desk.store.reading() as s:
            if sale is None:
                self.day.set_value(shop_day(s))
                paid: str | None = "cash"
            else:
                document, draft = s.get_one(Sale, sale), sale_draft(s, sale)
                void, paid = document.status == "void", draft.payment
                self.day.set_value(draft.day)
                self.amount.set_value(document.total)
                self.note.set_value(draft.note)
                for seller, _ in draft.sellers:
                    self.seller.set_value(seller, s.get_one(Seller, seller).name)
        self.payment = payment_choice(paid)
        self.box.addWidget(label(tr("Only sales, growth and targets see this sum; baskets and customers need invoices."), "soft"))
        amount = tr("{field} ({unit})", field=tr("Amount"), unit=Unit.MONEY.word)
        for key, title, widget in (
            ("day", tr("Day"), self.day), ("amount", amount, self.amount), ("seller", tr("Seller"), self.seller),
            ("payment", tr("Payment"), self.payment), ("note", tr("Note"), self.note),
        ):  # fmt: skip
            self.box.addLayout(self.spot(key, title, widget))
        self.box.addWidget(self.said)
        self.box.addStretch(1)
        self._moves = EnterMoves([self.day, self.amount, self.seller, self.payment, self.note, self.button], self.save, self)
        if void:
            self.tell([Problem("", tr("This document is void; it counts nowhere."))])
            self.forbid()
        elif sale is not None:
            self.end(tr("Void"), "trash-2", lambda: record_void(desk.store, sale))

    def first(self) -> QWidget:
        return self.amount

    def _save(self) -> None:
        day, amount = read(self.day, needed=True), read(self.amount) or 0
        more = {"seller": self.seller.value(), "payment": self.payment.value() or None, "note": self.note.value()}
        name = N_("Record the day's takings") if self._id is None else N_("Change the day's takings")
        with self.desk.store.changing(name, "sell") as s:
            record_takings(s, day, amount, lump=self._id, **more)
        self.close_panel()
