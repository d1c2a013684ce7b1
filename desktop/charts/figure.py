"""What a figure shows, as plain values; how it is drawn is `desktop.charts.paint`, alike on screen and on paper.

Series run from the oldest to the newest; None is a place where there is no number (yet).
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.values.unit import Unit


@dataclass(frozen=True)
class Palette:
    """The colours a figure is drawn with, as ``#rrggbb``; good and bad only ever mean better and worse."""

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
    on_accent: str = "#241A04"
    fades: bool = True  # whether an area under a line may fade out; a PDF prints the fading solid


PAPER = Palette("#26231E", "#6B665C", "#D9D4C8", "#FFFFFF", "#E09B12", "#8A5A00", "#FBF0D8", "#1B7A4B", "#B23A2B", "#CFC9BC", fades=False)


@dataclass(frozen=True)
class Level:
    """A dashed line across bars: how high, and which line it is («even pace», «needed from now»); ``since`` is its first bar."""

    value: float
    label: str
    since: int = 0


@dataclass(frozen=True)
class Bars:
    """A bar per value; ``labels`` under them ('' = none, the first and last are kept when they crowd).

    ``second`` is drawn inside the bars (profit in sales); ``quiet`` bars are dim (closed, partial). ``levels``: two at most.
    ``exact`` is what hovering reads; bar ``best`` has its own said while nothing is hovered.
    """

    values: tuple[float | None, ...]
    labels: tuple[str, ...]
    unit: Unit = Unit.MONEY
    second: tuple[float | None, ...] = ()
    quiet: frozenset[int] = frozenset()
    exact: tuple[str, ...] = ()
    legend: tuple[str, str] = ("", "")
    levels: tuple[Level, ...] = ()
    best: int | None = None


@dataclass(frozen=True)
class Trend:
    """A line with a point per value, and gaps where None; ``before`` is the same of the comparison, drawn thin.

    Its axis starts at 0 unless the values lie close together far from it.
    """

    values: tuple[float | None, ...]
    labels: tuple[str, ...]
    unit: Unit
    exact: tuple[str, ...] = ()
    before: tuple[float | None, ...] = ()
    target: float | None = None
    target_label: str = ""

    @property
    def known(self) -> bool:
        """Whether there is any value to draw."""
        return any(value is not None for value in self.values)


@dataclass(frozen=True)
class Bridge:
    """From a first whole through additions to a last whole: (label, value, whole)."""

    steps: tuple[tuple[str, float, bool], ...]
    unit: Unit = Unit.MONEY


@dataclass(frozen=True)
class Heat:
    """A grid of shares from 0 to 1 (None: nothing there yet), each with its text; ``partial`` cells are hatched."""

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


@dataclass(frozen=True)
class Bullet:
    """How far towards a target: ``share`` of it (1 = reached) and the share that an even ``pace`` asks by now."""

    share: float
    pace: float | None = None


Figure = Bars | Trend | Bridge | Heat | Funnel | Ranks | Bullet
