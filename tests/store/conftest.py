"""A new book for each test, its backups in the test's own folder; sentences in English, as the code has them."""

import pytest

from desktop.store import Store
from desktop.values.writing import Writing, use_writing
from tests.little_shop import Shop


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    path = tmp_path_factory.mktemp("template") / "empty.cheragh"
    Store.create(path).close()
    return path


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch, _default_writing):
    use_writing(Writing(language="en"))
    monkeypatch.setenv("CHERAGH_DATA", str(tmp_path / "data"))


@pytest.fixture
def shop(tmp_path, template):
    shop = Shop.at(tmp_path / "shop.cheragh", template)
    yield shop
    shop.store.close(backup=False)
