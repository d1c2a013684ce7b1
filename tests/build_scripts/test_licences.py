"""Licences that may come along, and those that end the build."""

import pytest

from build_scripts.licences import refuse
from build_scripts.machine import Missing


@pytest.mark.parametrize("licence", [
    "MIT", "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", "GNU Lesser General Public License v3 (LGPLv3)", "BSD-3-Clause", "PSF-2.0",
    "GPL-3.0-or-later WITH GCC-exception-3.1",
])  # fmt: skip
def test_what_may_come_along(licence):
    refuse("a part", licence)


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "GPLv2+", "AGPL-3.0", "GNU General Public License v3 (GPLv3)", ""])
def test_what_ends_the_build(licence):
    with pytest.raises(Missing, match="a part cannot be part of the program"):
        refuse("a part", licence)
