"""The disk is in the way."""

import pytest
import sqlalchemy as sa

from desktop.store import Store, Trouble
from desktop.store.tables import Sale


def test_a_damaged_page_is_trouble_not_a_number(shop):
    """Every page of a book carries a checksum: a flipped bit must never become an amount."""
    with shop.change():
        for total in range(300):
            shop.sell(total)
    shop.store.close()
    size = shop.store.path.stat().st_size
    with shop.store.path.open("r+b") as file:
        for at in range(4096 + 100, size, 4096):
            file.seek(at)
            byte = file.read(1)
            file.seek(at)
            file.write(bytes([byte[0] ^ 1]))

    with pytest.raises(Trouble, match="damaged"), Store.open(shop.store.path) as store, store.reading() as s:
        s.scalars(sa.select(Sale.total)).all()
