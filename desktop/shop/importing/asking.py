"""What only the person can tell of a file's rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from desktop.shop.importing.options import Asked
from desktop.shop.importing.reader import Column


class Asking:
    """Rows (each ``numbers`` by the spreadsheet, their ``columns`` by field) of which something may be asked."""

    numbers: NDArray[np.int32]
    columns: dict[str, Column]

    def __init__(self) -> None:
        self._asked: dict[tuple[str, str, str], Asked] = {}

    def ask(
        self,
        about: str,
        sentence: str,
        at: NDArray[np.bool_],
        field: str = "",
        *,
        option: str,
        value: str = "",
        choices: Iterable[tuple[str, str]] = (),
        examples: Sequence[int] | NDArray[np.int64] | None = None,
    ) -> None:
        """Only the person can tell: the question (see `Asked`) stands in the outcome, and nothing of the file is written.

        Whoever asks goes on with the likeliest answer, so that all that is to be asked is asked at once; the same question asked
        again takes the place of the first.

        Args:
            about: what of the options answers it.
            sentence: the whole question, in the language of the person and without a word of the command line.
            at: the rows that it concerns.
            field: whose column it is about.
            option: how the command line answers, such as ``--dates jalali|dmy``.
            value: what it is about, where the column has several such.
            choices: each answer, and how the file reads with it - best shown by one of the examples.
            examples: rows (by place) that show the case better than the first two.
        """
        chosen = np.flatnonzero(at)
        column = self.columns.get(field)
        shown = [
            (int(self.numbers[one]), str(column.words[column.codes[one]]) if column else "")
            for one in (chosen if examples is None else np.asarray(examples))[:2].tolist()
        ]
        self._asked[about, field, value] = Asked(about, sentence, field, value, len(chosen), tuple(shown), tuple(choices), option)

    @property
    def asked(self) -> tuple[Asked, ...]:
        """What only the person can tell."""
        return tuple(self._asked.values())
