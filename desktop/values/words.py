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
_EN_GROUPS = ("", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion")


def words(n: int) -> str:
    """``n`` in today's language: 1250 is «یک هزار و دویست و پنجاه», "one thousand two hundred and fifty".

    Raises:
        ValueError: ``n`` is larger than any amount a book can hold.
    """
    fa = language() == "fa"
    if n < 0:
        return f"{'منفی' if fa else 'minus'} {words(-n)}"
    if n == 0:
        return _FA_SMALL[0] if fa else _EN_SMALL[0]
    groups: list[str] = []
    for name in _FA_GROUPS if fa else _EN_GROUPS:  # three digits each, the smallest first
        n, threes = divmod(n, 1000)
        if threes:
            groups.insert(0, f"{_fa_under_1000(threes) if fa else _en_under_1000(threes)} {name}".strip())
    if n:
        raise ValueError("too large to say")
    return " و ".join(groups) if fa else " ".join(groups)


def _fa_under_1000(n: int) -> str:
    hundreds, rest = divmod(n, 100)
    parts = [_FA_HUNDREDS[hundreds - 1]] if hundreds else []
    if rest >= 20:
        parts.append(_FA_TENS[rest // 10 - 2])
        rest %= 10
    if rest:
        parts.append(_FA_SMALL[rest])
    return " و ".join(parts)


def _en_under_1000(n: int) -> str:
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    small = _EN_SMALL[rest] if rest < 20 else _EN_TENS[tens - 2] + (f"-{_EN_SMALL[ones]}" if ones else "")
    if not hundreds:
        return small
    return f"{_EN_SMALL[hundreds]} hundred" + (f" and {small}" if rest else "")
