"""A random shop's invoices, written in a random program's style, and what taking the file makes of them.

The invoices are the oracle: what comes back is the same, or was asked, or was refused with a reason.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import os
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path

import xlsxwriter
from hypothesis import strategies as st
from sqlalchemy import text

from desktop.shop.importing import Options, child, import_file
from desktop.values.day import ymd

PEOPLE = ("سارا احمدی", "رضا کریمی", "علی‌رضا نوری", "Mina Rad", "شرکت پارس")
GOODS = ("چای", "برنج ایرانی", "قند", "Coffee", "روغن")
PHONES = ("09121112233", "09351234568", "09199887766", "02188776655", "09011223344")
WALK_INS = ("", "متفرقه", "مشتری نقدی", "عبوری", "Walk-in", "Guest", "Cash customer", "-")
HEADERS = {  # field -> spellings; all but those marked by hand are in `resources/headers.toml`
    "number": ("شماره فاکتور", "شماره", "شماره سند", "فاکتور", "Invoice No", "Order ID", "receipt", "invoice_number"),
    "date": ("تاریخ", "تاریخ فاکتور", "تاریخ سند", "Date", "Invoice Date", "order date"),
    "customer": ("مشتری", "طرف حساب", "نام مشتری", "خریدار", "Customer", "Client", "customer_name"),
    "phone": ("موبایل", "تلفن", "شماره تماس", "Mobile", "phone number"),
    "product": ("کالا", "شرح کالا", "نام کالا", "Item", "Product", "Description", "شرح"),
    "quantity": ("تعداد", "مقدار", "Qty", "Quantity"),
    "unit_price": ("فی", "قیمت واحد", "مبلغ واحد", "Unit Price", "Price", "نرخ"),
    "discount": ("تخفیف", "مبلغ تخفیف", "Discount"),
    "discount_rate": ("درصد تخفیف", "discount %"),
    "customer_code": ("کد مشتری", "کد طرف حساب", "customer id", "کد تفصیلی"),
    "invoice_discount": ("تخفیف فاکتور", "تخفیف کل", "invoice discount", "Order Discount"),
    "tax": ("مالیات", "ارزش افزوده", "مالیات و عوارض", "VAT", "Tax"),
    "total": ("مبلغ کل", "جمع", "جمع کل", "مبلغ", "Total", "Amount", "line total"),
    "status": ("وضعیت", "وضعیت فاکتور", "Status", "نوع سند"),
}
STATES = {
    "sale": ("تکمیل شده", "نهایی", "wc-completed", "Paid", "فروش"),
    "void": ("لغو شده", "باطل", "wc-cancelled", "Voided", "ابطال"),
    "draft": ("پیش‌فاکتور", "در انتظار پرداخت", "wc-pending", "Draft", "on-hold"),
    "return": ("مرجوعی", "برگشت از فروش", "Return", "برگشتی", "Refund"),
}
DIGITS = {"latin": "0123456789", "fa": "۰۱۲۳۴۵۶۷۸۹", "ar": "٠١٢٣٤٥٦٧٨٩"}
MONTHS = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")
UNITS = {  # how one says it, and how many rials it is
    "": 1, "ریال": 1, "تومان": 10, "Toman": 10, "Rial": 1, "هزار تومان": 10_000, "میلیون ریال": 1_000_000,
}  # fmt: skip
DATES = ("jalali", "jalali-", "jalali.", "jalali short", "jalali together", "jalali dmy", "jalali name", "jalali time",
         "iso", "iso time", "dmy", "mdy", "gregorian name")  # fmt: skip

NOT_YET = ("title", "هزار تومان", "میلیون ریال")  # where the unit stands, and which one: read by none but `bench/styles.py` so far
_RUNS = itertools.count(1000)


@dataclass(frozen=True)
class Line:
    """One good of an invoice, in rials: ``discount`` and ``tax`` are the whole line's."""

    product: str
    quantity: int
    price: int
    discount: int = 0
    tax: int = 0

    @property
    def net(self) -> int:
        return self.quantity * self.price - self.discount


@dataclass(frozen=True)
class Invoice:
    number: str
    day: dt.date
    state: str
    customer: int | None
    lines: tuple[Line, ...]
    discount: int = 0

    @property
    def meant(self) -> tuple[str, str, int, int, str]:
        """Day, kind, net, tax and customer as the book should hold them."""
        sign = -1 if self.state == "return" else 1
        kind = {"void": "void", "return": "return"}.get(self.state, "sale")
        net, tax = (sign * sum(getattr(line, name) for line in self.lines) for name in ("net", "tax"))
        net -= sign * self.discount
        return self.day.isoformat(), kind, net, tax, "" if self.customer is None else PEOPLE[self.customer]


@dataclass(frozen=True)
class Style:
    """How the program writes; ``given``: the amounts that a row has."""

    kind: str = "csv"
    separator: str = ","
    encoding: str = "utf-8"
    digits: str = "latin"
    thousands: str = ""
    dates: str = "jalali"
    unit: str = ""
    where: str = "header"  # the unit: cell, header, title, nowhere
    once: bool = False
    given: tuple[str, ...] = ("quantity", "unit_price")
    total: str = "net"  # net, taxed, before, whole, whole once
    rate: bool = False
    back: str = "sign"  # or status
    walk_in: str = ""
    phones: str = "plain"
    nobodys: str = ""  # the phone of who is nobody
    rate_mark: str = "%"
    headers: dict[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    extras: frozenset[str] = frozenset()  # title, blanks, again, sums, subtotals


@st.composite
def shops(draw):
    """A year's invoices of a little shop."""
    start, taxed = dt.date(2025, 3, 21), draw(st.booleans())
    days = sorted(draw(st.lists(st.integers(0, 400), min_size=1, max_size=6)))
    found = []
    for at, after in enumerate(days):
        lines = []
        for _ in range(draw(st.integers(1, 3))):
            quantity, price = draw(st.integers(1, 12)), draw(st.integers(1, 999)) * 1_000_000
            discount = quantity * price // 10 if draw(st.booleans()) else 0
            tax = (quantity * price - discount) // 10 if taxed else 0
            lines.append(Line(draw(st.sampled_from(GOODS)), quantity, price, discount, tax))
        state = draw(st.sampled_from(("sale", "sale", "sale", "void", "draft", "return")))
        customer = draw(st.none() | st.integers(0, len(PEOPLE) - 1))
        off = sum(line.net for line in lines) // 20 if draw(st.booleans()) else 0
        found.append(Invoice(str(1001 + at), start + dt.timedelta(after), state, customer, tuple(lines), off))
    return tuple(found)


@st.composite
def styles(draw):
    pick = lambda *of: draw(st.sampled_from(of))  # noqa: E731
    amounts = pick(("unit_price",), ("unit_price", "total"), ("total",))
    more = tuple(one for one in ("discount", "tax") if draw(st.booleans()))
    given = ("quantity", *amounts, *more)
    fields = ["number", "date", "customer", "phone", "product", *given, "status"]
    fields += [name for name in ("customer_code", "invoice_discount") if draw(st.booleans())]
    headers = {name: draw(st.sampled_from(HEADERS[name])) for name in fields}
    rate = "discount" in given and draw(st.booleans())
    if rate:
        headers["discount"] = draw(st.sampled_from(HEADERS["discount_rate"]))
    total = pick("net", "taxed", "before", "whole", "whole once") if {"unit_price", "total"} <= set(given) else "net"
    if (total == "taxed" and "tax" not in given) or (total == "before" and "discount" not in given):
        total = "net"
    kind = pick("csv", "csv", "xlsx")
    unit = draw(st.sampled_from(tuple(UNITS)))
    return Style(
        kind, pick(",", ";", "\t", "|"), pick("utf-8", "utf-8-sig", "utf-16", "cp1256"), pick(*DIGITS), pick("", "", ",", "٬", "."),
        pick(*DATES),
        unit, pick("header", "cell", "title") if unit else "nowhere", draw(st.booleans()), given, total, rate, pick("sign", "status"),
        pick(*WALK_INS), pick("plain", "+98", "0098", "spaces", "no zero", ".0"),
        pick("", "", "09000000000", "0", "-"), pick("%", " ٪", ""), headers, tuple(draw(st.permutations(fields))),
        draw(st.frozensets(st.sampled_from(("title", "blanks", "again", "sums", "subtotals")))),
    )  # fmt: skip


def fitting(shop: tuple[Invoice, ...], style: Style) -> tuple[Invoice, ...]:
    """The shop without what this style has no column for, its numbers such as no shop before had."""
    gone = {} if "discount" in style.given or "unit_price" not in style.given else {"discount": 0}
    gone |= {} if "tax" in style.given else {"tax": 0}
    run = next(_RUNS)
    off = {} if "invoice_discount" in style.order else {"discount": 0}
    return tuple(replace(one, number=f"{run}{one.number}", **off, lines=tuple(replace(line, **gone) for line in one.lines)) for one in shop)


def rows_of(shop: tuple[Invoice, ...], style: Style) -> list[list[object]]:
    """The file's rows, the header among them; cells are text, or for XLSX what the sheet types."""
    header = [style.headers[name] + _said(style, name) for name in style.order]
    rows: list[list[object]] = []
    if "title" in style.extras or style.where == "title":
        rows += [["گزارش فروش فروشگاه"], [f"ارقام به {style.unit}" if style.where == "title" else "سال ۱۴۰۴"]]
    rows.append([*header])
    sums = 0
    for at, invoice in enumerate(shop):
        if "again" in style.extras and at == 2:
            rows.append([*header])
        if "blanks" in style.extras and at:
            rows.append([""] * len(header))
        for place, line in enumerate(invoice.lines):
            rows.append([_cell(invoice, line, place, name, style) for name in style.order])
        here = sum(_amount(invoice, line, 0, style) or 0 for line in invoice.lines)
        sums += here
        if "subtotals" in style.extras and "total" in style.given and not style.total.startswith("whole"):
            rows.append(_sum_row("جمع فاکتور", here, style))
    if "sums" in style.extras and "total" in style.given and not style.total.startswith("whole"):
        rows.append(_sum_row("جمع کل", sums, style))
    return rows


def _said(style: Style, name: str) -> str:
    return f" ({style.unit})" if style.where == "header" and name in ("unit_price", "total", "tax", "invoice_discount") else ""


def _sum_row(title: str, amount: int, style: Style) -> list[object]:
    cells: list[object] = [_money(amount, style) if name == "total" else "" for name in style.order]
    first = next(at for at, name in enumerate(style.order) if name != "total")
    return [*cells[:first], title, *cells[first + 1 :]]


def _amount(invoice: Invoice, line: Line, place: int, style: Style) -> int | None:
    """What the total's cell of a line says."""
    sign = -1 if invoice.state == "return" and style.back == "sign" else 1
    listed = line.quantity * line.price
    if style.total.startswith("whole"):
        whole = sum(one.net for one in invoice.lines)
        return None if style.total == "whole once" and place else sign * whole
    return sign * {"net": line.net, "taxed": line.net + line.tax, "before": listed}[style.total]


def _cell(invoice: Invoice, line: Line, place: int, name: str, style: Style) -> object:
    head = not style.once or place == 0
    sign = -1 if invoice.state == "return" and style.back == "sign" else 1
    who = invoice.customer
    match name:
        case "number":
            return _plain(invoice.number, style) if head else ""
        case "date":
            return _date(invoice.day, style) if head else ""
        case "customer":
            return ("" if not head else style.walk_in if who is None else PEOPLE[who]) or ""
        case "phone":
            return "" if not head else style.nobodys if who is None else _phone(PHONES[who], style)
        case "customer_code":
            return _plain(f"20{who}{who}" + (".0" if style.phones == ".0" else ""), style) if head and who is not None else ""
        case "invoice_discount":
            return _money(sign * invoice.discount, style) if head else ""
        case "product":
            return line.product
        case "quantity":
            return _number(sign * line.quantity, style)
        case "unit_price":
            return _money(line.price, style)
        case "discount" if style.rate:
            return (
                _plain(("10" if line.discount else "0") + style.rate_mark, style)
                if style.kind == "csv"
                else (0.1 if line.discount else 0, "%")
            )
        case "discount":
            return _money(sign * line.discount, style)
        case "tax":
            return _money(sign * line.tax, style)
        case "total":
            amount = _amount(invoice, line, place, style)
            return "" if amount is None else _money(amount, style)
    word = STATES["sale" if invoice.state == "return" and style.back == "sign" else invoice.state]
    return word[len(style.headers["status"]) % len(word)] if head else ""


def _plain(word: str, style: Style) -> str:
    return word.translate(str.maketrans(DIGITS["latin"], DIGITS[style.digits]))


def _number(value: int, style: Style) -> object:
    return value if style.kind == "xlsx" else _plain(str(value), style)


def _money(rials: int, style: Style) -> object:
    scale = UNITS[style.unit]
    whole, rest = divmod(abs(rials), scale)
    sign = -1 if rials < 0 else 1
    if style.kind == "xlsx" and style.where != "cell":
        return sign * (whole + rest / scale) if rest else sign * whole
    places = len(str(scale)) - 1
    digits = f"{whole:,}".replace(",", style.thousands) + (f".{rest:0{places}}".rstrip("0") if rest else "")
    return _plain(("-" if sign < 0 else "") + digits, style) + (f" {style.unit}" if style.where == "cell" else "")


def _phone(phone: str, style: Style) -> str:
    bare = phone[1:]
    return _plain({"+98": f"+98{bare}", "0098": f"0098{bare}", "spaces": f"{phone[:4]} {phone[4:7]} {phone[7:]}", "no zero": bare,
                   ".0": f"{phone}.0"}.get(style.phones, phone), style)  # fmt: skip


def _date(day: dt.date, style: Style) -> object:
    year, month, number = ymd(day, "jalali")
    way = style.dates
    if style.kind == "xlsx" and way.startswith(("iso", "dmy", "mdy")):
        return day
    marks = {"jalali": "/", "jalali-": "-", "jalali.": ".", "jalali time": "/"}
    if way in marks:
        said = f"{marks[way]}".join((str(year), f"{month:02}", f"{number:02}")) + (" 17:30" if way == "jalali time" else "")
    else:
        said = {
            "jalali short": f"{year % 100:02}/{month:02}/{number:02}", "jalali together": f"{year}{month:02}{number:02}",
            "jalali dmy": f"{number:02}/{month:02}/{year}", "jalali name": f"{number} {MONTHS[month - 1]} {year}",
            "iso": day.isoformat(), "iso time": f"{day.isoformat()}T09:05:00", "dmy": f"{day:%d/%m/%Y}", "mdy": f"{day:%m/%d/%Y}",
            "gregorian name": f"{day:%b} {day.day}, {day.year}",
        }[way]  # fmt: skip
    return _plain(said, style)


def write(folder: Path, shop: tuple[Invoice, ...], style: Style) -> Path:
    """The file in the folder."""
    rows = rows_of(shop, style)
    if style.kind == "xlsx":
        path = folder / "strange.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet, day, share = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "0%"})
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, dt.date):
                        sheet.write_datetime(at, column, dt.datetime.combine(cell, dt.time()), day)
                    elif isinstance(cell, tuple):
                        sheet.write_number(at, column, cell[0], share)
                    elif cell != "":
                        sheet.write(at, column, cell) if not isinstance(cell, str) else sheet.write_string(at, column, cell)
        return path
    path, out = folder / "strange.csv", io.StringIO()
    csv.writer(out, delimiter=style.separator).writerows(rows)
    said = out.getvalue()
    try:
        path.write_bytes(said.encode(style.encoding))
    except UnicodeEncodeError:  # Windows' Arabic code page has no Persian digits
        path.write_bytes(said.encode("utf-8"))
    return path


class InThread:
    """The reading child as a thread of this process: what it says is the same, and it starts at once."""

    def __init__(self) -> None:
        theirs, ours = os.pipe(), os.pipe()
        self.stdin, self.stdout = os.fdopen(theirs[1], "wb"), os.fdopen(ours[0], "rb")
        self._thread = threading.Thread(target=self._serve, args=(os.fdopen(theirs[0], "rb"), os.fdopen(ours[1], "wb")), daemon=True)
        self._thread.start()

    def _serve(self, orders, answers) -> None:
        with orders, answers:
            try:
                child._serve(orders, answers)
            except (EOFError, OSError):
                return

    def poll(self) -> int | None:
        return None if self._thread.is_alive() else 0

    def kill(self) -> None:
        self.stdout.close()

    def wait(self) -> None:
        self._thread.join(5)


def silent_difference(store, path: Path, shop: tuple[Invoice, ...]) -> str:
    """What the book holds otherwise than the shop meant, of what was neither asked nor refused; "" if nothing is."""
    outcome = import_file(store, path, Options("sales"), backup=False)
    with store.reading() as s:
        got = {
            number: (day, "void" if status == "void" else kind, net, tax, name or "")
            for number, day, kind, status, net, tax, name in s.execute(text(
                "SELECT sale.number, sale.day, sale.kind, sale.status, sale.total, sale.tax,"
                " customer.name FROM sale LEFT JOIN customer ON customer.id = sale.customer_id"
                " WHERE sale.batch_id = :batch"), {"batch": outcome.batch})
        }  # fmt: skip
    wanted = {invoice.number: invoice.meant for invoice in shop if invoice.state != "draft"}
    if outcome.asked:
        return f"asked, and written: {got}" if got else ""
    wrong = {number: (had, wanted.get(number)) for number, had in got.items() if had != wanted.get(number)}
    lost = wanted.keys() - got.keys()
    if wrong or (lost and not outcome.refusals):
        return f"got, meant: {wrong}; lost: {sorted(lost)}; notes: {outcome.notes}"
    return ""
