"""A file of sales: lines understood, gathered into documents, and those that are right told from those that are not."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.shop.importing import dates, words
from desktop.shop.importing.documents import MILLION, NEGATIVE_DISCOUNT, Documents, Lines
from desktop.shop.importing.options import LEFT_OUT, Plan
from desktop.shop.importing.people import people
from desktop.shop.importing.recording import sales
from desktop.shop.importing.rows import Flags, Ints, Rows, holds, in_closed_month, slim, times_half_up
from desktop.shop.importing.things import Shelf, find_each
from desktop.shop.importing.which import totals
from desktop.store.closed import CLOSED
from desktop.store.dialect import listed
from desktop.values.money import MOST
from desktop.values.text import N_, Refused

STATES = ("live", "returned", "cancelled", "draft", "takings")
LIVE, RETURNED, CANCELLED, DRAFT, TAKINGS = range(5)

NO_PRICE = N_("The row has neither a unit price nor a total.")
OTHER_TOTAL = N_("Quantity × price − discount is not the total, and rounding does not explain it.")
RATE = N_("A discount is between 0 and 100 percent.")
TWO_CUSTOMERS = N_("The invoice names two different customers.")
TOO_MUCH = N_("The invoice comes to more than a book can hold; check the number of zeros.")
COMPANION = N_("Another row of this invoice was refused, and a shortened invoice would be a false one.")


def plan(rows: Rows, shelf: Shelf, connection: Any, *, taken_before: bool) -> Plan:
    """The documents that can be recorded; every other row is refused or skipped in ``rows``."""
    state = _states(rows)
    numbers = rows.codes("number")
    if taken_before:
        rows.skipped |= ~holds(numbers)
    if mark := rows.options.return_mark:
        marked = holds(numbers, lambda text: text.casefold().startswith(mark.casefold()))
        state = np.where(marked & (state != DRAFT), RETURNED, state)
    rows.need("date")
    rows.understand_dates("date")
    days, minutes = rows.day("date")
    if rows.has("time"):
        column = rows.columns["time"]
        minutes = np.where(minutes < 0, dates.minutes(column.words)[column.codes], minutes)
    lines = _lines(rows, state)
    who = people(rows, shelf)
    customer = find_each((who.code, who.phone, who.name, who.rest), shelf.customer)
    paid = rows.understood("payment", words.PAYMENT)
    documents = Documents.gather(rows, numbers, days, slim(minutes), lines, customer, paid)
    _refuse_documents(rows, documents, connection)
    return sales(rows, shelf, documents)


def _states(rows: Rows) -> NDArray[np.int64]:
    """What the status column makes of each row; drafts are skipped."""
    codes, texts = rows.understood("status", words.SALE)
    known = np.array([STATES.index("draft" if text == LEFT_OUT else text or "live") for text in texts], np.int64)
    state: NDArray[np.int64] = known[codes]
    rows.skipped |= state == DRAFT
    return state


def _lines(rows: Rows, state: NDArray[np.int64]) -> Lines:
    """Every row's quantity and amounts, as `kpi.md` rounds them: a given total decides, a price is rounded before it is multiplied."""
    quantity, rough = _quantities(rows)
    price, no_price = rows.money("unit_price")
    total, no_total = rows.money("total")
    rows.refuse(no_price & no_total, "unit_price" if rows.has("unit_price") else "total", NO_PRICE)
    rows.refuse(price < 0, "unit_price", N_("A price cannot be negative; goods that come back have a negative quantity."))
    back = (quantity < 0) | (state == RETURNED)
    if not rows.has("quantity"):
        back |= total < 0
    rows.refuse(~back & (total < 0), "total", N_("The total is negative, but the quantity is not."))
    quantity, total, price = np.abs(quantity), np.abs(total), np.abs(price)
    tax = _taxes(rows, back)
    amount, rate, no_discount = _line_discounts(rows, back)
    listed = times_half_up(quantity, price, 1000)
    discount = np.where(no_discount, times_half_up(listed, rate, MILLION), amount)
    slack = (quantity + 1999) // 2000 + 1 + np.where(rough, price // 2000 + 1, 0)
    total, no_total = totals(rows, listed, no_price, slack, discount)
    rows.refuse(~no_price & ~no_total & (np.abs(listed - discount - total) > slack), "total", OTHER_TOTAL)
    only_total = no_price & ~no_total
    rows.refuse(only_total & (rate >= MILLION) & (total > 0), "discount_rate", RATE)
    if (rate[only_total] > 0).any():  # the price before a discount that is known only as a rate
        before = _before_rate(total, rate)
        discount = np.where(only_total & no_discount, before - total, discount)
    total = np.where(no_total, listed - discount, total)
    rows.refuse(total < 0, "discount", N_("The discount is more than the line."))
    unit_price = np.where(no_price, -1, price)
    if rows.options.tax_included:
        rows.refuse(tax > total, "tax", N_("The tax is more than the line."))
        total = np.maximum(total - tax, 0)
        unit_price = np.where(no_price, -1, times_half_up(total + discount, 1000, np.maximum(quantity, 1)))
    cost, unit_cost = _costs(rows, quantity)
    sign, cancelled, lump = np.where(back, -1, 1), (state == CANCELLED) & ~back, state == TAKINGS
    gross = total + discount
    return Lines(slim(sign), quantity, unit_price, slim(unit_cost), gross, total, slim(tax), slim(cost), cancelled, lump)


def _quantities(rows: Rows) -> tuple[Ints, Flags]:
    """Thousandths, and where the file had more decimals than that."""
    if not rows.has("quantity"):
        return np.full(len(rows), 1000, np.int64), np.zeros(len(rows), bool)
    rows.need("quantity")
    parsed = rows.read("quantity", 1000)
    rows.refuse((parsed.values == 0) & ~parsed.blank, "quantity", N_("The quantity is zero."))
    return parsed.values, parsed.rough


def _taxes(rows: Rows, back: Flags) -> Ints:
    if rows.options.tax_included and not rows.has("tax"):
        raise Refused(N_("Prices with tax inside need a column that says how much the tax is."), field="tax")
    tax, _ = rows.money("tax")
    rows.refuse(~back & (tax < 0), "tax", N_("The tax is negative, but the quantity is not."))
    return np.abs(tax)


def _line_discounts(rows: Rows, back: Flags) -> tuple[Ints, Ints, Flags]:
    """The discount of each whole line as an amount; where none is given, as a rate in millionths."""
    amount, rate, blank = rows.discounts("discount")
    rows.refuse(~back & ((amount < 0) | (rate < 0)), "discount", NEGATIVE_DISCOUNT)
    amount, rate = np.abs(amount), np.abs(rate)
    no_amount = blank | (rate > 0)
    if rows.has("discount_rate"):
        given, none = rows.rates("discount_rate")
        rows.refuse((given < 0) | (given > MILLION), "discount_rate", RATE)
        rate = np.where(blank & ~none, np.clip(given, 0, MILLION), rate)
    rows.refuse(rate > MILLION, "discount", RATE)
    return amount, np.clip(rate, 0, MILLION), no_amount


def _before_rate(total: Ints, rate: Ints) -> Ints:
    """``total ÷ (1 − rate)``, half up."""
    return np.where(rate >= MILLION, total, times_half_up(total, MILLION, np.maximum(MILLION - rate, 1)))


def _costs(rows: Rows, quantity: Ints) -> tuple[Ints, Ints]:
    """The cost of each line and of its unit; -1 where the file says none: it is never made up."""
    unit, blank = rows.money("unit_cost")
    rows.refuse(unit < 0, "unit_cost", N_("A purchase price cannot be negative."))
    unit = np.abs(unit)
    return np.where(blank, 0, times_half_up(quantity, unit, 1000)), np.where(blank, -1, unit)


def _refuse_documents(rows: Rows, documents: Documents, connection: Any) -> None:
    """What is wrong with a whole invoice, and whatever one bad line brings down with it."""
    rows.skip(_in_book(documents, connection)[documents.of])
    documents.skip_cancelled()
    documents.refuse(documents.two_customers(), "customer" if rows.has("customer") else "customer_code", TWO_CUSTOMERS)
    documents.refuse(documents.any_of(in_closed_month(documents.days, connection)), "date", CLOSED)
    lines = documents.lines
    for name, amounts in ("unit_price" if rows.has("unit_price") else "total", lines.gross), ("tax", lines.tax), ("unit_cost", lines.cost):
        together = np.bincount(documents.of, np.where(rows.skipped, 0.0, amounts), documents.count)
        documents.refuse(together > MOST, name, TOO_MUCH)
    documents.spread_discounts()
    documents.refuse(documents.any_of(rows.why > 0), "", COMPANION)


def _in_book(documents: Documents, connection: Any) -> Flags:
    """Documents whose number the book already has, for their kind."""
    found = np.zeros(documents.count, bool)
    if not documents.texts or connection.execute("SELECT 1 FROM sale LIMIT 1").fetchone() is None:
        return found
    kinds = documents.kinds()[: len(documents.texts)]
    for kind in ("sale", "return", "lump"):
        numbers = {documents.texts[at]: at for at in np.flatnonzero(kinds == kind) if documents.texts[at]}
        asked, value = listed(numbers)
        known = connection.execute(f"SELECT j.value FROM {asked} j CROSS JOIN sale s ON s.kind = ? AND s.number = j.value", (value, kind))
        found[[numbers[number] for (number,) in known]] = True
    return found
