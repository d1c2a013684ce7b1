"""A kind of file that can be taken, and its fields; what each is called in the files that shops really have: `resources/headers.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cache

from desktop.shop import entity
from desktop.values.fold import fold
from desktop.values.places import place
from desktop.values.text import N_


@dataclass(frozen=True)
class Field:
    """``reader``: text, code, phone, day, clock, money, rate (a discount: amount or percent), quantity, or a kind of its own.

    ``key``: the form's field that it fills, where that is not of this name. ``file``: the kind whose headers it goes by.
    """

    name: str
    title: str
    reader: str = "text"
    needed: bool = False
    key: str = ""
    file: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Keys of its headers, the likeliest first; the first of them that the file has wins."""
        return _spellings(self.file, self.name)


@dataclass(frozen=True)
class Kind:
    """``any_of``: at least one of these fields must have a column. ``at`` is its place among the kinds that are offered."""

    name: str
    title: str
    fields: tuple[Field, ...]
    any_of: tuple[str, ...] = ()
    at: int = 99

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)


_UNITS = re.compile(r"\b(?:تومان|تومن|ریال|tomans?|rials?|irr|irt|gbp|usd|eur)\b|[£$€﷼]")
_SIGNS = re.compile(r"[\W_]+")
_PERCENT = str.maketrans({"%": "percent", "٪": "percent"})  # «تخفیف ٪» is no amount


def header_key(text: str) -> str:
    """What is equal for two spellings of one header: «قیمت (تومان)», "Unit_Price", "unit price"."""
    return _SIGNS.sub("", _UNITS.sub("", fold(text)).translate(_PERCENT))


@cache
def _spellings(file: str, name: str) -> tuple[str, ...]:
    headers, usual = _headers().get(file, {}), _headers()["usual"]
    said = headers.get(name, usual.get(name, "")).format_map(usual)
    return tuple(dict.fromkeys(filter(None, map(header_key, (name, *said.split(","))))))


@cache
def _headers() -> dict[str, dict[str, str]]:
    return tomllib.loads(place("resources", "headers.toml").read_text("utf-8"))


_READERS = {
    "text": "text", "note": "text", "choice": "text", "ref": "text", "kpi": "text", "phone": "phone", "code": "code", "money": "money",
    "day": "day", "month": "period", "score": "score", "number": "quantity", "amount": "amount",
}  # fmt: skip


def of_form(
    name: str, title: str, *columns: str | Field, blank: Collection[str] = (), any_of: tuple[str, ...] = (), at: int = 99
) -> Callable[[entity.Entity], Kind]:
    """What makes the kind of file of a thing: columns that its form, or every file, calls so; none named: what the form keeps.

    ``blank``: what the form needs and a file may do without.
    """

    def of(form: entity.Entity) -> Kind:
        own = [_filling(one) for one in form.fields if one.kind in _READERS]
        known = _USUAL | {field.name: field for field in own}
        chosen = columns or [field.name for field in own if field.key not in form.apart]
        fields = (known[one] if isinstance(one, str) else one for one in chosen)
        return Kind(name, title, tuple(replace(one, file=name, needed=one.needed and one.name not in blank) for one in fields), any_of, at)

    return of


def _filling(field: entity.Field) -> Field:
    name, title = ("date", N_("Date")) if field.key == "day" else (field.key.removesuffix("_id"), field.title)
    return Field(name, title, _READERS[field.kind], field.needed, field.key)


_USUAL = {
    field.name: field
    for field in (
        *map(_filling, (entity.DAY, entity.CODE, entity.PHONE, entity.CUSTOMER, entity.SELLER, entity.SOURCE, entity.CAMPAIGN,
                        entity.CATEGORY, entity.NOTE)),
        Field("number", N_("Number"), "code"),
        Field("customer_code", N_("Customer's code"), "code"),
        Field("product", N_("Product")),
        Field("product_code", N_("Product's code"), "code"),
        Field("barcode", N_("Barcode"), "code"),
        Field("unit", N_("Unit")),
        Field("status", N_("Status")),
    )
}  # fmt: skip
