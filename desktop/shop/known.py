"""Who or what is meant: found by code, phone or name; and which lead is which customer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.values.fold import fold

Run = Callable[..., Any]  # a connection's way to ask: SQL, then its values

_SIGNS = re.compile(r"[\W\d_]+")
_NOBODY = frozenset(map(fold, (
    "متفرقه,عبوری,گذری,رهگذر,ناشناس,ناشناخته,مهمان,نقدی,نامشخص,نامعلوم,مجهول,بینام,بدوننام,ندارد,هیچ,هیچکس,مصرفکننده,مصرفکنندهنهایی,حضوری,"
    "walk,walkin,walkins,guest,guests,cash,null,nan,none,nil,na,nobody,noone,unknown,anonymous,undefined,noname,passerby,enduser,"
    "finalconsumer"
).split(",")))  # fmt: skip
_BESIDE = frozenset(map(fold, (
    "مشتری,مشتریان,خریدار,طرف,حساب,شخص,اشخاص,افراد,کاربر,فروش,فروشگاه,عمومی,customer,customers,client,clients,buyer,user,person,people,sale,"
    "sales,account,shopper,checkout,in,retail,general"
).split(",")))  # fmt: skip
_ONE_DIGIT = re.compile(r"(\d)\1{6}$")
_EMPTY_CODE = re.compile(r"[0\W_]+|(\d)\1{4,}")
_IN_A_ROW = "1234567"


def nobody(name: str) -> bool:
    """A name that stands for whoever came by: «متفرقه»، «مشتری نقدی»، Walk-in, Guest 2, N/A; no name at all is none."""
    words = _SIGNS.sub(" ", fold(name)).split()
    if not words:
        return bool(name.strip()) and not any(letter.isdigit() for letter in name)
    together = "".join(words)
    return together in _NOBODY or (all(word in _NOBODY or word in _BESIDE for word in words) and any(word in _NOBODY for word in words))


def empty_phone(phone: str) -> bool:
    """A phone that identifies nobody: fewer than five digits, or one digit seven times at its end."""
    return len(phone) < 5 or _ONE_DIGIT.search(phone) is not None


def empty_code(code: str) -> bool:
    """A person's code that identifies nobody: noughts, signs, one digit five times and more."""
    return _EMPTY_CODE.fullmatch(code) is not None


@dataclass
class Thing:
    """Something the book has (``id`` > 0) or would get (``id`` < 0); the attributes matter only for new ones."""

    id: int
    code: str = ""
    phone: str = ""
    fold: str = ""
    name: str = ""
    more: dict[str, Any] = field(default_factory=dict)


class Things:
    """All things of one kind, known and new, by every key that identifies them."""

    def __init__(self, table: str, known: Iterable[Thing] = ()) -> None:
        self.table = table
        self.by_code: dict[str, Thing] = {}
        self.by_phone: dict[str, Thing] = {}
        self.shared: set[str] = set()  # phones in a row of 1 to 7 that several names bear
        self.by_barcode: dict[str, Thing] = {}
        self.by_fold: dict[str, list[Thing]] = {}
        self.by_id: dict[int, Thing] = {}  # of those in the book
        self.new: list[Thing] = []
        for thing in known:
            self.know(thing)

    def know(self, thing: Thing) -> Thing:
        """The thing can be found by its keys; the first that has a key keeps it."""
        if thing.id > 0:
            self.by_id[thing.id] = thing
        if thing.code:
            self.by_code.setdefault(thing.code, thing)
        self.reach(thing, thing.phone)
        if thing.fold:
            self.by_fold.setdefault(thing.fold, []).append(thing)
        return thing

    def reach(self, thing: Thing, phone: str) -> None:
        """The thing can be found by this phone, if the phone says anything."""
        if (phone := self.key(phone)) and self.by_phone.setdefault(phone, thing).fold != thing.fold and phone.endswith(_IN_A_ROW):
            self.shared.add(phone)

    def key(self, phone: str | None) -> str:
        """A phone as far as it identifies anybody, else ""."""
        return "" if not phone or phone in self.shared or empty_phone(phone) else phone

    def share(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Phones in a row of 1 to 7 that several names of these (phone, name), or of the book, bear identify nobody."""
        met: dict[str, set[str]] = {}
        for phone, name in pairs:
            if name and phone.endswith(_IN_A_ROW):
                met.setdefault(phone, {one.fold for one in (self.by_phone.get(phone),) if one}).add(fold(name))
        self.shared |= {phone for phone, names in met.items() if len(names) > 1}

    def make(self, name: str, *, code: str = "", phone: str = "", **more: Any) -> Thing:
        """A new thing; it reaches the book only if a row that is taken uses it."""
        thing = Thing(-len(self.new) - 1, code, phone, fold(name), name, more)
        self.new.append(thing)
        return self.know(thing)

    def named(self, name: str) -> Thing | None:
        """The thing of this name."""
        found = self.by_fold.get(fold(name))
        return found[0] if found else None

    def called(self, text: str) -> Thing | None:
        """The thing with this code, else the only one of this name."""
        return self.by_code.get(text) or self.only(text)

    def only(self, name: str) -> Thing | None:
        """The thing of this name, where one alone bears it."""
        same = self.by_fold.get(fold(name), []) if name else []
        return same[0] if len(same) == 1 else None

    def who(self, code: str | None, phone: str | None, name: str) -> Thing | None:
        """The customer that a lead is: by code, by phone, else by a name that one alone bears - unless their phones differ."""
        phone = self.key(phone)
        found = self.by_code.get(code or "") or self.by_phone.get(phone)
        only = None if found else self.only(name)
        return found if found or not only or (phone and self.key(only.phone)) else only


def customer_of(run: Run, code: str | None, phone: str | None, name: str) -> int | None:
    """The customer of the book that a lead with these keys is (`Things.who`)."""
    question = " UNION ".join(f"SELECT id, code, phone, name_fold FROM customer WHERE {key} = ?" for key in _KEYS)
    found = _people(run(f"{question} ORDER BY id", (code, phone, fold(name)))).who(code, phone, name)
    return found.id if found else None


def ties(run: Run, first: int) -> list[tuple[int, int]]:
    """(customer, lead): who of the customers from id ``first`` on has asked before, as a lead that is nobody's yet."""
    if not run("SELECT 1 FROM lead WHERE customer_id IS NULL LIMIT 1").fetchone():
        return []
    leads = " UNION ".join(
        f"SELECT l.id, l.code, l.phone, l.name_fold FROM customer c JOIN lead l ON l.{key} = c.{key} "
        "WHERE c.id >= ? AND l.customer_id IS NULL"
        for key in _KEYS
    )
    firsts = (first,) * len(_KEYS)
    like = " UNION ".join(f"SELECT c.id, c.code, c.phone, c.name_fold FROM asked JOIN customer c ON c.{key} = asked.{key}" for key in _KEYS)
    customers = _people(run(f"WITH asked AS ({leads}) {like} ORDER BY 1", firsts))
    found = ((customers.who(code, phone, name), lead) for lead, code, phone, name in run(f"{leads} ORDER BY 1", firsts).fetchall())
    return [(one.id, lead) for one, lead in found if one and one.id >= first]


_KEYS = ("code", "phone", "name_fold")


def _people(rows: Iterable[Sequence[Any]]) -> Things:
    return Things("customer", (Thing(row, code or "", phone or "", name) for row, code, phone, name in rows))
