"""A new book for each test, its backups in the test's own folder; sentences in English, as the code has them."""

import pytest

from tests.shop.counter import Counter


@pytest.fixture(autouse=True)
def _alone(in_english, monkeypatch, tmp_path):
    monkeypatch.setenv("CHERAGH_DATA", str(tmp_path / "data"))


@pytest.fixture
def shop(tmp_path, template):
    shop = Counter.at(tmp_path / "shop.cheragh", template)
    yield shop
    shop.store.close(backup=False)
