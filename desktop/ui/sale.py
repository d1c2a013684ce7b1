"""The sale form: goods by name, code or scanner, all by keyboard, the total always in sight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from desktop.shop.sales import LineDraft, SaleDraft, amounts, change_sale, problems, sale_draft, sell, shop_day
from desktop.store.tables import Product
from desktop.ui.fields import Choice, EnterMoves, Picker, day_field, money_field, quantity_field
from desktop.ui.pages.listing import PAYMENTS
from desktop.ui.panel import Panel
from desktop.ui.tables import RowsModel, Table
from desktop.values.column import Column
from desktop.values.text import N_, Refused, tr
from desktop.values.unit import Unit

if TYPE_CHECKING:
    from desktop.ui.desk import Desk

WIDE = 560
COLUMNS = (
    Column("product", N_("Product"), Unit.TEXT),
    Column("quantity", N_("Quantity"), Unit.QUANTITY),
    Column("price", N_("Price"), Unit.MONEY),
    Column("discount", N_("Discount"), Unit.MONEY),
    Column("total", N_("Amount"), Unit.MONEY),
)


class SaleForm(Panel):
    """A new sale, or one opened to be changed."""

    def __init__(self, desk: Desk, sale_id: int | None, *, close: Callable[[], None], saved: Callable[[int], None]) -> None:
        super().__init__(tr("Record a sale") if sale_id is None else tr("Sale"), close)
        self.setFixedWidth(WIDE)
        self.desk, self._id, self._saved = desk, sale_id, saved
        self.lines: list[LineDraft] = []
        self.names: dict[int, str] = {}
        self._base = SaleDraft(dt.date.today())  # noqa: DTZ011 - the shop's own clock
        self._entry()
        self._table()
        self._rest()
        self._load()

    # Building

    def _entry(self) -> None:
        self.product = Picker("product", self.desk.find, self.desk.make)
        self.quantity, self.price, self.discount = quantity_field(), money_field(), money_field()
        for name, widget in (("product", self.product), ("quantity", self.quantity), ("price", self.price), ("discount", self.discount)):
            widget.setObjectName(name)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        titles = (tr("Product, code or barcode"), tr("Quantity"), tr("Price"), tr("Discount"))
        for at, (title, widget) in enumerate(zip(titles, (self.product, self.quantity, self.price, self.discount), strict=True)):
            label = QLabel(title)
            label.setObjectName("soft")
            widget.setAccessibleName(title)
            grid.addWidget(label, 0, at)
            grid.addWidget(widget, 1, at)
        for at, stretch in enumerate((5, 2, 3, 3)):
            grid.setColumnStretch(at, stretch)
        self.box.addLayout(grid)
        self.product.picked.connect(self._priced)
        EnterMoves([self.product, self.quantity, self.price, self.discount], self._enter, self)
        self.product.installEventFilter(self)

    def _table(self) -> None:
        self.model = RowsModel(COLUMNS)
        self.table = Table(self.model)
        self.table.setObjectName("sale-lines")
        self.table.setAccessibleName(tr("Lines of the sale"))
        self.table.setMinimumHeight(180)
        self.table.removed.connect(self._drop)
        self.table.opened.connect(self._reopen)
        self.box.addWidget(self.table, 1)

    def _rest(self) -> None:
        self.customer = Picker("customer", self.desk.find, self.desk.make)
        self.seller = Picker("seller", self.desk.find, self.desk.make)
        self.payment = Choice(tuple((key, tr(title)) for key, title in PAYMENTS.items()))
        self.invoice_discount, self.day = money_field(), day_field()
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        rest: tuple[tuple[str, str, QWidget], ...] = (
            ("customer", tr("Customer (empty: walk-in)"), self.customer), ("seller", tr("Seller"), self.seller),
            ("payment", tr("Payment"), self.payment), ("invoice_discount", tr("Discount of the invoice"), self.invoice_discount),
            ("day", tr("Day"), self.day),
        )  # fmt: skip
        for at, (name, title, widget) in enumerate(rest):
            label = QLabel(title)
            label.setObjectName("soft")
            widget.setObjectName(name)
            widget.setAccessibleName(title)
            grid.addWidget(label, at // 2 * 2, at % 2)
            grid.addWidget(widget, at // 2 * 2 + 1, at % 2)
        self.box.addLayout(grid)
        self.said = QLabel()
        self.said.setObjectName("bad")
        self.said.setWordWrap(True)
        self.box.addWidget(self.said)
        foot = QHBoxLayout()
        self.total = QLabel()
        self.total.setObjectName("big")
        foot.addWidget(self.total)
        foot.addStretch(1)
        self.button = QPushButton(tr("Save (Ctrl+Enter)"))
        self.button.setObjectName("primary")
        self.button.clicked.connect(self.save)
        foot.addWidget(self.button)
        self.box.addLayout(foot)
        EnterMoves([self.customer, self.seller, self.payment, self.invoice_discount, self.day, self.button], self.save, self)
        self.invoice_discount.textChanged.connect(lambda: self._show())

    def _load(self) -> None:
        with self.desk.store.reading() as s:
            if self._id is None:
                self.day.set_value(shop_day(s))
            else:
                self._base = draft = sale_draft(s, self._id)
                self.lines = list(draft.lines)
                for line in self.lines:
                    if line.product is not None:
                        self.names[line.product] = s.get_one(Product, line.product).name
                self.day.set_value(draft.day)
                self.payment.set_value(draft.payment)
                self.invoice_discount.set_value(draft.invoice_discount or None)
                from desktop.store.tables import Customer, Seller

                if draft.customer is not None:
                    self.customer.set_value(draft.customer, s.get_one(Customer, draft.customer).name)
                if draft.sellers:
                    self.seller.set_value(draft.sellers[0][0], s.get_one(Seller, draft.sellers[0][0]).name)
        self._show()

    def first(self) -> QWidget:
        return self.product

    # Lines

    def _priced(self, product: int | None) -> None:
        """What a picked product costs; one piece, unless said otherwise."""
        if product is None:
            return
        with self.desk.store.reading() as s:
            row = s.get_one(Product, product)
            self.names[product] = row.name
            if not self.quantity.text():
                self.quantity.set_value(1000)
            if row.price is not None:
                self.price.set_value(row.price)
        self.quantity.setFocus()
        self.quantity.selectAll()

    def _enter(self) -> None:
        """Enter after the discount: the line is in the list, the next product can be scanned."""
        try:
            product = self.product.value()
            if product is None:
                self.save() if self.lines else self.said.setText(tr("Choose a product first."))
                return
            self.names.setdefault(product, self.product.text())
            line = LineDraft(product, self.quantity.value() or 1000, self.price.value() or 0, self.discount.value() or 0)
        except Refused as refused:
            self.said.setText(str(refused))
            return
        self.lines.append(line)
        for field in (self.quantity, self.price, self.discount):
            field.clear()
        self.product.set_value(None)
        self.said.clear()
        self._show()
        self.product.setFocus()

    def _drop(self, at: int) -> None:
        del self.lines[at]
        self._show()

    def _reopen(self, at: int) -> None:
        """A line goes back into the entry fields."""
        line = self.lines.pop(at)
        self.product.set_value(line.product, self.names.get(line.product or 0, ""))
        self.quantity.set_value(line.quantity)
        self.price.set_value(line.unit_price)
        self.discount.set_value(line.discount or None)
        self._show()
        self.quantity.setFocus()

    def _show(self) -> None:
        worked = amounts(self.draft(quiet=True))
        self.model.show_rows([
            (at, "final", self.names.get(line.product or 0, ""), line.quantity, line.unit_price, figures[1] or None, figures[3])
            for at, (line, figures) in enumerate(zip(self.lines, worked.lines, strict=True))
        ])  # fmt: skip
        self.table.fit()
        self.total.setText(Unit.MONEY.write(worked.total + worked.tax))

    # Saving

    def draft(self, *, quiet: bool = False) -> SaleDraft:
        """The sale as it stands in the form; ``quiet`` leaves out what cannot be read yet."""

        def read(widget: Any, default: Any = None) -> Any:
            try:
                return widget.value()
            except Refused:
                if quiet:
                    return default
                raise

        plain = replace(self._base, day=read(self.day, self._base.day) or self._base.day, lines=tuple(self.lines), invoice_discount=0)
        discount = read(self.invoice_discount, 0) or 0
        if quiet:
            net = sum(max(0, figures[3]) for figures in amounts(plain).lines)
            return replace(plain, invoice_discount=min(max(0, discount), net))
        seller = read(self.seller)
        shares = self._base.sellers
        kept = shares if len(shares) > 1 and seller == shares[0][0] else ((seller, 10_000),) if seller else ()
        now = dt.datetime.now().strftime("%H:%M") if self._id is None else self._base.time  # noqa: DTZ005 - the shop's wall clock
        return replace(plain, invoice_discount=discount, customer=read(self.customer), payment=read(self.payment), sellers=kept, time=now)

    def save(self) -> None:
        """Records the sale; a half-typed line goes in first."""
        if self.product.text().strip():
            self._enter()
            if self.product.text().strip():
                return
        try:
            draft = self.draft()
            with self.desk.store.reading() as s:
                found = problems(s, replace(draft, number=None))
            if found:
                raise Refused(found[0].sentence, field=found[0].field)
            if self._id is None:
                with self.desk.store.changing(N_("Record sale")) as s:
                    row = sell(s, draft)
            else:
                row = self._id
                with self.desk.store.changing(N_("Change sale")) as s:
                    change_sale(s, row, draft)
        except Refused as refused:
            self.said.setText(str(refused))
            field = getattr(self, refused.field or "", None)
            (field if isinstance(field, QLineEdit) else self.product).setFocus()
            return
        self._saved(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        else:
            super().keyPressEvent(event)
