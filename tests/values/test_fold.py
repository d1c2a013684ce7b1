import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.values.fold import ALPHABET, clean, code, fold, phone, sort_key

NAMES = st.text(
    st.one_of(
        st.sampled_from(ALPHABET + "يكةۀأإؤئءٱىە آ\u0654\u0653\u200c\u0640\u064b\u0651\u0670 \t\u00a0"),
        st.characters(codec="utf-8"),
    ),
    max_size=20,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (" علی  رضایی ", "علي رضايي"),
        ("کریمی", "كريمي"),
        ("فاطمة", "فاطمه"),
        ("خانۀ امید", "خانه امید"),
        ("خانهٔ امید", "خانه امید"),
        ("أحمد إبراهیم", "احمد ابراهیم"),
        ("مؤمن", "مومن"),
        ("رئیس", "رییس"),
        ("رئيس", "ریيس"),
        ("علاء", "علا"),
        ("می\u200cخواهم", "میخواهم"),
        ("محـــمد", "محمد"),
        ("مُحَمَّد", "محمد"),
        ("ا\u0653ب", "آب"),
        ("فروشگاه ۱۲", "فروشگاه 12"),
        ("فروشگاه ١٢", "فروشگاه ۱۲"),
        ("SARA K.", "sara k."),
        ("Straße", "STRASSE"),
        ("علی\u00a0رضایی", "علی رضایی"),
        ("علی \u200c رضایی", "علی رضایی"),
        ("\u2068علی\u2069", "علی"),
    ],
)
def test_one_name_spelled_two_ways(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("علی رضا", "علیرضا"), ("آب", "اب"), ("رضا", "رضی"), ("Sara K", "Sara K."), ("12", "21"), ("é", "e")],
)
def test_two_names_stay_two(one, other):
    assert fold(one) != fold(other)


@given(NAMES)
def test_folding_twice_changes_nothing(name):
    assert fold(fold(name)) == fold(name)


@given(NAMES)
def test_a_cleaned_name_is_the_same_name(name):
    assert fold(clean(name)) == fold(name)
    assert clean(clean(name)) == clean(name)


def test_a_name_is_kept_as_written_but_for_blanks_and_two_letters():
    assert clean("  خانهٔ \u00a0 كتاب\u200cهاي  Ali ") == "خانهٔ کتاب\u200cهای Ali"
    assert clean("\ufeffعلی\x00") == "علی"


def test_persian_names_stand_in_the_order_of_the_alphabet():
    """Code points put پ چ ژ گ ک ی after all others; a dictionary does not."""
    ordered = [
        "۲ برادر", "۱۰ برادر", "آب", "آبان", "ابر", "باران", "پدر", "تار", "ثریا", "جام", "چای", "حسن", "خانه",
        "دریا", "ذرت", "رضا", "زهرا", "ژاله", "سارا", "شیر", "صابون", "ضیا", "طلا", "ظرف", "عسل", "غزل", "فرش",
        "قند", "کتاب", "گل", "لیلا", "ماه", "نان", "وحید", "هادی", "یاس", "Ali", "bread", "École", "zebra",
    ]  # fmt: skip
    shuffled = ordered.copy()
    random.Random(5).shuffle(shuffled)

    assert sorted(shuffled, key=sort_key) == ordered
    assert sorted(shuffled, key=lambda name: sort_key(name).encode()) == ordered


def test_numbers_in_names_stand_by_value_and_words_before_longer_words():
    names = ["روغن ۲", "روغن ۱۰", "روغن 0011", "روغن ۱۲۳۴۵۶۷۸۹", "روغن ۱۲۳۴۵۶۷۸۹۰", "روغن الف", "روغنی"]
    backwards = names[::-1]

    assert sorted(backwards, key=sort_key) == names
    assert sort_key("علی رضا") < sort_key("علیرضا")


@given(NAMES, NAMES)
def test_a_sort_key_is_ascii_and_the_same_for_one_name(one, other):
    assert sort_key(one).isascii()
    assert sort_key(one) == sort_key(clean(one))
    if fold(one) == fold(other):
        assert sort_key(one) == sort_key(other)


@given(st.lists(st.text(ALPHABET, min_size=1, max_size=6), min_size=2, max_size=2))
def test_two_words_stand_as_their_letters_do(words):
    letters = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
    by_hand = [[letters.index(letter) for letter in word] for word in words]

    assert (sort_key(words[0]) < sort_key(words[1])) == (by_hand[0] < by_hand[1])


@given(st.integers(0, 10**30), st.integers(0, 10**30))
def test_two_numbers_stand_by_value(one, other):
    assert (sort_key(str(one)) < sort_key(str(other))) == (one < other)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("+98 (912) 345-6789", "09123456789"),
        ("0098 912 345 6789", "09123456789"),
        ("989123456789", "09123456789"),
        ("۰۹۱۲ ۳۴۵ ۶۷۸۹", "09123456789"),
        ("9123456789", "09123456789"),
        ("+98 0912 345 6789", "09123456789"),
        ("021-22334455", "02122334455"),
        ("98765432", "98765432"),
        ("118", "118"),
        ("+44 20 7946 0018", "442079460018"),
        ("ندارد", None),
        ("", None),
        ("-", None),
        ("09123456789 09351234567", None),
    ],
)
def test_a_phone_number_is_kept_in_one_way(text, kept):
    assert phone(text) == kept


@given(st.text(max_size=20))
def test_a_kept_phone_number_stays_as_it_is(text):
    kept = phone(text)

    assert kept is None or phone(kept) == kept


def test_a_code_keeps_its_letters_and_loses_only_blanks_and_scripts():
    assert code(" A-۱۲٣  b\u200f ") == "A-123 b"
