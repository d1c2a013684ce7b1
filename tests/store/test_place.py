"""The open book is a file, not a name: what is said to be saved outlives whatever becomes of the name."""

import os
import shutil
from pathlib import Path

import pytest

from desktop.store import Store, Trouble
from desktop.store.backup import restore
from desktop.values.text import Refused
from tests.little_shop import Shop
from tests.store.strangers import raw, totals

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody move an open file")


def sold(path):
    """The totals in the file, as one who opens it now sees them."""
    return [total for (total,) in raw(path, "SELECT total FROM sale ORDER BY id")]


def refused_sale(shop):
    with pytest.raises(Trouble, match="moved, renamed or replaced") as said:
        shop.sell(999)
    return said.value


def test_a_renamed_book_loses_no_sale_and_leaves_no_empty_one(shop, tmp_path):
    for total in (111, 222):
        shop.sell(total)
    other = shop.store.path.rename(tmp_path / "other.cheragh")
    refused_sale(shop)
    with pytest.raises(Trouble, match="moved"):
        shop.store.rest()
    copy = shop.store.backup()
    shop.store.close()

    assert not shop.store.path.exists()
    assert sold(other) == sold(copy) == [111, 222]


def test_a_book_renamed_unnoticed_is_whole_when_it_is_closed(shop, tmp_path):
    shop.sell(111)
    other = shop.store.path.rename(tmp_path / "other.cheragh")
    shop.store.close()

    assert not shop.store.path.exists()
    assert sold(other) == [111]


def test_a_sale_waits_until_the_book_is_back(shop, tmp_path):
    shop.sell(111)
    other = shop.store.path.rename(tmp_path / "other.cheragh")
    refused_sale(shop)
    other.rename(shop.store.path)
    shop.sell(999)

    assert totals(shop) == [111, 999]
    shop.store.close()
    assert sold(shop.store.path) == [111, 999]


@pytest.mark.parametrize("gone", [False, True], ids=["renamed", "deleted"])
def test_the_folder_of_an_open_book_renamed_or_deleted(tmp_path, template, gone):
    folder = tmp_path / "shop"
    folder.mkdir()
    shutil.copy(template, folder / "b.cheragh")
    shop = Shop(Store.open(folder / "b.cheragh"))
    shop.sell(111)
    if gone:
        shutil.rmtree(folder)
    else:
        folder.rename(tmp_path / "moved")
    copy = refused_sale(shop).holes["copy"]
    with pytest.raises(Trouble, match="moved"):
        shop.store.rest()
    shop.store.close()

    assert sold(copy) == [111]
    assert not folder.exists()
    assert gone or sold(tmp_path / "moved" / "b.cheragh") == [111]


def test_a_book_replaced_by_an_older_one_is_said_and_can_be_restored(shop, tmp_path):
    older = Path(shutil.copy(shop.store.path, tmp_path / "older.cheragh"))
    shop.sell(111)
    older.replace(shop.store.path)
    copy = refused_sale(shop).holes["copy"]
    shop.store.close()

    assert sold(shop.store.path) == []  # what came is not mixed with what went
    restore(copy, shop.store.path)
    assert sold(shop.store.path) == [111]


def test_a_second_name_is_no_second_book(shop, tmp_path):
    shop.sell(111)
    other = tmp_path / "other.cheragh"
    os.link(shop.store.path, other)
    with pytest.raises(Trouble, match="second name"):
        Store.open(other)
    with pytest.raises(Trouble, match="second name"):
        shop.sell(999)
    other.unlink()
    shop.sell(222)

    assert totals(shop) == [111, 222]


def test_a_link_is_the_book_it_means(shop, tmp_path):
    link = tmp_path / "elsewhere" / "link.cheragh"
    link.parent.mkdir()
    link.symlink_to(shop.store.path)
    with pytest.raises(Trouble, match="open elsewhere"):
        Store.open(link)
    shop.sell(111)
    copy = shop.store.backup()
    shop.sell(222)
    shop.store.close()
    restore(copy, link)

    assert link.is_symlink()
    assert sold(shop.store.path) == [111]


def test_an_empty_file_is_not_written_into(tmp_path):
    path = tmp_path / "zero.cheragh"
    path.touch()
    with pytest.raises(Refused, match="is not a Cheragh book"):
        Store.open(path)

    assert path.stat().st_size == 0


def test_a_place_that_is_gone_is_not_made_anew_by_asking(shop, tmp_path):
    shop.store.path.rename(tmp_path / "other.cheragh")
    with pytest.raises(Trouble):
        shop.store.check()

    assert not shop.store.path.exists()
