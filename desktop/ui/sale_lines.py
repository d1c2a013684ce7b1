"""The lines of a sale: a row in which the next one is typed or scanned, and the table of those that are in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.shop.drafts import Amounts, LineDraft, product_line
from desktop.shop.entity import Problem
from desktop.shop.things import save
from desktop.shop.things.product import by_code
from desktop.store.tables import Product
from desktop.ui.fields import EnterMoves, Portion, glance, go_to, mark_wrong, money_field, quantity_field
from desktop.ui.picker import Entry, Picker
from desktop.ui.rows import RowsModel
from desktop.ui.tables import Table
from desktop.ui.widgets import NONE, down, grid, label, named
from desktop.values.digits import foreign, latin
from desktop.values.rounding import ONE, half_up
from desktop.values.text import N_, Refused, tr
from desktop.values.unit import Column, Unit

if TYPE_CHECKING:
    from desktop.ui.desk import Desk

COLUMNS = (
    Column("product", N_("Product"), Unit.TEXT),
    Column("quantity", N_("Quantity"), Unit.QUANTITY),
    Column("price", N_("Price"), Unit.MONEY),
    Column("discount", N_("Discount"), Unit.MONEY),
    Column("total", N_("Amount"), Unit.MONEY),
)
SHORTEST_CODE = 5  # digits: what is typed so and names nothing is a barcode, not a product's name


@dataclass(frozen=True)
class Kept:
    """Lines that are in, their products' names, which is being changed, the code scanned for a new product, what is said and chosen."""

    lines: tuple[LineDraft, ...]
    names: dict[int, str]
    editing: int | None
    unknown: str
    said: str
    chosen: int | None


class SaleLines(QWidget):
    """``lines`` as they are; ``changed`` when they change, ``passed`` when Enter finds nothing typed: on to the customer.

    ``finished``: Ctrl+Enter, the sale is to be saved.
    """

    changed = Signal()
    passed = Signal()
    finished = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("clear")
        self.desk = desk
        self.lines: list[LineDraft] = []
        self.names: dict[int, str] = {}
        self._editing: int | None = None
        self._scanned, self._unknown = False, ""
        self.said = label("", "bad")
        self.said.hide()
        self.model = RowsModel(COLUMNS)
        self.table = named(Table(self.model), tr("Lines of the sale"), "sale-lines")
        self.table.setMinimumHeight(150)
        self.table.removed.connect(self.drop)
        self.table.opened.connect(self.reopen)
        self.table.verbs = lambda at: [
            (tr("Change\tEnter"), lambda: self.reopen(at)), (tr("Take out\tDelete"), lambda: self.drop(at)),
        ]  # fmt: skip
        words = tr("Type a product's name and press Enter, or scan its barcode. Enter without a product goes on to the customer.")
        self.hint = label(words, "soft", centred=True)
        self.hint.setMinimumHeight(150)
        down(self._entry(), self.said, (self.table, 1), (self.hint, 1), gap=6, edge=NONE, on=self)

    def _entry(self) -> QGridLayout:
        self.product = Picker("product", self.desk.find, self._make)
        self.quantity, self.price, self.discount = quantity_field(), money_field(), Portion()
        self.fields: tuple[Entry, ...] = (self.product, self.quantity, self.price, self.discount)
        entry = grid(8, 3, 5, 2, 3, 3)
        titles = (tr("Product, code or barcode"), tr("Quantity"), tr("Price"), tr("Discount"))
        for at, (name, title, field) in enumerate(zip(("product", "quantity", "price", "discount"), titles, self.fields, strict=True)):
            entry.addWidget(label(title, "soft", wrap=False), 0, at)
            entry.addWidget(named(field, title, name), 1, at)
        self.product.picked.connect(self._picked)
        self.product.returnPressed.connect(self._after_product)
        EnterMoves([*self.fields[1:]], self.enter, self, whole=self.finished.emit)
        return entry

    def show_lines(self, lines: Iterable[LineDraft]) -> None:
        """These lines stand in the table from now on."""
        self.lines = list(lines)
        with self.desk.store.reading() as s:
            for line in self.lines:
                if line.product is not None:
                    self.names[line.product] = s.get_one(Product, line.product).name
        self.changed.emit()

    def kept(self) -> Kept:
        """What goes on in the same place of another window."""
        said = self.said.text() if self.said.isVisibleTo(self) else ""
        return Kept(tuple(self.lines), dict(self.names), self._editing, self._unknown, said, self.table.chosen())

    def keep(self, kept: Kept) -> None:
        """The same lines stand here, and the same one is being changed."""
        self.names, self._editing, self._unknown = kept.names, kept.editing, kept.unknown
        self.show_lines(kept.lines)

    def keep_saying(self, kept: Kept, *, same: bool) -> None:
        """The same is said, in the ``same`` language, and the same line is chosen."""
        if kept.said and same:
            self.complain(kept.said)
        if kept.chosen is not None:
            self.table.stand_on(kept.chosen)

    def show_amounts(self, worked: Amounts, wrong: frozenset[int] = frozenset()) -> None:
        """The table says what each line comes to before the invoice's discount; ``wrong`` lines are red."""
        self.table.setVisible(bool(self.lines))
        self.hint.setHidden(bool(self.lines))
        self.model.show_rows([
            (at, "wrong" if at in wrong else "final", self.names.get(line.product or 0, line.note or ""), line.quantity, line.unit_price,
             figures.discount - figures.invoice_discount or None, figures.total + figures.invoice_discount)
            for at, (line, figures) in enumerate(zip(self.lines, worked.lines, strict=True))
        ])  # fmt: skip
        self.table.share_out((9, 5, 6, 6, 7))

    # The next line

    @property
    def typed(self) -> bool:
        """Whether a line is half typed."""
        return bool(self.product.text().strip()) or self._editing is not None

    def _picked(self, product: int | None, typed: str) -> None:
        """A product is chosen; one that was scanned goes in at once, a code that nobody knows is kept for the next new name."""
        code = latin(typed).strip()
        if product is None:
            if code.isdecimal() and len(code) >= SHORTEST_CODE:
                self._unknown, self._scanned = code, True
                self.product.clear()
                self.complain(tr("No product has the code {code}. Type its name: a new product gets this code.", code=foreign(code)))
            elif not self.quantity.text():
                self.quantity.set_value(ONE)
            return
        with self.desk.store.reading() as s:
            line, row = product_line(s, product), s.get_one(Product, product)
            self.names[product] = row.name
            known = by_code(s, typed)
        self.said.hide()
        self._scanned = known is not None and line.unit_price is not None and self._editing is None
        if self._scanned:
            self._add_scanned(line)
            return
        if not self.quantity.text():
            self.quantity.set_value(ONE)
        if line.unit_price is not None:
            self.price.set_value(line.unit_price)

    def _add_scanned(self, line: LineDraft) -> None:
        """One piece more of a line that is in, or a new line."""
        for at, known in enumerate(self.lines):
            if (known.product, known.unit_price, known.discount) == (line.product, line.unit_price, 0) and known.quantity > 0:
                self.lines[at] = known.retyped(quantity=known.quantity + ONE)
                break
        else:
            self.lines.append(line)
        self.product.set_value(None)
        self.changed.emit()

    def _after_product(self) -> None:
        """Enter in the product field: on to the quantity; with nothing typed, on to the customer."""
        if self._scanned:
            self._scanned = False
        elif self.product.text().strip():
            go_to(self.quantity)
        elif self.lines:
            self.passed.emit()

    def _make(self, entity: str, name: str) -> int:
        """A new product of this name, at the price that is typed, with the code that was scanned before."""
        values = {"name": name, "price": glance(self.price), "barcodes": self._unknown or None}
        made, self._unknown = save(self.desk.store, entity, None, values), ""
        self.names[made] = name
        return made

    def enter(self) -> bool:
        """The typed line is in the table, and the next product can be typed; whether it could be."""
        self.said.hide()
        for one in self.fields:
            mark_wrong(one, wrong=False)
        field: QWidget = self.quantity
        try:
            quantity = self.quantity.value()
            field = self.price
            price = self.price.value()
            if price is None:
                raise Refused(N_("Type the price; 0 for a gift."))
            field = self.discount
            quantity = ONE if quantity is None else quantity
            discount = self.discount.of(half_up(price * quantity, ONE))
            field = self.product
            product = self.product.value()
            if product is None:
                raise Refused(N_("Choose a product first."))
        except Refused as refused:
            self.complain(str(refused), field)
            return False
        fields = {"product": product, "quantity": quantity, "unit_price": price, "discount": discount}
        if self._editing is None:
            self.lines.append(LineDraft(**fields))
        else:
            self.lines[self._editing] = self.lines[self._editing].retyped(**fields)
        self.names.setdefault(product, self.product.text())
        self.clear()
        self.changed.emit()
        return True

    def clear(self) -> None:
        """Nothing is typed any more."""
        self._editing = None
        self.product.set_value(None)
        for field in self.fields[1:]:
            field.clear()
        self.said.hide()
        self.product.setFocus()

    def complain(self, sentence: str, field: QWidget | None = None) -> None:
        self.said.setText(sentence)
        self.said.show()
        if field is not None:
            mark_wrong(field, wrong=True)
            go_to(field)

    # Lines that are in

    def drop(self, at: int) -> None:
        del self.lines[at]
        self.changed.emit()
        if self.lines:
            self.table.stand_on(min(at, len(self.lines) - 1))
        else:
            self.product.setFocus()

    def reopen(self, at: int) -> None:
        """A line goes back into the fields; it stays in the table until Enter."""
        line = self.lines[at]
        self._editing = at
        self.product.set_value(line.product, self.names.get(line.product or 0, ""))
        self.quantity.set_value(line.quantity)
        self.price.set_value(line.unit_price)
        self.discount.set_value(line.discount or None)
        go_to(self.quantity)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up leaves the fields for the table; Esc steps back: from the table, then out of what is typed."""
        if event.key() == Qt.Key.Key_Up and self.product.hasFocus() and self.lines:
            self.table.setFocus()
            self.table.stand_on(len(self.lines) - 1)
        elif event.key() == Qt.Key.Key_Escape and self.table.hasFocus():
            go_to(self.product)
        elif event.key() == Qt.Key.Key_Escape and self.typed:
            self.clear()
        else:
            super().keyPressEvent(event)


def line_sentence(problem: Problem) -> str:
    """A sentence about a line, with the line's number."""
    if problem.line is None:
        return problem.sentence
    return tr("Line {n}: {sentence}", n=Unit.COUNT.number(problem.line + 1), sentence=problem.sentence)
