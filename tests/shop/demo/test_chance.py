"""Luck that is even over a month, and amounts as shops write them."""

from random import Random

import pytest

from desktop.shop.demo.chance import Deck, amount, price, yes_no


def test_a_whole_deck_is_dealt_before_it_is_shuffled_anew():
    deck = Deck(Random(3), (("a", 2), ("b", 1)))

    for _ in range(5):
        assert sorted(deck.deal() for _ in range(3)) == ["a", "a", "b"]


def test_yes_comes_as_often_as_it_should():
    deck = yes_no(Random(1), 0.25)

    assert sum(deck.deal() for _ in range(400)) == 100


@pytest.mark.parametrize(
    ("rials", "shelf"), [(123_456, 120_000), (4, 10_000), (987_654, 990_000), (4_321_000, 4_300_000), (14_567_890, 14_600_000)]
)
def test_a_price_is_round_by_its_size(rials, shelf):
    assert price(rials) == shelf


def test_an_amount_is_round_and_never_nothing():
    assert amount(12_345_678) == 12_000_000
    assert amount(1) == 1_000_000
    assert amount(77_000_000, 5_000_000) == 100_000_000
