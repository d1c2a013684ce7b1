"""Whole numbers in words, as an invoice and a cheque want them."""

from __future__ import annotations

from desktop.values.text import language

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


def words(n: int) -> str:
    """``n`` in today's language: 1250 is «یک هزار و دویست و پنجاه». ValueError: it is larger than any amount a book can hold."""
    fa = language() == "fa"
    if n < 0:
        return f"{'منفی' if fa else 'minus'} {words(-n)}"
    if n == 0:
        return _FA_SMALL[0] if fa else _EN_SMALL[0]
    groups: list[str] = []
    for name in _FA_GROUPS if fa else _EN_GROUPS:  # three digits each, the smallest first
        n, threes = divmod(n, 1000)
        if threes:
            groups.insert(0, f"{_under_1000(threes, fa=fa)} {name}".strip())
    if n:
        raise ValueError("too large to say")
    return " و ".join(groups) if fa else " ".join(groups)


def _under_1000(n: int, *, fa: bool) -> str:
    small, tens, hundreds = (_FA_SMALL, _FA_TENS, _FA_HUNDREDS) if fa else (_EN_SMALL, _EN_TENS, _EN_HUNDREDS)
    many, rest = divmod(n, 100)
    ten, one = divmod(rest, 10)
    low = [small[rest]] if rest < 20 else [tens[ten - 2], small[one]] if one else [tens[ten - 2]]
    parts = [hundreds[many - 1]] if many else []
    if rest:
        parts.append((" و " if fa else "-").join(low))
    return (" و " if fa else " and ").join(parts)
