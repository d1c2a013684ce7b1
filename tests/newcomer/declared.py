"""A plug-in of pytest: before anything of the program is loaded, its tables and its folder of things have newcomers."""

import sys
from importlib.util import find_spec, module_from_spec
from pathlib import Path

import tests.newcomer.tables  # noqa: F401 - its tables are there before anything asks which there are

spec = find_spec("desktop.shop.things")
spec.submodule_search_locations.append(str(Path(__file__).with_name("things")))
module = sys.modules["desktop.shop.things"] = module_from_spec(spec)
spec.loader.exec_module(module)
