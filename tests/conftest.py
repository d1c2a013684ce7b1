"""What every test can rely on: sentences are built, and the way of writing is the default one again after each test."""

import pytest
from hypothesis import settings

from build_scripts import i18n
from desktop.values.writing import Writing, use_writing

pytest_plugins = ["tests.windows"]

settings.register_profile("shared machine", deadline=None)  # two slow cores: time is no fault of the code
settings.load_profile("shared machine")


def pytest_sessionstart():
    if i18n.stale():
        i18n.build()


@pytest.fixture(autouse=True)
def _default_writing():
    use_writing(Writing())
    yield
    use_writing(Writing())
