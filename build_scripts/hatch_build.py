"""Part of building a wheel: the sentences are built, so that the program in it speaks."""

from __future__ import annotations

import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Called by hatchling before it collects the files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """``i18n`` holds fa.mo and en.mo."""
        del version, build_data
        sys.path.insert(0, self.root)
        from build_scripts import i18n

        i18n.build()
