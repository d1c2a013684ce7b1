"""The sale form: goods by name, code or scanner, all by keyboard, the total always in sight."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.shop.drafts import PAYMENT_NAMES, SaleDraft, amounts, blank_sale, problems, remarks
from desktop.shop.entity import Problem
from desktop.shop.sales import record_change, record_sale, record_void, sale_draft
from desktop.store.tables import Campaign, Customer, Sale, Seller, Source
from desktop.ui.fields import Choice, EnterMoves, Line, Percent, Portion, code_field, day_field, glance, go_to, read
from desktop.ui.panel import Saying
from desktop.ui.picker import Picker
from desktop.ui.sale_lines import SaleLines, line_sentence
from desktop.ui.sellers import Sellers
from desktop.ui.typed import Typed
from desktop.ui.widgets import NONE, across, button, grid, label
from desktop.values.digits import plain
from desktop.values.rounding import half_up, split
from desktop.values.text import tr
from desktop.values.unit import Unit

if TYPE_CHECKING:
    from desktop.ui.stage import Stage

WIDE = 560


class SaleForm(Saying):
    """A new sale, or one opened to be changed; a new one that is left before it is saved comes back the next time."""

    def __init__(self, stage: Stage, sale_id: int | None) -> None:
        super().__init__(tr("Record a sale"), stage.close_panel)
        self.setFixedWidth(WIDE)
        self.stage, self.desk, self._id = stage, stage.desk, sale_id
        self._base, self._done = SaleDraft(None), False
        self.entry = SaleLines(self.desk)
        self.notice = label("", "remark")
        self.notice.hide()
        self.box.addWidget(self.notice)
        self.box.addWidget(self.entry, 1)
        self.box.addLayout(self._head_fields())
        self.box.addWidget(self.said)
        self.parts, self.total = label("", "small"), label("", "big", wrap=False)
        self.whole.insertLayout(2, across((self.parts, 1), self.total, edge=(20, 6, 20, 0)))  # out of the part that scrolls
        self._load()
        self.entry.changed.connect(self.show_totals)
        self.entry.finished.connect(self.save)
        self.entry.passed.connect(lambda: go_to(self.customer))
        fields = [self.customer, *self.sellers.widgets, self.payment, self.day, self.off, self.tax, self.source, self.campaign, self.number,
                  self.note, self.button]  # fmt: skip
        self._moves = EnterMoves(fields, self.save, self)
        self.sellers.grown.connect(lambda more: self._moves.insert(self.payment, more))
        for field in (self.off, self.tax, self.day, self.customer):
            field.textChanged.connect(self.show_totals)
        self.payment.currentIndexChanged.connect(lambda _: self.show_totals())
        self.show_totals()

    # Building

    def _head_fields(self) -> QGridLayout:
        self.customer = Picker("customer", self.desk.find, self.desk.make)
        self.sellers = Sellers(self.desk)
        self.payment = Choice((*((key, tr(title)) for key, title in PAYMENT_NAMES.items()), ("", tr("not said"))))
        self.off, self.tax, self.day = Portion(), Portion(), day_field()
        self.source, self.campaign = (Picker(one, self.desk.find, self.desk.make) for one in ("source", "campaign"))
        self.number, self.note = code_field(), Line()
        for field, hint in ((self.number, tr("by itself")), (self.tax, tr("amount or %")), (self.off, tr("amount or %"))):
            field.setPlaceholderText(hint)
        head, self.rest = grid(8, 6, 1, 1), QWidget()
        rest = grid(8, -1, edge=NONE, on=self.rest)
        for place, row, column, key, title, widget in (
            (head, 0, 0, "customer", tr("Customer (empty: walk-in)"), self.customer), (head, 0, 1, "sellers", tr("Seller"), self.sellers),
            (head, 1, 0, "payment", tr("Payment"), self.payment), (head, 1, 1, "day", tr("Day"), self.day),
            (head, 2, 0, "invoice_discount", tr("Discount of the invoice"), self.off), (head, 2, 1, "tax", tr("Tax"), self.tax),
            (rest, 0, 0, "source", tr("Source"), self.source), (rest, 0, 1, "campaign", tr("Campaign"), self.campaign),
            (rest, 1, 0, "number", tr("Invoice number"), self.number), (rest, 1, 1, "note", tr("Note"), self.note),
        ):  # fmt: skip
            place.addLayout(self.spot(key, title, widget), row, column)
        self.more = button(tr("More: source, campaign, number, note"), lambda: self._show_more(focus=True), "chevron-down", "link")
        head.addWidget(self.more, 3, 0, 1, 2, Qt.AlignmentFlag.AlignLeading)
        self.rest.hide()
        head.addWidget(self.rest, 4, 0, 1, 2)
        return head

    def _show_more(self, *, focus: bool = False) -> None:
        self.more.hide()
        self.rest.show()
        if focus:
            go_to(self.source)

    # What it holds

    def first(self) -> QWidget:
        return self.entry.product

    def typed(self) -> Typed:
        self._done = True  # it goes on elsewhere, and was not left
        more = self._base, self.entry.kept(), len(self.sellers.pickers), self.rest.isVisibleTo(self)
        return replace(super().typed(), more=more)

    def type_again(self, typed: Typed) -> None:
        self._base, entry, sellers, more = typed.more
        while len(self.sellers.pickers) < sellers:
            self.sellers.add()
        if more:
            self._show_more()
        self.entry.keep(entry)
        super().type_again(typed)
        self.entry.keep_saying(entry, same=typed.same)

    def _load(self) -> None:
        kept = self.desk.unfinished if self._id is None else None
        with self.desk.store.reading() as s:
            draft = kept or blank_sale(s) if self._id is None else sale_draft(s, self._id)
            names = {seller: s.get_one(Seller, seller).name for seller, _ in draft.sellers}
            for picker, table, row in (
                (self.customer, Customer, draft.customer),
                (self.source, Source, draft.source),
                (self.campaign, Campaign, draft.campaign),
            ):
                picker.set_value(row, "" if row is None else s.get_one(table, row).name)  # type: ignore[attr-defined]
        self._base = draft
        self.sellers.set_value(draft.sellers, names)
        self.payment.set_value(draft.payment or "")
        self.day.set_value(draft.day)
        self.off.set_value(draft.invoice_discount or None)
        self.tax.set_value(sum(line.tax for line in draft.lines) or None)
        self.number.set_value(draft.number)
        self.note.set_value(draft.note)
        if draft.source or draft.campaign or draft.note:
            self._show_more()
        self.entry.show_lines(draft.lines)
        if kept is not None:
            self._notify(tr("The sale you had begun is here again."))
            self.foot.addWidget(button(tr("Start anew"), self._start_anew))
        if self._id is not None:
            self._opened(self._id)

    def _notify(self, sentence: str) -> None:
        self.notice.setText(sentence)
        self.notice.setVisible(bool(sentence))

    def _start_anew(self) -> None:
        self.desk.unfinished = None
        for field in (self.off, self.tax, self.number, self.note):
            field.clear()
        self.hush()
        self._notify("")
        self._load()
        self.entry.clear()

    def _opened(self, row: int) -> None:
        """A document of the book: its number, what it forbids, and what else can be done with it."""
        with self.desk.store.reading() as s:
            sale = s.get_one(Sale, row)
            number, kind, void, part = Unit.CODE.number(sale.number), sale.kind, sale.status == "void", sale.original_id is not None
        self.set_title(tr("Return {number}", number=number) if kind == "return" else tr("Invoice {number}", number=number))
        if void or part:
            stays = tr("This return belongs to a sale. Void it, then give the goods back again.")
            self._notify(tr("This document is void; it counts nowhere.") if void else stays)
            self.forbid()
            for field in self.entry.fields:
                field.setEnabled(False)
            self.entry.table.opened.disconnect()
            self.entry.table.removed.disconnect()
        if void:
            return
        if kind == "sale":
            self.foot.addWidget(button(tr("Give back"), lambda: self.stage.open_form("return", values={"sale": row}), "undo-2"))
        self.end(tr("Void"), "trash-2", lambda: record_void(self.desk.store, row))

    # What it comes to

    def show_totals(self) -> None:
        """Amounts as they stand, and which lines are wrong or worth a second look."""
        draft = self.draft(quiet=True)
        worked = amounts(draft)
        with self.desk.store.reading() as s:
            wrong = [one for one in problems(s, draft, self._id) if one.line is not None]
            found = wrong or ([] if self._id else [*remarks(s, draft)])
        self.entry.show_amounts(worked, frozenset(one.line for one in wrong if one.line is not None))
        self.total.setText(Unit.MONEY.write(worked.total + worked.tax, to_the_rial=True))
        self.total.setAccessibleName(plain(tr("Total: {amount}", amount=self.total.text())))
        parts = [tr("Goods: {amount}", amount=Unit.MONEY.number(worked.gross))] if worked.discount or worked.tax else []
        parts += [tr("Discount: {amount}", amount=Unit.MONEY.number(worked.discount))] if worked.discount else []
        parts += [tr("Tax: {amount}", amount=Unit.MONEY.number(worked.tax))] if worked.tax else []
        self.parts.setText("   ".join(parts))
        if self.button.isEnabled():
            self.hush()
            self.tell([Problem("" if one.line is not None else one.field, line_sentence(one)) for one in found], wrong=bool(wrong))

    def draft(self, *, quiet: bool = False) -> SaleDraft:
        """The sale as it stands in the form; ``quiet`` leaves out what cannot be read, and makes nothing.

        Raises:
            Refused: something cannot be read.
        """
        said = glance if quiet else read
        day = said(self.day)
        time = self._base.time if self._id is not None or day == self._base.day else None  # the hour is of today
        bare = replace(self._base, day=day, time=time, lines=tuple(self.entry.lines), invoice_discount=0)
        off, tax = said(self.off), said(self.tax)
        net = sum(max(0, line.total) for line in amounts(bare).lines)
        discount = half_up(net * off, 10_000) if isinstance(off, Percent) else off or 0
        draft = _taxed(replace(bare, invoice_discount=min(discount, net) if quiet else discount), tax)
        return replace(
            draft, number=said(self.number), note=said(self.note), payment=self.payment.value() or None, customer=said(self.customer),
            source=said(self.source), campaign=said(self.campaign), sellers=said(self.sellers),
        )  # fmt: skip

    # Saving

    def save(self) -> None:
        """Records the sale; a half-typed line goes in first."""
        if not self.button.isEnabled() or (self.entry.typed and not self.entry.enter()):
            return
        super().save()

    def _save(self) -> None:
        # what is wrong is said before new names are made; a new customer is not wrong
        if self._wrong([one for one in self._problems(self.draft(quiet=True)) if one.field != "customer"]):
            return
        draft = self.draft()
        if self._wrong(self._problems(draft)):
            return
        if self._id is None:
            record_sale(self.desk.store, draft)
        else:
            record_change(self.desk.store, self._id, draft)
        self._done, self.desk.unfinished = True, None
        self.close_panel()

    def _problems(self, draft: SaleDraft) -> list[Problem]:
        with self.desk.store.reading() as s:
            return [*problems(s, draft, self._id)]

    def _wrong(self, found: list[Problem]) -> bool:
        if found and found[0].field == "lines" and not self.entry.lines:
            self.entry.complain(found[0].sentence, self.entry.product)
            return True
        if found and found[0].line is not None:
            self.entry.complain(line_sentence(found[0]))
            self.entry.reopen(found[0].line)
            return True
        return self.complain(found)

    def hideEvent(self, event: QHideEvent) -> None:
        """A new sale with lines that is left is not lost."""
        super().hideEvent(event)
        if self._id is None and not self._done and not event.spontaneous():
            self.desk.unfinished = self.draft(quiet=True) if self.entry.lines else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        else:
            super().keyPressEvent(event)


def _taxed(draft: SaleDraft, tax: int | None) -> SaleDraft:
    """The tax on the lines: a percentage of each, or an amount shared out by what they cost.

    Lines that carry exactly this tax already keep it as it is.
    """
    if not isinstance(tax, Percent) and (tax or 0) == sum(line.tax for line in draft.lines):
        return draft
    nets = [abs(line.total) for line in amounts(draft).lines]
    if isinstance(tax, Percent):
        parts = [half_up(net * tax, 10_000) for net in nets]
    else:
        parts = split(tax or 0, nets) if sum(nets) else [0] * len(nets)
    return replace(draft, lines=tuple(replace(line, tax=part) for line, part in zip(draft.lines, parts, strict=True)))
