"""Amounts of money: whole numbers of the book's smallest unit, as typed, as written, in words, shared out."""

from __future__ import annotations

import re

from desktop.values.digits import foreign, local, number, plain, read_number
from desktop.values.fold import KEYBOARD, fold
from desktop.values.rounding import Value, exact
from desktop.values.text import N_, Refused, language, tr
from desktop.values.writing import exponent, writing

# Translators: the names of currencies, as they stand after a number.
CURRENCIES = {"USD": N_("USD"), "EUR": N_("EUR"), "GBP": N_("GBP"), "AED": N_("AED"), "TRY": N_("TRY"), "IQD": N_("IQD")}
MOST = 2**53  # far beyond any shop, and exact wherever a number goes

RIAL = frozenset({"ریال", "rial", "rials", "irr", "﷼"})
TOMAN = frozenset({"تومان", "تومن", "toman", "tomans", "irt"})
_SPELT = {
    "GBP": ("£", "pound", "pounds", "پوند"),
    "USD": ("$", "dollar", "dollars", "دلار"),
    "EUR": ("€", "euro", "euros", "یورو"),
    "AED": ("dirham", "dirhams", "درهم"),
    "TRY": ("₺", "lira", "لیر"),
    "IQD": ("dinar", "dinars", "دینار"),
    "JPY": ("¥", "yen", "ین"),
}
_TIMES = {
    "هزار": 10**3, "میلیون": 10**6, "ملیون": 10**6, "میلیارد": 10**9,
    "thousand": 10**3, "million": 10**6, "billion": 10**9,
}  # fmt: skip
UNIT_WORD = re.compile(r"[^\W\d_]+|[£€$¥₺﷼]")

_FA_SMALL = (
    "صفر یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده".split()
)  # fmt: skip
_FA_TENS = "بیست سی چهل پنجاه شصت هفتاد هشتاد نود".split()
_FA_HUNDREDS = "صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد".split()
_FA_GROUPS = ("", "هزار", "میلیون", "میلیارد", "هزار میلیارد", "میلیون میلیارد", "میلیارد میلیارد")

_EN_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_EN_HUNDREDS = [f"{digit} hundred" for digit in _EN_SMALL[1:10]]
_EN_GROUPS = ("", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion")


def parse_money(text: str) -> int:
    """A typed amount in the book's smallest unit: «۱۲٬۵۰۰» in a toman writing is 125,000 rials.

    «هزار، میلیون، میلیارد» after the number count; a unit that is typed (تومان، ریال، £) wins over the writing's.

    Raises:
        Refused: not an amount, another currency, finer than the smallest unit, or beyond belief.
    """
    chosen = writing()
    typed = plain(text).lower().translate(KEYBOARD)
    scale, times = chosen.scale, 1
    for word in UNIT_WORD.findall(typed):
        if word in _TIMES:
            times *= _TIMES[word]
        elif (said := scale_of(word, chosen.currency)) is not None:
            scale = said
        else:
            refusal = N_("“{text}” is not an amount of money; write only digits, such as {example}.")
            raise Refused(refusal, text=foreign(text.strip()), example=number(12500))
    amount = read_number(UNIT_WORD.sub(" ", typed)) * scale * times
    if amount.denominator != 1:
        raise Refused(N_("“{text}” is finer than the smallest unit of money."), text=foreign(text.strip()))
    if abs(amount) > MOST:
        raise Refused(N_("“{text}” is more money than a book can hold; check the number of zeros."), text=foreign(text.strip()))
    return int(amount)


def scale_of(word: str, currency: str) -> int | None:
    """How many of the book's smallest units the unit ``word`` (small letters) holds; None: it is another currency, or none at all."""
    if currency == "IRR":
        return 1 if word in RIAL else 10 if word in TOMAN else None
    known = word == currency.lower() or word in _SPELT.get(currency, ()) or fold(word) in fold(_name(currency)).split()
    return int(10 ** exponent(currency)) if known else None


def write_amount(amount: Value) -> str:
    """``amount`` (smallest units) in the writing's money unit, without its word.

    A rial of a toman is never lost from sight; an average (not an ``int``) is rounded to the written unit.
    """
    chosen = writing()
    decimals = 0 if chosen.toman else exponent(chosen.currency)
    if chosen.toman and isinstance(amount, int) and amount % 10:
        decimals = 1
    return number(exact(amount) / chosen.scale, decimals)


def currency_word() -> str:
    """The word that stands after an amount: «تومان», «ریال», a currency's name or its code."""
    chosen = writing()
    if chosen.currency == "IRR":
        return tr("toman") if chosen.toman else tr("rial")
    return _name(chosen.currency)


def _name(currency: str) -> str:
    return tr(CURRENCIES[currency]) if currency in CURRENCIES else currency


def in_words(amount: int) -> str:
    """An amount in words with its unit: «یک هزار و دویست تومان»; rials left over a toman are said too."""
    if amount < 0:
        return tr("minus {amount}", amount=in_words(-amount))
    chosen = writing()
    whole, rest = divmod(amount, chosen.scale)
    said, unit = words(whole), currency_word()
    if not rest:
        return tr("{words} {unit}", words=said, unit=unit)
    if not chosen.toman:
        part = f"{local(str(rest))}/{local(str(chosen.scale))}"
        return tr("{words} and {part} {unit}", words=said, part=part, unit=unit)
    if not whole:
        return tr("{words} {unit}", words=words(rest), unit=tr("rial"))
    return tr("{words} {unit} and {rials} rial", words=said, unit=unit, rials=words(rest))


def words(n: int) -> str:
    """``n`` (not below 0) in words: 1250 is «یک هزار و دویست و پنجاه». ValueError: it is larger than any amount a book can hold."""
    fa = language() == "fa"
    groups: list[str] = []
    for name in _FA_GROUPS if fa else _EN_GROUPS:  # three digits each, the smallest first
        n, threes = divmod(n, 1000)
        if threes:
            groups.insert(0, f"{_under_1000(threes, fa=fa)} {name}".strip())
    if n:
        raise ValueError("too large to say")
    return (" و " if fa else " ").join(groups) or (_FA_SMALL if fa else _EN_SMALL)[0]


def _under_1000(n: int, *, fa: bool) -> str:
    small, tens, hundreds = (_FA_SMALL, _FA_TENS, _FA_HUNDREDS) if fa else (_EN_SMALL, _EN_TENS, _EN_HUNDREDS)
    many, rest = divmod(n, 100)
    ten, one = divmod(rest, 10)
    low = [small[rest]] if rest < 20 else [tens[ten - 2], small[one]] if one else [tens[ten - 2]]
    parts = [hundreds[many - 1]] if many else []
    if rest:
        parts.append((" و " if fa else "-").join(low))
    return (" و " if fa else " and ").join(parts)
