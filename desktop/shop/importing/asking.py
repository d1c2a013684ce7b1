"""Words of a file that nobody knows and that decide over money: asked with their count, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from desktop.shop.importing.options import quoted
from desktop.shop.importing.rows import Flags, Rows, Words
from desktop.shop.importing.words import meaning
from desktop.values.fold import fold
from desktop.values.plural import ntr
from desktop.values.text import N_, Refused

LEFT_OUT = "left out"


@dataclass(frozen=True)
class Asked:
    """A word of a column, how many rows have it, and two of these as the spreadsheet numbers them; ``option`` answers it."""

    field: str
    value: str
    count: int
    examples: tuple[int, ...]
    option: str

    def sentence(self) -> str:
        return ntr("What does “{value}” mean? {n} row has it.", "What does “{value}” mean? {n} rows have it.", self.count,
                   value=quoted(self.value))  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        return {"field": self.field, "value": self.value, "count": self.count, "examples": list(self.examples), "option": self.option}


def understood(rows: Rows, name: str, known: Mapping[str, str], where: Flags | None = None) -> Words:
    """What each row's word means, "" where it is blank; one that is not known is asked about, if any row of ``where`` has it."""
    codes, texts = rows.texts(name)
    said = {fold(word): answer for word, answer in rows.options.words.items()}
    means, ways = [], " | ".join((*dict.fromkeys(known.values()), LEFT_OUT))
    for place, text in enumerate(texts):
        if answer := said.get(fold(text)):
            found = LEFT_OUT if fold(answer) == LEFT_OUT else meaning(answer, known)
            if found is None:
                raise Refused(N_("“{word}” can mean: {ways}."), word=text, ways=ways)
        else:
            found = meaning(text, known) if text else ""
        if found == LEFT_OUT:
            rows.skip(codes == place)
        elif found is None:
            at = np.flatnonzero((codes == place) & ~rows.skipped & (True if where is None else where))
            if len(at):
                examples = tuple(rows.numbers[at[:2]].tolist())
                rows.unknown.append(Asked(name, text, len(at), examples, f'--word "{text}={ways}"'))
        means.append(found or "")
    return codes, means
