import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.values import money
from desktop.values.digits import plain
from desktop.values.money import MOST, currency_word, in_words, parse_money, words, write_amount
from desktop.values.text import Refused
from desktop.values.unit import Unit
from desktop.values.writing import Writing, use_writing

RIAL, POUND, DINAR, YEN = (
    Writing(money="rial"),
    Writing("en", currency="GBP"),
    Writing(currency="KWD"),
    Writing(currency="JPY"),
)
WRITINGS = [
    Writing(language=language, currency=currency, money=money, digits=digits)
    for language in ("fa", "en")
    for currency, money in (("IRR", "toman"), ("IRR", "rial"), ("GBP", "major"), ("KWD", "major"), ("JPY", "major"))
    for digits in ("fa", "latin")
]


@pytest.mark.parametrize(
    ("text", "rials"),
    [
        ("۱۲٬۵۰۰", 125_000),
        ("12500", 125_000),
        ("١٢،٥٠٠ تومان", 125_000),
        ("12,500 toman", 125_000),
        ("۱۲۵٬۰۰۰ ریال", 125_000),
        ("۱۲۵٬۰۰۰ ريال", 125_000),
        ("125000﷼", 125_000),
        ("۱۲٫۵ هزار تومان", 125_000),
        ("12.5هزار", 125_000),
        ("۱٫۲ میلیون", 12_000_000),
        ("2 میلیارد ریال", 2 * 10**9),
        ("هزار تومان ۱۲", 120_000),
        ("-500", -5000),
        ("500-", -5000),
        ("(500 تومان)", -5000),
        ("۰٫۳", 3),
        ("۰", 0),
    ],
)
def test_an_amount_typed_in_a_toman_shop(text, rials):
    assert parse_money(text) == rials


def test_the_same_figure_is_ten_times_less_in_a_rial_shop():
    use_writing(RIAL)

    assert parse_money("۱۲۵٬۰۰۰") == 125_000
    assert parse_money("۱۲٬۵۰۰ تومان") == 125_000


@pytest.mark.parametrize(("text", "pence"), [("£12.34", 1234), ("-£12.34", -1234), ("12.34 GBP", 1234), ("1,200", 120_000)])
def test_pounds_and_pence(text, pence):
    use_writing(POUND)

    assert parse_money(text) == pence


def test_a_currency_has_its_own_decimals():
    use_writing(DINAR)

    assert parse_money("1.234") == 1234


@pytest.mark.parametrize("text", ["", "abc", "۱۲ دلار", "£5", "1,23", "۱۲/۵", "-", "تومان", "12:30"])
def test_what_is_not_an_amount_is_refused(text):
    with pytest.raises(Refused, match=r"مبلغ نیست|عدد نیست"):
        parse_money(text)


@pytest.mark.parametrize(("writing", "text"), [(Writing(), "۱۲٫۳۵"), (RIAL, "۱۲٫۵"), (POUND, "12.345"), (YEN, "1.5")])
def test_nothing_finer_than_the_smallest_unit_is_rounded_away(writing, text):
    use_writing(writing)

    with pytest.raises(Refused) as refused:
        parse_money(text)
    assert refused.value.message == "“{text}” is finer than the smallest unit of money."


def test_too_many_zeros_are_noticed():
    assert parse_money(f"{MOST} ریال") == MOST
    with pytest.raises(Refused, match="تعداد صفرها"):
        parse_money(f"{MOST + 1} ریال")


@given(st.integers(-MOST, MOST), st.sampled_from(WRITINGS))
def test_what_was_written_is_read_back_to_the_last_rial(amount, writing):
    use_writing(writing)

    assert parse_money(Unit.MONEY.write(amount, to_the_rial=True)) == amount
    assert parse_money(write_amount(amount)) == amount


def test_a_rial_of_a_toman_is_never_lost_from_sight_but_averages_are_rounded():
    assert plain(write_amount(125_000)) == "۱۲٬۵۰۰"
    assert plain(write_amount(125_003)) == "۱۲٬۵۰۰٫۳"
    assert plain(write_amount(-125_003)) == "−۱۲٬۵۰۰٫۳"
    assert plain(write_amount(125_003.0)) == "۱۲٬۵۰۰"
    assert plain(write_amount(125_005.0)) == "۱۲٬۵۰۱"


@pytest.mark.parametrize(
    ("writing", "amount", "written"),
    [
        (RIAL, 125_003, "۱۲۵٬۰۰۳"),
        (POUND, 123_450, "1,234.50"),
        (POUND, 50567.596, "505.68"),
        (DINAR, 1500, "۱٫۵۰۰"),
        (YEN, 1500, "۱٬۵۰۰"),
    ],
)
def test_other_money_shows_all_its_decimals(writing, amount, written):
    use_writing(writing)

    assert plain(write_amount(amount)) == written


@pytest.mark.parametrize(
    ("writing", "word"),
    [
        (Writing(), "تومان"),
        (RIAL, "ریال"),
        (Writing(currency="GBP"), "پوند"),
        (POUND, "GBP"),
        (Writing(currency="SEK"), "SEK"),
    ],
)
def test_the_word_of_the_money(writing, word):
    use_writing(writing)

    assert currency_word() == word


@pytest.mark.parametrize(
    ("writing", "amount", "said"),
    [
        (Writing(), 12_500_000, "یک میلیون و دویست و پنجاه هزار تومان"),
        (Writing(), 12_505, "یک هزار و دویست و پنجاه تومان و پنج ریال"),
        (Writing(), 5, "پنج ریال"),
        (Writing(), -5, "منفی پنج ریال"),
        (Writing(), 0, "صفر تومان"),
        (Writing(), -15_000, "منفی یک هزار و پانصد تومان"),
        (RIAL, 12_505, "دوازده هزار و پانصد و پنج ریال"),
        (Writing("en"), 12_505, "one thousand two hundred and fifty toman and five rial"),
        (POUND, 1234, "twelve and 34/100 GBP"),
        (POUND, 1200, "twelve GBP"),
        (POUND, -34, "minus zero and 34/100 GBP"),
    ],
)
def test_an_amount_in_words_as_on_an_invoice(writing, amount, said):
    use_writing(writing)

    assert in_words(amount) == said


@pytest.mark.parametrize(
    ("n", "persian", "english"),
    [
        (0, "صفر", "zero"),
        (19, "نوزده", "nineteen"),
        (40, "چهل", "forty"),
        (121, "صد و بیست و یک", "one hundred and twenty-one"),
        (500, "پانصد", "five hundred"),
        (1000, "یک هزار", "one thousand"),
        (1405, "یک هزار و چهارصد و پنج", "one thousand four hundred and five"),
        (300_018, "سیصد هزار و هجده", "three hundred thousand eighteen"),
        (12_500_000, "دوازده میلیون و پانصد هزار", "twelve million five hundred thousand"),
        (2 * 10**9 + 7, "دو میلیارد و هفت", "two billion seven"),
        (3 * 10**12, "سه هزار میلیارد", "three trillion"),
    ],
)
def test_a_number_as_it_is_said(n, persian, english):
    assert words(n) == persian
    use_writing(Writing(language="en"))
    assert words(n) == english


def test_an_amount_that_no_one_can_say():
    with pytest.raises(ValueError, match="too large"):
        words(10**21)


@given(st.lists(st.integers(0, 10**18), min_size=2, max_size=2, unique=True), st.sampled_from(["fa", "en"]))
def test_two_amounts_are_never_said_alike(pair, language):
    use_writing(Writing(language=language))

    assert words(pair[0]) != words(pair[1])


@given(st.integers(0, 10**15 - 1), st.sampled_from(["fa", "en"]))
def test_what_is_said_can_be_reckoned_back(n, language):
    use_writing(Writing(language=language))

    assert _reckon(words(n), language) == n


def _reckon(said, language):
    fa = language == "fa"
    small, tens = (money._FA_SMALL, money._FA_TENS) if fa else (money._EN_SMALL, money._EN_TENS)
    value = {word: n for n, word in enumerate(small)} | {word: 10 * n for n, word in enumerate(tens, 2)}
    value |= {word: 100 * n for n, word in enumerate(money._FA_HUNDREDS, 1)}
    times = {"هزار": 10**3, "میلیون": 10**6, "میلیارد": 10**9}
    times |= {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
    total, group = 0, 0
    pieces = [word for word in said.replace("-", " ").split() if word not in ("و", "and")]
    at = 0
    while at < len(pieces):
        word = pieces[at]
        if word == "hundred":
            group *= 100
        elif word == "هزار" and pieces[at + 1 : at + 2] == ["میلیارد"]:
            total, group, at = total + group * 10**12, 0, at + 1
        elif word in times:
            total, group = total + group * times[word], 0
        else:
            group += value[word]
        at += 1
    return total + group
