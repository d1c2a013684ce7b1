"""Other programs' words lead to the words that the shop's own forms have, and to no others."""

import pytest

from desktop.shop.drafts import PAYMENTS
from desktop.shop.importing import words
from desktop.shop.things import activity, cost, lead, target


@pytest.mark.parametrize(
    ("known", "own"),
    [
        (words.PAYMENT, PAYMENTS),
        (words.LEAD_STATUS, dict(lead.STATUSES)),
        (words.ACTIVITY, dict(activity.KINDS)),
        (words.COST, dict(cost.KINDS)),
        (words.DIRECTION, dict(target.DIRECTIONS)),
    ],
)
def test_a_file_says_what_a_form_could_say(known, own):
    assert set(known.values()) == set(own)
