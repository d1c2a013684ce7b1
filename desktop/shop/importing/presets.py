"""Exports of other programs, known by their columns: `resources/presets.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from desktop.shop.importing.options import Options
from desktop.shop.importing.reader import Sample, Typed
from desktop.shop.kind import header_key
from desktop.values.places import place
from desktop.values.text import N_, tr

KNOWN = N_("This is an export of {program}; its columns were taken as it means them.")

INSIDE = N_("Its prices contain the tax.")


@dataclass(frozen=True)
class _Preset:
    """``known``: keys of the headers that all have to be there; ``columns``: field → header, "" = not taken.

    ``whole``: the headers of an order's sum, its tax, and what comes to the sum beside the tax unless that is in it already.
    """

    program: str
    kind: str
    known: frozenset[str]
    columns: dict[str, str]
    words: dict[str, str]
    unit: str | None
    whole: tuple[str, ...]


def recognised(samples: Sequence[Sample], kind: str, options: Options) -> tuple[Options, str]:
    """The options with what is known of the program that wrote the file, and the sentence that says so; as they are, and "", if none is.

    What the person says goes before.
    """
    meant = (one for one in samples if options.header and options.sheet in (None, one.name))
    tables = [sample.rows[at:] for sample in meant for at in range(len(sample.rows))]
    headed = [([header_key("" if isinstance(cell, Typed) else cell) for cell in rows[0]], rows[1:]) for rows in tables]
    found = [(len(one.known), one, keys, rows) for keys, rows in headed for one in _presets() if one.kind == kind and one.known <= {*keys}]
    if not found:
        return options, ""
    _, best, keys, rows = max(found, key=lambda one: one[0])
    columns = {
        name: header for name, header in best.columns.items() if name not in options.fixed and (not header or header_key(header) in keys)
    }
    taken = {*options.mapping.values()} - {""}
    columns = {name: header for name, header in columns.items() if header not in taken}
    inside = _inside(best, keys, rows)
    known = replace(
        options,
        mapping={**columns, **options.mapping},
        words={**best.words, **options.words},
        unit=options.unit or best.unit,
        tax_included=options.tax_included or inside,
    )
    return known, " ".join((tr(KNOWN, program=best.program), *([tr(INSIDE)] if inside else [])))


def _inside(preset: _Preset, keys: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the amounts contain the tax: most orders with a tax come to their sum without it."""
    count = 0
    for row in rows if preset.whole else ():
        cells = dict(zip(keys, row, strict=False))
        with suppress(ValueError, KeyError):
            total, tax, *parts = (float(cells[name]) for name in preset.whole)
            rest = total - sum(parts)
            count += (abs(rest) < abs(rest - tax)) - (abs(rest) > abs(rest - tax))
    return count > 0


@cache
def _presets() -> tuple[_Preset, ...]:
    said: list[dict[str, Any]] = tomllib.loads(place("resources", "presets.toml").read_text("utf-8"))["preset"]
    return tuple(
        _Preset(one["program"], one["kind"], frozenset(map(header_key, one["known"].split(","))), one["map"], one.get("words", {}),
                one.get("unit"), tuple(map(header_key, one.get("whole", ()))))
        for one in said
    )  # fmt: skip
