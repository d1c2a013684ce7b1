import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.values.words import words
from desktop.values.writing import Writing, use_writing


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
        (-6, "منفی شش", "minus six"),
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
    from desktop.values import words as w

    fa = language == "fa"
    small, tens = (w._FA_SMALL, w._FA_TENS) if fa else (w._EN_SMALL, w._EN_TENS)
    value = {word: n for n, word in enumerate(small)} | {word: 10 * n for n, word in enumerate(tens, 2)}
    value |= {word: 100 * n for n, word in enumerate(w._FA_HUNDREDS, 1)}
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
