"""The rows of a file with their fields understood, and why a row is refused.

Everything a field's words say is found out once per word; per row there are only numbers.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.shop.importing import dates, numbers
from desktop.shop.importing.asking import Asking
from desktop.shop.importing.heading import Heading
from desktop.shop.importing.keys import apart
from desktop.shop.importing.options import LEFT_OUT, Options, Refusal, quoted
from desktop.shop.importing.reader import Column, Numeric, Table, Wrong
from desktop.shop.importing.words import MEANING, MEANS, meaning
from desktop.shop.kind import Kind
from desktop.store.closed import CLOSED
from desktop.values.digits import foreign
from desktop.values.fold import clean, code, fold, phone
from desktop.values.text import N_, Refused, tr
from desktop.values.writing import exponent

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Words = tuple[NDArray[np.int32], list[str]]  # row ``i`` holds ``words[codes[i]]``

NEEDED = N_("The cell is empty, and this field is needed.")
_ODD = {
    "wide": N_("The row has more cells than the header."),
    "quotes": N_("The quotation marks of the row make no sense."),
}
_BROKEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Book:
    """What the book says about reading: currency, calendar, the shop's day."""

    currency: str
    calendar: str
    today: dt.date


class Rows(Asking):
    """The data rows of one file. ``why[i]`` = 0 while row ``i`` is fine."""

    def __init__(self, table: Table, heading: Heading, kind: Kind, options: Options, book: Book, *, since_1904: bool = False) -> None:
        super().__init__()
        self.kind, self.options, self.book, self.heading, self.since_1904 = kind, options, book, heading, since_1904
        self.left_out, self.notes = 0, list[str]()  # rows that are no data; sentences for the person
        self.orders: dates.Orders | None = None
        self.dates_said = ""
        self._hold(table)

    def __len__(self) -> int:
        return len(self.numbers)

    def has(self, name: str) -> bool:
        return name in self.columns

    @property
    def fine(self) -> Flags:
        """Rows neither refused nor skipped."""
        fine: Flags = (self.why == 0) & ~self.skipped
        return fine

    def _hold(self, table: Table) -> None:
        """The rows are those of the table, all fine."""
        n = len(table.numbers)
        self.numbers = table.numbers
        self.columns = {name: table.columns[at] for name, at in self.heading.columns.items()}
        self.columns |= {name: Column(np.zeros(n, np.int32), [value]) for name, value in self.options.fixed.items()}
        self.why, self.skipped = np.zeros(n, np.int32), np.zeros(n, bool)
        self._reasons: list[tuple[str, str, dict[str, object]]] = []  # field, sentence, its holes
        self.unit, self._units = self._understand_units()
        for at, reason in table.odd.items():
            self.refuse([at], "", _ODD[reason])
        for name, column in self.columns.items():
            if broken := {at for at, word in enumerate(column.words) if not word.isprintable() and _BROKEN.search(word)}:
                self.refuse_words(name, dict.fromkeys(broken, N_("The cell holds letters that cannot be read.")))

    def drop(self, table: Table, gone: Flags) -> int:
        """Those rows are out of the table, with the words that only they held; gives back how many."""
        if not gone.any():
            return 0
        places, stay = np.cumsum(~gone) - 1, ~gone
        table.numbers = table.numbers[stay]
        table.odd = {int(places[at]): why for at, why in table.odd.items() if stay[at]}
        for column in table.columns.values():
            used, codes = np.unique(column.codes[stay], return_inverse=True)
            column.codes, column.words = codes.astype(np.int32), [column.words[at] for at in used.tolist()]
        self._hold(table)
        self.left_out += int(gone.sum())
        return int(gone.sum())

    # Refusing

    def refuse(self, rows: Flags | Sequence[int] | Ints, name: str, message: str, **holes: object) -> None:
        """Those of ``rows`` that were fine are refused for this reason; the first reason found stays."""
        self._reasons.append((name, message, holes))
        at = np.asarray(rows)
        chosen = np.flatnonzero(at) if at.dtype == bool else at.astype(np.int64)
        fresh = chosen[(self.why[chosen] == 0) & ~self.skipped[chosen]]
        self.why[fresh] = len(self._reasons)

    def skip(self, rows: Flags) -> None:
        """Those of ``rows`` are skipped, whatever was wrong with them."""
        self.skipped |= rows
        self.why[rows] = 0

    def refuse_words(self, name: str, bad: dict[int, str]) -> None:
        """Rows that hold one of these words (by place) are refused, each for its word's reason."""
        codes = self.columns[name].codes
        for message in dict.fromkeys(bad.values()):
            hit = np.zeros(len(self.columns[name].words), bool)
            hit[[at for at, one in bad.items() if one == message]] = True
            self.refuse(hit[codes], name, message)

    def refusals(self) -> Iterator[tuple[int, Refusal]]:
        """Every refused row's place, and why it was refused, in the order of the file."""
        for at in np.flatnonzero(self.why).tolist():
            name, message, holes = self._reasons[self.why[at] - 1]
            column = self.columns.get(name)
            value = str(column.words[column.codes[at]]) if column else ""
            yield at, Refusal(int(self.numbers[at]), name, value, message, {"value": quoted(value), **holes})

    def digest(self) -> str:
        """What the rows that are taken say, as one number."""
        found, fine = hashlib.blake2b(digest_size=20), np.flatnonzero(self.fine)
        for name, column in sorted(self.columns.items()):
            found.update("\0".join((name, *column.words)).encode("utf-8", "surrogatepass"))
            found.update(column.codes[fine].astype("<i4").tobytes())
        return found.hexdigest()

    # Understanding

    def _understand_units(self) -> tuple[str, dict[str, str]]:
        """The file's unit of money, and every money field's own: header, values, other headers, what was said, rials."""
        money = [one.name for one in self.kind.fields if one.reader in ("money", "rate", "amount") and one.name in self.columns]
        said = self.options.unit
        if self.book.currency != "IRR":
            if said in ("toman", "rial"):
                raise Refused(N_("Amounts in rials or tomans belong into a book in rials; this one is in {currency}."),
                              currency=self.book.currency)  # fmt: skip
            return said or "major", dict.fromkeys(money, said or "major")
        said = {"major": "rial", "minor": "rial", None: "rial"}.get(said, said) or "rial"
        own = {}
        for name in money:
            words = [word for word in self.columns[name].words if not word.isdecimal()]
            if found := numbers.said_unit([self.heading.label(name)]) or numbers.said_unit(words):
                own[name] = found
        rest = next(iter(own.values())) if len(set(own.values())) == 1 else said
        units = {name: own.get(name, rest) for name in money}
        main = next((name for name in ("total", "unit_price", "amount", "value", *money) if name in units), None)
        return (units[main] if main else ""), units

    def scale(self, name: str) -> int:
        """Smallest units in one written unit of a money field."""
        major: int = 10 ** exponent(self.book.currency)
        return {"toman": 10, "rial": 1, "minor": 1}.get(self._units.get(name, ""), major)

    def read(self, name: str, scale: int = 0, *, percents: bool = False, quietly: bool = False) -> numbers.Parsed:
        """Each row's number × ``scale``, or without one its amount in smallest units; blank where there is no such column.

        What is no number refuses its row, or with ``quietly`` is blank.
        """
        if (column := self.columns.get(name)) is None:
            no, yes = np.zeros(len(self), bool), np.ones(len(self), bool)
            return numbers.Parsed(np.zeros(len(self), np.int64), yes, no, no)
        words = undashed(column.words)
        whole = not scale and exponent(self.book.currency) == 0
        shape = self.shape(name, words, whole=whole, money=not scale, quietly=quietly)
        if scale:
            parsed = numbers.scaled(words, shape, scale, percents=percents)
        else:
            parsed = numbers.amounts(words, shape, self.scale(name), self.book.currency, percents=percents)
        if quietly:
            parsed.blank[list(parsed.bad)] = True
        else:
            self.refuse_words(name, parsed.bad)
        return parsed.of(column.codes)

    def money(self, name: str) -> tuple[Ints, Flags]:
        """Amounts in smallest units, and where the cell is blank (there the amount is 0)."""
        parsed = self.read(name)
        return parsed.values, parsed.blank

    def discounts(self, name: str) -> tuple[Ints, Ints, Flags]:
        """Amounts in smallest units, rates in millionths where the cell is a percentage, and where it is blank."""
        parsed = self.read(name, percents=True)
        return np.where(parsed.percent, 0, parsed.values), np.where(parsed.percent, parsed.values, 0), parsed.blank

    def rates(self, name: str) -> tuple[Ints, Flags]:
        """Shares in millionths: fractions if no word is above 1 or has a percent sign, else percents; and where blank."""
        parsed = self.read(name, 1_000_000, percents=True)
        percents = parsed.percent.any() or (parsed.values > 1_000_000).any()
        return times_half_up(parsed.values, 1, 100) if percents else parsed.values, parsed.blank

    def peek(self, name: str) -> tuple[Ints, Flags]:
        """Amounts (a quantity: thousandths) and where the cell is no number; nothing is refused for it."""
        field = self.kind.field(name)
        parsed = self.read(name, 1000 if field is not None and field.reader == "quantity" else 0, quietly=True)
        return parsed.values, parsed.blank

    def shape(self, name: str, words: Sequence[str], *, whole: bool, money: bool = False, quietly: bool = False) -> numbers.Shape:
        """How the column writes its numbers; asked where nobody can tell, but not ``quietly``."""
        found = numbers.cores(words)
        codes = self.columns[name].codes
        cells = np.bincount(codes, minlength=len(words)) if found else np.zeros(0, np.int64)
        counts = [int(cells[at]) for at in found]
        shape = numbers.shape_of([*found.values()], counts, self.options.decimal, whole=whole, money=money)
        if shape.unclear and not quietly:
            marked = np.zeros(len(words), bool)
            marked[[at for at, core in found.items() if any(mark in core for mark in ".,،")]] = True
            example, *_ = places = [next(at for at, core in found.items() if core == one) for one in shape.unclear]
            choices = numbers.decimal_choices(words[example], found[example], self.scale(name) if money else 0)
            sentence = tr(numbers.UNCLEAR, column=self._label(name), example=foreign(words[example]))
            first = [int(np.argmax(codes == at)) for at in places]
            self.ask("decimal", sentence, marked[codes], name, option="--decimal .|,", choices=choices, examples=first)
        return shape

    def understand_dates(self, *names: str) -> None:
        """All date columns together tell how the file writes its dates; asked where they can be read in several ways."""
        have = [name for name in names if self.has(name)]
        words = [word for name in have for word in undashed(self.columns[name].words)]
        self.orders = dates.orders_of(words, self.options.dates)
        if self.orders.unclear:
            at, begin = np.zeros(len(self), bool), 0
            hit = np.isin(np.arange(len(words)), self.orders.unclear)
            for name in have:
                column = self.columns[name]
                at |= hit[begin : begin + len(column.words)][column.codes]
                begin += len(column.words)
            example = words[self.orders.unclear[0]]
            sentence = tr(dates.UNCLEAR, column=self._label(have[0]), example=foreign(example))
            self.ask("dates", sentence, at, have[0], option=f"--dates {'|'.join(self.orders.likely)}",
                     choices=dates.order_choices(example, self.orders.likely))  # fmt: skip
        self.dates_said = dates.calendars(words, self.orders)

    def day(self, name: str, but: frozenset[str] = frozenset()) -> tuple[Ints, Ints]:
        """Ordinals (0 = blank) and minutes of the day (-1 = none); words in ``but`` stand for none."""
        assert self.orders is not None
        column = self.columns[name]
        found = dates.read(undashed(column.words), self.orders, since_1904=self.since_1904)
        self.refuse_words(name, {at: why for at, why in found.bad.items() if fold(column.words[at]) not in but})
        return found.days[column.codes], found.minutes[column.codes]

    def days(self, name: str) -> Ints:
        """Ordinals, 0 where the cell is blank or there is no such column."""
        return self.day(name)[0] if self.has(name) else np.zeros(len(self), np.int64)

    def texts(self, name: str) -> Words:
        """Codes into cleaned texts, equal texts under one code; "" is blank. No such field: all blank."""
        return self._mapped(name, _text)

    def codes(self, name: str) -> Words:
        """Codes as the shop writes them, without the «.0» of a spreadsheet if the whole column has it."""
        words = self.columns[name].words if self.has(name) else []
        filled = [word for word in words if word.strip()]
        if filled and all(word.rstrip().endswith(".0") for word in filled):
            return self._mapped(name, lambda word: code(_text(word).removesuffix(".0")))
        together = "".join(words)
        if together.isascii() and together.isalnum() and len(set(words)) == len(words):  # as nearly all numbers of invoices are
            return self.columns[name].codes, list(map(str, words))
        return self._mapped(name, lambda word: word if word.isascii() and word.isalnum() else code(_text(word)))

    def phones(self, name: str) -> Words:
        return self._mapped(name, lambda word: phone(apart(_text(word).removesuffix(".0"))[0]) or "")

    def folded(self, name: str) -> Words:
        return self._mapped(name, lambda word: fold(_text(word)))

    def understood(self, name: str, known: Mapping[str, str], where: Flags | None = None) -> Words:
        """What each row's word means, "" where it is blank; one that is not known is asked about, if any row of ``where`` has it."""
        codes, texts = self.texts(name)
        said = {fold(word): answer for word, answer in self.options.words.items()}
        answers = (*dict.fromkeys(known.values()), LEFT_OUT)
        means, ways, choices = [], " | ".join(answers), [(one, tr(MEANS[one])) for one in answers]
        for place, text in enumerate(texts):
            if answer := said.get(fold(text)):
                found = LEFT_OUT if fold(answer) == LEFT_OUT else meaning(answer, known)
                if found is None:
                    raise Refused(N_("“{word}” can mean: {ways}."), word=text, ways=ways)
            else:
                found = meaning(text, known) if text else ""
            if found == LEFT_OUT:
                self.skip(codes == place)
            elif found is None:
                at = (codes == place) & ~self.skipped & (True if where is None else where)
                if at.any():
                    sentence, option = tr(MEANING, value=quoted(text)), f'--word "{text}={ways}"'
                    self.ask("word", sentence, at, name, value=text, option=option, choices=choices)
            means.append(found or "")
        return codes, means

    def _mapped(self, name: str, change: Callable[[str], str]) -> Words:
        if not self.has(name):
            return np.zeros(len(self), np.int32), [""]
        column = self.columns[name]
        places: dict[str, int] = {}
        to = np.fromiter((places.setdefault(change(word), len(places)) for word in column.words), np.int32, len(column.words))
        return to[column.codes], list(places)

    def need(self, name: str) -> None:
        """Rows whose cell is blank are refused."""
        if self.has(name):
            column = self.columns[name].codes, self.columns[name].words
            blank = holds(column, lambda word: not word.strip().strip(" -—–\u2212\u00a0") and not isinstance(word, Wrong))
            self.refuse(blank, name, NEEDED)

    def refuse_closed(self, days: Ints, name: str, connection: Any) -> None:
        """Rows dated in a closed month are refused."""
        self.refuse(in_closed_month(days, connection), name, CLOSED)

    def _label(self, name: str) -> str:
        return quoted(self.heading.label(name) or name)


def each(column: Words) -> Callable[[int], str]:
    """What a column says in each row."""
    codes, words = column
    return lambda at: words[codes[at]]


def holds(column: Words, true: Callable[[str], bool] = bool) -> Flags:
    """Of which rows it is true what a column says; without a question, where it says anything."""
    codes, words = column
    flags: Flags = np.array([true(word) for word in words], bool)[codes]
    return flags


def in_closed_month(days: Ints, connection: Any) -> Flags:
    """Which of the days (ordinals) nothing may be dated on any more."""
    shut = np.zeros(len(days), bool)
    for start, end in connection.execute('SELECT start, "end" FROM closing'):
        shut |= (days >= dt.date.fromisoformat(start).toordinal()) & (days < dt.date.fromisoformat(end).toordinal())
    return shut


def _text(word: str) -> str:
    """A cell as text; the apostrophe that keeps a spreadsheet from computing our own export is taken off."""
    if word.isascii() and word.isalnum():
        return str(word)
    text = clean(word)
    if text[:1] == "'" and text[1:2] in tuple("=+-@＝＋－＠"):
        text = text[1:]
    if isinstance(word, Numeric) and text.endswith(".0"):
        text = text[:-2]
    return "" if text in ("-", "—", "–") else text


def undashed(words: Iterable[str]) -> list[str]:
    """A lone dash is how an accountant writes nothing."""
    return ["" if word in ("-", "—", "–", "\u2212") else word for word in words]


def slim(values: NDArray[Any]) -> NDArray[Any]:
    """The same values; where all rows have the same one, it takes the room of one."""
    return np.broadcast_to(values[:1].copy(), values.shape) if len(values) and (values == values[0]).all() else values


def times_half_up(a: Ints, b: Any, divisor: Any) -> Ints:
    """``a × b ÷ divisor`` half away from zero, exactly: where 64 bits do not hold it, with Python's own numbers; 2^62 at the most."""
    b = np.broadcast_to(np.asarray(b, np.int64), a.shape)
    if len(a) and float(np.abs(a).max()) * float(np.abs(b).max()) >= 2.0**61:
        product: Any = a.astype(object) * b.astype(object)
    else:
        product = a * b
    size = np.minimum((2 * np.abs(product) + divisor) // (2 * divisor), 2**62)
    result: Ints = np.where(product < 0, -size, size).astype(np.int64)
    return result
