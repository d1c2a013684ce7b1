"""What every test can rely on: sentences are built, the way of writing is the default one again; an empty book to copy."""

import gc

import pytest
from hypothesis import settings

from build_scripts import i18n
from desktop.store import Store
from desktop.values.writing import Writing, use_writing

pytest_plugins = ["tests.windows"]

settings.register_profile("shared machine", deadline=None)  # two slow cores: time is no fault of the code
settings.load_profile("shared machine")


def pytest_sessionstart():
    gc.set_threshold(50_000, 20, 20)  # as `desktop.__main__` has it
    if i18n.stale():
        i18n.build()


@pytest.fixture(autouse=True)
def _default_writing():
    use_writing(Writing())
    yield
    use_writing(Writing())


@pytest.fixture
def in_english(_default_writing):
    """Sentences as the code has them."""
    use_writing(Writing(language="en"))


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """An empty book, closed: to be copied."""
    path = tmp_path_factory.mktemp("template") / "empty.cheragh"
    Store.create(path).close(backup=False)
    return path
