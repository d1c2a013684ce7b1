"""Reading a PDF as a reader's search does: text by page and line, every glyph's place."""

import re
from fractions import Fraction

import numpy as np
import pypdfium2
from pypdfium2 import raw

from desktop.values.digits import latin, plain
from desktop.values.fold import fold

NUMBER = re.compile(r"[٪%]?[−-]?\d[\d٬٫,.]*%?")
MARKS = re.compile("[\u064b-\u065f\u0670\u200c\u00a0\\s]")


def compact(text):
    """``text`` without blanks, marks, brackets and letters' variants: what a search compares."""
    return re.sub(r"[\s()،,.؛;:]", "", fold(plain(text)))


def numbers(text):
    """Every number in ``text`` as it is written, folded."""
    return [latin(found).rstrip("٬٫,.") for found in NUMBER.findall(plain(text))]


def value(written):
    """A written number and the worth of its last place: (1.23, 0.01); a share as a fraction."""
    bare = latin(written).replace("٬", "").replace(",", "").replace("٫", ".").replace("−", "-")
    share = "٪" in bare or "%" in bare
    bare = bare.strip("٪%")
    place = Fraction(1, 10 ** len(bare.partition(".")[2]))
    return Fraction(bare) / (100 if share else 1), place / (100 if share else 1)


class Paper:
    """A PDF under the reader's eye."""

    def __init__(self, pdf):
        self.pdf = pdf
        self._document = pypdfium2.PdfDocument(pdf)
        self.texts = [page.get_textpage().get_text_bounded() for page in self._document]

    def close(self):
        self._document.close()

    def __len__(self):
        return len(self.texts)

    def page(self, title):
        """The text of the pages that carry ``title`` at their head."""
        found = [text for text in self.texts if compact(text.splitlines()[0]).startswith(compact(title))]
        assert found, (title, [text.splitlines()[0] for text in self.texts])
        return "\n".join(found)

    def row(self, text, name):
        """What stands behind ``name`` where it begins a line of ``text``, word by word; the name may go on below."""
        words = [(word, at == 0) for line in text.splitlines() for at, word in enumerate(line.split())]
        wanted = compact(name)
        for start in (at for at, (_, first) in enumerate(words) if first):
            said = ""
            for at in range(start, min(start + 14, len(words))):
                said += compact(words[at][0])
                if said == wanted:
                    return [word.strip("()") for word, _ in words[at + 1 : at + 12]]
                if not wanted.startswith(said):
                    break
        raise AssertionError(name)

    def glyphs(self, page):
        """The letters of a page and their boxes: left, bottom, right, top in points."""
        text = self._document[page].get_textpage()
        letters, boxes = [], []
        for i in range(text.count_chars()):
            letter = chr(raw.FPDFText_GetUnicode(text, i))
            if not MARKS.match(letter) and letter.isprintable():
                letters.append(letter)
                boxes.append(text.get_charbox(i))
        return letters, np.array(boxes).reshape(-1, 4)

    def outside(self, page, left, bottom, right, top):
        """Letters that lie over the margins."""
        letters, boxes = self.glyphs(page)
        over = (boxes[:, 0] < left) | (boxes[:, 1] < bottom) | (boxes[:, 2] > right) | (boxes[:, 3] > top)
        return [letter for letter, out in zip(letters, over, strict=True) if out]

    def overlaps(self, page):
        """Pairs of letters, not of one word, that cover each other by a third of the smaller."""
        letters, boxes = self.glyphs(page)
        left, bottom, right, top = boxes.T
        wide = np.minimum(right[:, None], right) - np.maximum(left[:, None], left)
        high = np.minimum(top[:, None], top) - np.maximum(bottom[:, None], bottom)
        area = (right - left) * (top - bottom)
        both = np.clip(wide, 0, None) * np.clip(high, 0, None)
        at = np.arange(len(letters))
        apart = at[None, :] - at[:, None] > 4  # neighbours in a word may lean over each other
        found = np.argwhere(apart & (both > 0.33 * np.minimum(area[:, None], area)) & (both > 1))
        return [letters[i] + letters[j] for i, j in found]

    def image(self, page, scale=1.0):
        return self._document[page].render(scale=scale).to_numpy()
