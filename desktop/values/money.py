"""Money as whole numbers of the book's smallest unit: read as typed, divided without loss, said in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from desktop.values.digits import foreign, latin
from desktop.values.text import N_, Refused, language, tr
from desktop.values.writing import Writing, exponent, writing

MOST = 2**53  # far beyond any shop, and exact wherever a number goes

_FA_ONES = "صفر یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده".split()
_FA_TENS = "_ _ بیست سی چهل پنجاه شصت هفتاد هشتاد نود".split()
_FA_HUNDREDS = "_ صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد".split()
_FA_SCALES = ("", "هزار", "میلیون", "میلیارد", "تریلیون", "تریلیارد")
_EN_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_EN_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
_EN_SCALES = ("", "thousand", "million", "billion", "trillion", "quadrillion")


def scale(chosen: Writing | None = None) -> int:
    """How many smallest units one written unit is: 10 for toman, 1 for rial, 100 for pounds."""
    chosen = chosen or writing()
    if chosen.currency == "IRR":
        return 10 if chosen.money == "toman" else 1
    return int(10 ** exponent(chosen.currency))


def decimals(chosen: Writing | None = None) -> int:
    """How many decimals an amount is written with: none in Iran, 2 for pounds."""
    chosen = chosen or writing()
    return 0 if chosen.currency == "IRR" else exponent(chosen.currency)


def unit_name(chosen: Writing | None = None) -> str:
    """«تومان», «ریال» or the currency's code."""
    chosen = chosen or writing()
    if chosen.currency != "IRR":
        return chosen.currency
    return tr("toman") if chosen.money == "toman" else tr("rial")


def parse_money(text: str) -> int:
    """The amount typed in the writing's unit, in the smallest unit; groups, any digits, a minus on either side.

    Raises:
        Refused: no amount, finer than the smallest unit, or beyond belief.
    """
    typed = latin(text).strip().strip("\u2066\u2069").replace("\u2212", "-")
    negative = bool(re.fullmatch(r"\(.*\)|-.*|.*-", typed))
    digits = re.sub(r"[,٬،_\s\u200c]", "", typed.strip("()-+ ")).replace("٫", ".")
    if not re.fullmatch(r"\d+(\.\d*)?|\.\d+", digits):
        raise Refused(N_("“{text}” is no amount; type digits only."), text=foreign(text))
    amount = Decimal(digits) * scale()
    if amount != amount.to_integral_value():
        raise Refused(N_("“{text}” is finer than the smallest unit of money."), text=foreign(text))
    if amount > MOST:
        raise Refused(N_("“{text}” is more money than a book can hold; check the number of zeros."), text=foreign(text))
    return -int(amount) if negative else int(amount)


def half_up(numerator: int, denominator: int) -> int:
    """The quotient rounded to a whole number, halves away from zero."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    rounded = (2 * abs(numerator) + denominator) // (2 * denominator)
    return rounded if numerator >= 0 else -rounded


def split(total: int, weights: Sequence[int]) -> list[int]:
    """``total`` in whole parts by ``weights`` (none negative) that add up to it exactly: largest remainder, then first.

    Raises:
        ValueError: there is nothing to weigh by.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError(weights)
    parts = [abs(total) * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(abs(total) * weights[i] % whole), i))
    for i in order[: abs(total) - sum(parts)]:
        parts[i] += 1
    return parts if total >= 0 else [-part for part in parts]


def in_words(amount: int) -> str:
    """An amount in words with its unit, as on an invoice."""
    whole, rest = divmod(abs(amount), scale())
    words = _words_fa if language() == "fa" else _words_en
    text = f"{words(whole)} {unit_name()}"
    if rest:
        smaller = tr("rial") if writing().currency == "IRR" else f"/ {scale()}"
        text += f" {'و' if language() == 'fa' else 'and'} {words(rest)} {smaller}"
    return (tr("minus {amount}", amount=text)) if amount < 0 else text


def _words_fa(n: int) -> str:
    groups, scale_at = [], 0
    if n == 0:
        return _FA_ONES[0]
    while n:
        n, group = divmod(n, 1000)
        if group:
            groups.append(f"{_under_thousand_fa(group)} {_FA_SCALES[scale_at]}".strip())
        scale_at += 1
    return " و ".join(reversed(groups))


def _under_thousand_fa(n: int) -> str:
    hundreds, rest = divmod(n, 100)
    words = [_FA_HUNDREDS[hundreds]] if hundreds else []
    if rest >= 20:
        words.append(_FA_TENS[rest // 10])
        rest %= 10
    if rest:
        words.append(_FA_ONES[rest])
    return " و ".join(words)


def _words_en(n: int) -> str:
    groups, scale_at = [], 0
    if n == 0:
        return _EN_ONES[0]
    while n:
        n, group = divmod(n, 1000)
        if group:
            groups.append(f"{_under_thousand_en(group)} {_EN_SCALES[scale_at]}".strip())
        scale_at += 1
    return " ".join(reversed(groups))


def _under_thousand_en(n: int) -> str:
    hundreds, rest = divmod(n, 100)
    words = [f"{_EN_ONES[hundreds]} hundred"] if hundreds else []
    if rest >= 20:
        words.append(_EN_TENS[rest // 10] + (f"-{_EN_ONES[rest % 10]}" if rest % 10 else ""))
    elif rest:
        words.append(_EN_ONES[rest])
    return " ".join(words)
