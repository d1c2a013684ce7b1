"""Users: somebody is always the owner."""

import pytest

from desktop.shop import things
from desktop.values.text import Refused


def test_somebody_stays_the_owner(shop):
    with pytest.raises(Refused, match="has to be the owner"):
        things.remove(shop.store, "user", 1)
    assert shop.problems("user", 1, role="seller") == ["role"]

    second = shop.add("user", name="Mary", role="owner")
    things.save(shop.store, "user", second, {"name": "Mary B"})
    things.remove(shop.store, "user", second)
    assert shop.problems("user", 1, role="seller") == ["role"]
