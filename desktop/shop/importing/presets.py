"""Exports of other programs, known by their columns: `resources/presets.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from desktop.shop.importing.options import Options
from desktop.shop.importing.reader import Sample, Typed
from desktop.shop.kind import header_key
from desktop.values.places import place
from desktop.values.text import N_, tr

KNOWN = N_("This is an export of {program}; its columns were taken as it means them.")


@dataclass(frozen=True)
class _Preset:
    """``known``: keys of the headers that all have to be there; ``columns``: field → header, "" = not taken."""

    program: str
    kind: str
    known: frozenset[str]
    columns: dict[str, str]
    words: dict[str, str]
    unit: str | None


def recognised(samples: Sequence[Sample], kind: str, options: Options) -> tuple[Options, str]:
    """The options with what is known of the program that wrote the file, and the sentence that says so; as they are, and "", if none is.

    What the person says goes before.
    """
    meant = (one for one in samples if options.header and options.sheet in (None, one.name))
    rows = [{header_key(cell) for cell in row if not isinstance(cell, Typed)} for sample in meant for row in sample.rows]
    found = [(len(one.known), one, keys) for keys in rows for one in _presets() if one.kind == kind and one.known <= keys]
    if not found:
        return options, ""
    _, best, keys = max(found, key=lambda one: one[0])
    columns = {
        name: header for name, header in best.columns.items() if name not in options.fixed and (not header or header_key(header) in keys)
    }
    taken = {*options.mapping.values()} - {""}
    columns = {name: header for name, header in columns.items() if header not in taken}
    known = replace(options, mapping={**columns, **options.mapping}, words={**best.words, **options.words}, unit=options.unit or best.unit)
    return known, tr(KNOWN, program=best.program)


@cache
def _presets() -> tuple[_Preset, ...]:
    said: list[dict[str, Any]] = tomllib.loads(place("resources", "presets.toml").read_text("utf-8"))["preset"]
    return tuple(
        _Preset(one["program"], one["kind"], frozenset(map(header_key, one["known"].split(","))), one["map"], one.get("words", {}),
                one.get("unit"))
        for one in said
    )  # fmt: skip
