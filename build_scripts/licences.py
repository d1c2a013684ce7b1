"""The licences of all that the program's folder holds, as one text; a part whose licence does not allow it ends the build."""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

from build_scripts.machine import PACKING_LOCK, ROOT, Missing

TOOLS = {
    "altgraph",
    "macholib",
    "packaging",
    "pefile",
    "pyinstaller-hooks-contrib",
    "pywin32-ctypes",
    "setuptools",
    "uv",
}  # not in the program
# Libraries of the system that come along; one that is not named here ends the build until somebody has looked.
LIBRARIES = {
    "libpython": "PSF-2.0", "libcrypto": "Apache-2.0", "libffi": "MIT", "libbz2": "bzip2-1.0.6", "liblzma": "0BSD", "libxkbcommon": "MIT",
    "libxcb-": "MIT", "libgfortran": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libquadmath": "LGPL-2.1-or-later", "libscipy_openblas": "BSD-3-Clause", "libicu": "Unicode-3.0", "libQt6": "LGPL-3.0-only",
    "libpyside6": "LGPL-3.0-only", "libshiboken6": "LGPL-3.0-only", "libpdfium": "BSD-3-Clause AND Apache-2.0",
    # Windows
    "python3": "PSF-2.0", "vcruntime140": "Microsoft Visual C++ runtime, free to redistribute",
    "msvcp140": "Microsoft Visual C++ runtime, free to redistribute", "qt6": "LGPL-3.0-only", "pyside6": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only", "pdfium": "BSD-3-Clause AND Apache-2.0",
}  # fmt: skip
_STATED = {
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception (only its starter is in the program)",
    "sqlcipher3": "Zlib (in it SQLCipher: BSD-3-Clause, OpenSSL: Apache-2.0, SQLite: public domain)",  # its package says nothing
}
_FORBIDDEN = re.compile(r"(?<![LA-Z])A?GPL|Affero|GNU General Public", re.IGNORECASE)
_ALLOWED = re.compile(r"LGPL|Lesser|exception", re.IGNORECASE)


def collect(folder: Path, windows: Path | None = None) -> str:
    """The text that lies beside the program; ``windows`` is the Python for Windows that it was made with, if it was.

    Raises:
        Missing: a part may not be given on, or nobody has said what its licence is.
    """
    parts = [f"Cheragh: MIT\n\n{(ROOT / 'LICENSE').read_text('utf-8')}"]
    parts += [_python(windows), *(_distribution(name, windows) for name in _names())]
    own = sorted((*(ROOT / "resources").rglob("LICENSE*"), *(ROOT / "resources").rglob("OFL*")))
    parts += [f"{path.parent.name}\n\n{path.read_text('utf-8')}" for path in own]
    parts.append("Libraries that come along\n\n" + "\n".join(_libraries(folder)))
    return f"\n\n{'=' * 80}\n\n".join(parts) + "\n"


def refuse(name: str, licence: str) -> None:
    """Raises: Missing: the licence is one that would bind the whole program."""
    if not licence or (_FORBIDDEN.search(licence) and not _ALLOWED.search(licence)):
        raise Missing(f"{name} cannot be part of the program; its licence is: {licence or 'not known'}")


def _names() -> list[str]:
    return sorted(set(re.findall(r"^([a-z0-9_.-]+)==", PACKING_LOCK.read_text("utf-8"), re.MULTILINE)) - TOOLS)


def _distribution(name: str, windows: Path | None) -> str:
    places = [str(windows / "Lib" / "site-packages")] if windows else sys.path
    found = next(iter(metadata.Distribution.discover(name=name, path=places)), None)
    if found is None:
        return f"{name}: not in this program"
    about = found.metadata
    licence = about["License-Expression"] or about["License"] or ""
    if not licence or len(licence) > 200 or "\n" in licence:
        licence = ", ".join(one.rpartition(" :: ")[2] for one in about.get_all("Classifier", []) if one.startswith("License"))
    licence = _STATED.get(name, licence)
    refuse(name, licence)
    named = [file for file in found.files or () if re.search(r"(licen[cs]e|copying|notice)", file.name, re.IGNORECASE)]
    texts = [Path(str(found.locate_file(file))) for file in named if file.suffix not in (".py", ".pyc")]
    return "\n\n".join([f"{name} {found.version}: {licence}", *(text.read_text("utf-8", "replace") for text in texts if text.is_file())])


def _python(windows: Path | None) -> str:
    here = Path(sys.base_prefix, "lib", f"python{sys.version_info.major}.{sys.version_info.minor}", "LICENSE.txt")
    text = windows / "LICENSE.txt" if windows else here
    return "Python: PSF-2.0\n\n" + (text.read_text("utf-8") if text.is_file() else "https://docs.python.org/3/license.html")


def _libraries(folder: Path) -> list[str]:
    lines = []
    for path in sorted((*folder.rglob("lib*.so*"), *folder.rglob("*.dll"))):
        if path.is_symlink() or "plugins" in path.parts or ".cpython-" in path.name:
            continue
        licence = next((said for name, said in LIBRARIES.items() if path.name.lower().startswith(name.lower())), "")
        refuse(path.name, licence)
        lines.append(f"{path.name}: {licence}")
    return lines
