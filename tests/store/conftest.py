"""A new book for each test, its backups in the test's own folder; sentences in English, as the code has them."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.little_shop import Shop


@pytest.fixture(autouse=True)
def _alone(in_english, monkeypatch, tmp_path):
    monkeypatch.setenv("CHERAGH_DATA", str(tmp_path / "data"))


@pytest.fixture
def shop(tmp_path, template):
    shop = Shop.at(tmp_path / "shop.cheragh", template)
    yield shop
    shop.store.close(backup=False)


@pytest.fixture
def quota():
    """``quota(n)``: from now on no file of this process grows past n bytes, as on a disk that is full."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def read_only(shop):
    """A folder with a copy of the shop's book that this process may only read, even when it is root."""
    shop.store.close()
    folder = Path(tempfile.mkdtemp(prefix="cheragh-"))
    shutil.copy(shop.store.path, folder / shop.store.path.name)
    folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    yield folder
    if root:
        os.seteuid(0)
    folder.chmod(0o755)
    shutil.rmtree(folder)
