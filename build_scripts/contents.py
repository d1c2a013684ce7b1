"""What goes into the program's folder, and what of its parts' luggage stays behind."""

from __future__ import annotations

import py_compile
import re
import sys
from pathlib import Path, PurePath
from typing import Any

EXCLUDED = [
    "tkinter", "unittest", "pydoc", "doctest", "test", "lib2to3", "setuptools", "pip", "readline", "sqlite3", "ssl", "_hashlib", "_wmi",
    "IPython", "matplotlib", "scipy", "numpy.f2py", "numpy.distutils", "numpy.testing", "pandas.tests", "pandas.plotting",
    "pyqtgraph.opengl", "pyqtgraph.examples", "pyqtgraph.flowchart", "pyqtgraph.canvas", "pyqtgraph.jupyter", "sqlalchemy.testing",
    "sqlalchemy.dialects.mssql", "sqlalchemy.dialects.mysql", "sqlalchemy.dialects.oracle", "PySide6.QtNetwork", "PySide6.QtOpenGL",
    "PySide6.QtOpenGLWidgets", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtDBus", "PySide6.QtSql", "PySide6.QtConcurrent",
    "PySide6.QtUiTools",
]  # fmt: skip

# Qt's plug-ins that a program of plain windows uses, on any platform
_PLUGINS = re.compile(
    r"platforms/(lib)?q(xcb|wayland|offscreen|windows|cocoa)|platformthemes/libqxdgdesktopportal|wayland-|xcbglintegrations/libqxcb-glx|"
    r"platforminputcontexts/lib(compose|ibus)|imageformats/(lib)?q(svg|ico)\.|iconengines/(lib)?qsvgicon|printsupport/|styles/"
)
_TRANSLATIONS = re.compile(r"qtbase_(fa|en)\.qm")
# What every Linux with a desktop has, and what these ask for in turn: it must be the system's own
_SYSTEM = re.compile(
    r"lib(stdc\+\+|gcc_s|X11|X11-xcb|Xau|Xdmcp|bsd|md|fontconfig|freetype|brotlicommon|brotlidec|png16|expat|uuid|z|dbus-1|systemd|cap|gcrypt|"
    r"gpg-error|lz4|zstd|glib-2\.0|gthread-2\.0|pcre2-8)\.so"
)
_NEVER = re.compile(
    r"opengl32sw\.dll|d3dcompiler|libreadline|_codecs_(cn|hk|iso2022|jp|kr|tw)\.|_multiarray_tests|_lsprof|/tests?/.*\.(py|csv|json)$|\.pyi$"
)


def wanted(path: str) -> bool:
    """Whether a file that PyInstaller found (by its place in the folder) is of use to us."""
    path = path.replace("\\", "/")
    if "/plugins/" in path:
        return _PLUGINS.search(path.split("/plugins/", 1)[1]) is not None
    if "/translations/" in path:
        return _TRANSLATIONS.search(path) is not None
    return _NEVER.search(path) is None and _SYSTEM.match(path) is None


def reached(binaries: list[Any]) -> list[Any]:
    """Those of ``binaries`` (place, file, kind) that are modules or plug-ins, and the libraries these ask for.

    What only printing asks for (CUPS with all it needs) is the system's own, where there is a printer at all.
    """
    from PyInstaller.depend.bindepend import get_imports

    libraries: dict[str, list[tuple[str, str]]] = {}  # two wheels may bring their own of one name
    for place, file, kind in binaries:
        if _is_library(place) and kind != "SYMLINK":
            libraries.setdefault(PurePath(place).name.lower(), []).append((place, file))
    known, todo = set(), [(place, file) for place, file, kind in binaries if not _is_library(place) and kind != "SYMLINK"]
    todo += [one for name, found in libraries.items() if name.startswith(("libpython", "python")) for one in found]
    while todo:
        place, file = todo.pop()
        if place in known:
            continue
        known.add(place)
        if "/printsupport/" not in place.replace("\\", "/"):
            todo += [found for one, _ in get_imports(file) for found in libraries.get(PurePath(one).name.lower(), ())]
    names = {PurePath(place).name for place in known}
    return [one for one in binaries if one[0] in known or (one[2] == "SYMLINK" and PurePath(one[0]).name in names)]


def qt_support(folder: Path) -> list[tuple[str, str, str]]:
    """PySide's own Python modules, compiled once, where it looks for them before it compiles what its library carries, at each start."""
    import PySide6.QtCore  # noqa: F401 - with it they are there

    sources: Any = sys.modules["shibokensupport.signature.loader"].__loader__
    once = py_compile.PycInvalidationMode.UNCHECKED_HASH
    made = []
    for name in sorted(one for one in sources.zfile.namelist() if one.startswith("shibokensupport/") and one.endswith(".py")):
        place, source, out = f"shiboken6/files.dir/{name}c", folder / name, folder / f"{name}c"
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_bytes(sources.zfile.read(name))
        py_compile.compile(str(source), str(out), name, doraise=True, invalidation_mode=once)
        made.append((place, str(out), "DATA"))
    return made


def _is_library(place: str) -> bool:
    """A shared library, not a module or plug-in that is loaded by its path."""
    path = PurePath(place.replace("\\", "/"))
    if path.suffix == ".pyd" or "plugins" in path.parts or path.parent.name == "pypdfium2_raw":
        return False
    return len(path.parts) == 1 or path.parent.name == "lib" or path.parent.name.endswith(".libs") or path.suffix == ".dll"
