"""Which row is the header, and which column is which field."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.shop.importing.options import Asked, Options, Unclear, quoted
from desktop.shop.importing.reader import Sample, Typed
from desktop.shop.kind import Kind, header_key
from desktop.values.digits import latin
from desktop.values.fold import clean
from desktop.values.text import N_, Refused, tr

_SHARE = re.compile(r"\d+(?:[.,٫/]\d+)?\s*[%٪]|[%٪]\s*\d+")  # «مالیات ۹٪» is the tax


@dataclass(frozen=True)
class Heading:
    """``first``: the first data row (0-based); ``columns``: field → column (0-based); ``labels``: every column's header."""

    sheet: str
    first: int
    width: int
    labels: tuple[str, ...]
    columns: dict[str, int] = field(default_factory=dict)
    by_hand: frozenset[str] = frozenset()

    def label(self, name: str) -> str:
        """The header of a field's column; "" if it has none."""
        return self.labels[self.columns[name]] if name in self.columns else ""


def find(samples: Sequence[Sample], kind: Kind, options: Options) -> Heading:
    """The header of the one sheet that has one.

    Raises:
        Refused: no header, or a header named by hand is not there.
        Unclear: several sheets to choose from.
    """
    check_names(kind, options)
    filled = [sample for sample in samples if any(any(cell.strip() for cell in row) for row in sample.rows)]
    if options.sheet and not any(sample.name == options.sheet for sample in samples):
        raise Refused(N_("There is no sheet {name}; the sheets are: {names}."), name=quoted(options.sheet),
                      names="، ".join(quoted(sample.name) for sample in samples))  # fmt: skip
    if options.sheet:
        filled = [sample for sample in filled if sample.name == options.sheet]
    if not filled:
        raise Refused(N_("The file has no rows."))
    if not options.header:
        return _chosen([(_numbered(sample, options), sample) for sample in filled])
    found = [(heading, sample) for sample in filled if (heading := _headed(sample, kind, options))]
    if not found:
        _say_why(filled[0], kind, options)
    return _chosen(found)


def unknown(samples: Sequence[Sample]) -> Heading:
    """Where no row looks like a header: the fullest of the first rows, for the person to say what its columns are."""
    sample = max(samples, key=lambda one: len(one.rows))
    at = max(range(min(10, len(sample.rows))), key=lambda row: sum(bool(cell.strip()) for cell in sample.rows[row]))
    width = max(len(row) for row in sample.rows[at:])
    return Heading(sample.name, at + 1, width, _unique([clean(cell) for cell in sample.rows[at]], width))


def check_names(kind: Kind, options: Options) -> None:
    """Raises: Refused: a field that this kind does not have is mapped or set."""
    for name in (*options.mapping, *options.fixed):
        if kind.field(name) is None:
            raise Refused(N_("There is no field {name}; the fields of {kind} are: {fields}."), name=quoted(name), kind=tr(kind.title),
                          fields=", ".join(one.name for one in kind.fields))  # fmt: skip


def missing(kind: Kind, heading: Heading, options: Options) -> tuple[str, ...]:
    """Needed fields that have neither a column nor a fixed value."""
    known = heading.columns.keys() | options.fixed.keys()
    lacking = tuple(one.name for one in kind.fields if one.needed and one.name not in known)
    return lacking + (kind.any_of if kind.any_of and not known & set(kind.any_of) else ())


def _chosen(found: list[tuple[Heading, Sample]]) -> Heading:
    if len(found) > 1:
        names = [sample.name for _, sample in found]
        sentence = tr("The file has several sheets with rows: {names}. Say which one.", names="، ".join(map(quoted, names)))
        raise Unclear(Asked("sheet", sentence, choices=tuple((name, name) for name in names), option="--sheet NAME"))
    return found[0][0]


def _numbered(sample: Sample, options: Options) -> Heading:
    """Without a header: columns are numbers from 1."""
    width = max(len(row) for row in sample.rows)
    labels = tuple(str(place) for place in range(1, width + 1))
    columns = {}
    for name, place in options.mapping.items():
        number = latin(place).strip()
        if place and number not in labels:
            raise Refused(N_("There is no column {place}: without a header, columns are numbers from 1 to {width}."),
                          place=quoted(place), width=width)  # fmt: skip
        if place:
            columns[name] = int(number) - 1
    return Heading(sample.name, 0, width, labels, columns, frozenset(columns))


def _headed(sample: Sample, kind: Kind, options: Options) -> Heading | None:
    """The row (or two rows, one merged over the other) that names the most fields."""
    best: tuple[int, Heading] | None = None
    rows = [[("" if isinstance(cell, Typed) else clean(cell)) for cell in row] for row in sample.rows]
    for at, row in enumerate(rows):
        if not any(row):
            continue
        for first, labels in ((at + 1, [[cell] for cell in row]), (at + 2, _stacked(row, rows[at + 1 : at + 2]))):
            score, columns, by_hand = _matched(labels, kind, options)
            if score and (best is None or score > best[0]):
                usual = Counter(len(one) for one in rows[first:] if any(one)).most_common(1)
                width = max(len(labels), usual[0][0] if usual else 0)
                best = score, Heading(sample.name, first, width, _names(labels, width), columns, by_hand)
    return best[1] if best else None


def _stacked(above: list[str], below: list[list[str]]) -> list[list[str]]:
    """Each column's spellings when the header has two rows: the group's name, the column's, both."""
    if not below:
        return []
    width = max(len(above), len(below[0]))
    top, bottom = (row + [""] * (width - len(row)) for row in (above, below[0]))
    return [[f"{a} {b}".strip(), a, b] if b else [a] for a, b in zip(top, bottom, strict=True)]


def _matched(labels: list[list[str]], kind: Kind, options: Options) -> tuple[int, dict[str, int], frozenset[str]]:
    """How well these labels name the kind's fields (0 = not a header), and which column is which."""
    keys = [[header_key(_SHARE.sub("", cell)) for cell in cells] for cells in labels]
    columns: dict[str, int] = {}
    for name, header in options.mapping.items():
        if header:
            place = _place(labels, keys, header)
            if place is None:
                return 0, {}, frozenset()
            columns[name] = place
    by_hand = frozenset(columns)
    for one in kind.fields:
        if one.name in options.mapping or one.name in options.fixed:
            continue
        for spelling in one.spellings:
            place = next((at for at, found in enumerate(keys) if spelling in found and at not in columns.values()), None)
            if place is not None:
                columns[one.name] = place
                break
    lone = sum(any(cells) for cells in labels) == 1
    return (len(columns) if len(columns) >= 2 or lone or by_hand else 0), columns, by_hand


def _place(labels: list[list[str]], keys: list[list[str]], header: str) -> int | None:
    """The column a header named by hand means; «X (2)» is the second of two that are called X."""
    wanted, key = clean(header), header_key(header)
    if wanted in (names := _names(labels, len(labels))):
        return names.index(wanted)
    exact = next((at for at, cells in enumerate(labels) if wanted in cells), None)
    return exact if exact is not None else next((at for at, found in enumerate(keys) if key and key in found), None)


def _names(labels: list[list[str]], width: int) -> tuple[str, ...]:
    """What each column is called: by its own header, not by that of its group."""
    return _unique([next((cell for cell in reversed(cells) if cell), "") for cells in labels], width)


def _unique(names: list[str], width: int) -> tuple[str, ...]:
    """Headers, the second of two that are alike marked «(2)»; a column without one is called by its place."""
    seen: Counter[str] = Counter()
    out = []
    for at in range(width):
        name = names[at] if at < len(names) and names[at] else f"#{at + 1}"
        seen[name] += 1
        out.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(out)


def _say_why(sample: Sample, kind: Kind, options: Options) -> None:
    """Raises: Refused: always; the sentence names what was looked for."""
    row = max(sample.rows[:10], key=lambda cells: sum(bool(cell.strip()) for cell in cells))
    columns = "، ".join(quoted(cell) for cell in row if cell.strip())
    for header in options.mapping.values():
        if header and not any(_place([[clean(cell)] for cell in one], [[header_key(cell)] for cell in one], header) is not None
                              for one in sample.rows):  # fmt: skip
            raise Refused(N_("There is no column {header}; the columns are: {columns}."), header=quoted(header), columns=columns)
    needed = [tr(one.title) for one in kind.fields if one.needed or one.name in kind.any_of]
    raise Refused(N_("No row of the file looks like a header for {kind}. Needed are columns such as: {fields}."), kind=tr(kind.title),
                  fields="، ".join(needed), field="mapping")  # fmt: skip
