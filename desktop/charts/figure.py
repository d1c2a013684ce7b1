"""What a figure shows, as plain values; how it is drawn is `desktop.charts.paint`, alike on screen and on paper."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.values.unit import Unit


@dataclass(frozen=True)
class Palette:
    """The colours a figure is drawn with, as ``#rrggbb``."""

    ink: str
    soft: str
    line: str
    card: str
    accent: str
    accent_ink: str
    wash: str
    good: str
    bad: str
    dim: str


PAPER = Palette("#26231E", "#6B665C", "#D9D4C8", "#FFFFFF", "#E09B12", "#8A5A00", "#FBF0D8", "#1B7A4B", "#B23A2B", "#CFC9BC")


@dataclass(frozen=True)
class Bars:
    """A bar per value, oldest first; ``labels`` under them ('' = none); ``quiet`` bars are drawn dim (closed, partial).

    ``second`` is drawn inside the bars (profit in sales). ``target`` is a dashed line. ``exact`` is what hovering a bar reads.
    """

    values: tuple[float | None, ...]
    labels: tuple[str, ...]
    unit: Unit = Unit.MONEY
    second: tuple[float | None, ...] = ()
    quiet: frozenset[int] = frozenset()
    target: float | None = None
    target_label: str = ""
    exact: tuple[str, ...] = ()
    legend: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Trend:
    """A line of values in time, oldest first, with a point per value; gaps where None."""

    values: tuple[float | None, ...]
    labels: tuple[str, ...]
    unit: Unit


@dataclass(frozen=True)
class Bridge:
    """From a first whole through additions to a last whole: (label, value, whole)."""

    steps: tuple[tuple[str, float, bool], ...]
    unit: Unit = Unit.MONEY


@dataclass(frozen=True)
class Heat:
    """A grid of shares from 0 to 1 (None: nothing there yet), each with its text; rows and columns are named."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    shares: tuple[tuple[float | None, ...], ...]
    texts: tuple[tuple[str, ...], ...]
    partial: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Funnel:
    """Counts on the way, widest first."""

    stages: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Ranks:
    """Lying bars, longest first: (name, value, text)."""

    rows: tuple[tuple[str, float, str], ...]


Figure = Bars | Trend | Bridge | Heat | Funnel | Ranks
