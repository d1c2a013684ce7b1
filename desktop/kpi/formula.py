"""How a number is made of its parts, as a value: what measures it is also what is written out, proved from rows and split.

A term is a part's place, or a `Difference` of two. What no form here fits (a model, weights) stays a plain function.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

from sqlalchemy.orm import Session

from desktop.kpi.kpi import Measured, Number, Scope, Values
from desktop.values.text import tr

Z = 1.96  # ranges are of 95 %
Said = Callable[[Session, Scope, Values], str | None]
Counted = Callable[[Session, Scope, Values], Number]
Lacking = Callable[[Session, Scope, Values], Measured | None]


@dataclass(frozen=True, kw_only=True)
class Formula:
    """What every form has; to be called it is a `Kpi.formula`.

    ``why`` is the sentence where the parts give no number, ``n`` how many stand behind it, ``note`` what is said beside it;
    ``lacking`` gives an answer of its own where something is missing though the parts have numbers. ``entry`` as in `Measured`.
    """

    why: str = ""
    n: Counted | None = None
    note: Said | None = None
    lacking: Lacking | None = None
    entry: str | None = None

    @property
    def shape(self) -> str:
        """The formula with a hole for each part ("{0} ÷ {1}"); empty where the number is a part itself."""
        return ""

    def fold(self, values: Values) -> Number | None:
        """The number that the parts' values make; None where they make none."""
        raise NotImplementedError

    def told(self, values: Values) -> Number | None:
        """The number that a reader of ``shape`` works out."""
        return self.fold(values)

    def base(self, values: Values) -> Number:
        """What the number is counted over, where ``n`` says nothing else."""
        raise NotImplementedError

    def spread(self, values: Values) -> tuple[float, float] | None:
        """The range in which chance leaves the number; None for a form without one."""
        return None

    def __call__(self, s: Session, scope: Scope, values: Values) -> Measured:
        lacking = self.lacking(s, scope, values) if self.lacking else None
        if lacking is not None:
            return lacking
        value = self.fold(values)
        n = self.n(s, scope, values) if self.n else self.base(values) if value is not None else 0
        note = self.note(s, scope, values) if self.note else None
        if value is None:
            return Measured(None, n, why_null=tr(self.why), note=note, entry=self.entry)
        low, high = self.spread(values) or (None, None)
        return Measured(value, n, low, high, note=note)


@dataclass(frozen=True)
class Value(Formula):
    """One part; nothing counts as 0 unless ``why`` says that there is no number then."""

    part: int = 0

    def fold(self, values: Values) -> Number | None:
        return values[self.part] or (None if self.why and values[self.part] is None else 0)

    def base(self, values: Values) -> Number:
        return values[self.part] or 0


@dataclass(frozen=True)
class Sum(Value):
    """One part, and the others it is the sum of (−2: the second one taken off).

    It is not added up here: of a sale that sellers share, each of the others is rounded by itself.
    """

    terms: tuple[int, ...] = ()

    @property
    def shape(self) -> str:
        return "".join((" − " if term < 0 else " + " if at else "") + f"{{{abs(term)}}}" for at, term in enumerate(self.terms))

    def told(self, values: Values) -> Number | None:
        return sum((values[abs(term)] or 0) * (-1 if term < 0 else 1) for term in self.terms)


@dataclass(frozen=True)
class Difference(Formula):
    """One part less another."""

    part: int
    less: int

    @property
    def shape(self) -> str:
        return f"{{{self.part}}} − {{{self.less}}}"

    def fold(self, values: Values) -> Number | None:
        return (values[self.part] or 0) - (values[self.less] or 0)

    def base(self, values: Values) -> Number:
        return 1


@dataclass(frozen=True)
class Ratio(Formula):
    """A part, or a difference of two, over another that is above zero; ``per``: how many of the upper part make one."""

    top: int | Difference
    bottom: int | Difference
    per: int = 1

    @property
    def shape(self) -> str:
        return " ÷ ".join(f"({term.shape})" if isinstance(term, Difference) else f"{{{term}}}" for term in (self.top, self.bottom))

    def fold(self, values: Values) -> Number | None:
        top, bottom = (term.fold(values) if isinstance(term, Difference) else values[term] for term in (self.top, self.bottom))
        return (top or 0) / bottom / self.per if bottom is not None and bottom > 0 else None

    def base(self, values: Values) -> Number:
        return (self.bottom.fold(values) if isinstance(self.bottom, Difference) else values[self.bottom]) or 0


@dataclass(frozen=True)
class Share(Ratio):
    """Those of a whole that something is true of, with the range of a proportion; ``rest``: those of whom it is not."""

    top: int
    rest: bool = False

    @property
    def shape(self) -> str:
        return ("1 − " if self.rest else "") + super().shape

    def fold(self, values: Values) -> Number | None:
        share = super().fold(values)
        return 1 - share if self.rest and share is not None else share

    def spread(self, values: Values) -> tuple[float, float] | None:
        part, whole = values[self.top] or 0, self.base(values)
        if not 0 <= part <= whole:
            return None
        low, high = wilson(part, whole)
        return (1 - high, 1 - low) if self.rest else (low, high)


def wilson(successes: Number, n: Number) -> tuple[float, float]:
    """The Wilson 95 % range of ``successes`` in ``n`` > 0.

    Source:
        E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
    """
    share, z2 = successes / n, Z * Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z / (1 + z2 / n) * sqrt(max(0.0, share * (1 - share) / n + z2 / (4 * n * n)))
    return max(0.0, middle - half), min(1.0, middle + half)
