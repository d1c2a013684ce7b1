"""`dev.py package`: the program in one folder, tried, and from it what a shop owner downloads, in `dist/`.

The same commit gives the same folder: times come from the commit, names and numbers from `desktop.__version__`. With
`--windows` it is the Windows program, made and tried under Wine; without, the program of this computer's own system.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from build_scripts import icon, wine, wine_trial
from build_scripts.licences import collect
from build_scripts.machine import ROOT, Missing, call

DIST, WORK = ROOT / "dist", ROOT / "build"
MOST_FOLDER, MOST_DOWNLOAD = 200e6, 70e6  # bytes
_NEEDS = (
    "libc6 (>= 2.28), libstdc++6, zlib1g, libgl1, libegl1, libx11-6, libx11-xcb1, libxcb1, libfontconfig1, libfreetype6, libdbus-1-3, "
    "libglib2.0-0 | libglib2.0-0t64"
)
Packer = Callable[[Path, str, int], Path]  # of the folder, its version and the commit's time: the download


def main(arguments: list[str] | None = None) -> int:
    """Builds, tries and packs; 0 if all went well."""
    parser = argparse.ArgumentParser(prog="dev.py package", description=__doc__)
    parser.add_argument("--windows", action="store_true", help="the Windows program and its setup, under Wine")
    under_wine = parser.parse_args(arguments).windows
    system = "win32" if under_wine else sys.platform
    version, moment = _version(), _moment()
    print(f"Cheragh {version} ...", flush=True)
    folder = _freeze(moment, under_wine=under_wine)
    (folder / "LICENSES.txt").write_text(collect(folder, wine.PYTHON if under_wine else None), "utf-8")
    _tidy(folder, moment)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    print(f"one folder: {size / 1e6:.0f} MB, {_digest(folder)}", flush=True)
    if not under_wine and (code := _try(folder)):
        return code
    made = [pack(folder, version, moment) for pack in PACKERS[system]]
    for path in made:
        digest = hashlib.file_digest(path.open("rb"), "sha256").hexdigest()
        path.with_name(path.name + ".sha256").write_text(f"{digest}  {path.name}\n")
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1e6:.0f} MB", flush=True)
    if under_wine:
        wine_trial.walk(folder, made[-1], version)
    return int(size > MOST_FOLDER or any(path.stat().st_size > MOST_DOWNLOAD for path in made))


def _version() -> str:
    from desktop import __version__

    return __version__


def _moment() -> int:
    """The commit's time, in seconds; what is built outside a checkout is of one fixed day."""
    asked = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return int(asked.stdout.strip() or 1_767_225_600)


def _freeze(moment: int, *, under_wine: bool) -> Path:
    """The program's folder, as PyInstaller makes it."""
    fixed = {"PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": str(moment)}
    icon.write(wine.ICON)
    if under_wine:
        wine.freeze(DIST / "windows", fixed)
        return DIST / "windows" / "cheragh"
    shutil.rmtree(DIST / "cheragh", ignore_errors=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR"]
    places = ["--distpath", str(DIST), "--workpath", str(WORK), str(ROOT / "build_scripts" / "cheragh.spec")]
    call([*command, *places], "PyInstaller could not pack the program.", os.environ | fixed)
    return DIST / "cheragh"


def _tidy(folder: Path, moment: int) -> None:
    """Symbols nobody reads are out, and every file is of the commit's time."""
    if sys.platform == "linux":
        for path in sorted(folder.rglob("*.so*")):
            if not path.is_symlink() and ".libs" not in path.parent.name:  # wheels' own libraries break when stripped
                call(["strip", "--strip-unneeded", path], f"{path.name} could not be stripped.")
    for path in folder.rglob("*"):
        if path.is_symlink() and not path.exists():  # to a library that was left out
            path.unlink()
    for path in (*folder.rglob("*"), folder):
        os.utime(path, (moment, moment), follow_symlinks=False)


def _digest(folder: Path) -> str:
    """One SHA-256 of every file's name and content: two builds of a commit are compared by it."""
    total = hashlib.sha256()
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        total.update(f"{path.relative_to(folder).as_posix()} {hashlib.file_digest(path.open('rb'), 'sha256').hexdigest()}\n".encode())
    return total.hexdigest()


def _try(folder: Path) -> int:
    """The self-test, with nothing of this machine's Python or Qt in reach."""
    program = folder / ("cheragh-console.exe" if sys.platform == "win32" else "cheragh")
    with tempfile.TemporaryDirectory() as home:
        bare = {"HOME": home, "PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen"}
        whole = os.environ if sys.platform == "win32" else bare  # Windows does not start without its own
        return subprocess.run([program, "--lang", "en", "self-test"], env=whole, cwd=home, check=False).returncode


# What is downloaded


def _tar(folder: Path, version: str, moment: int) -> Path:
    system = "macos" if sys.platform == "darwin" else sys.platform
    out = DIST / f"cheragh-{version}-{system}-{platform.machine()}.tar.xz"
    with tarfile.open(out, "w:xz", preset=6) as archive:
        for path in (folder, *sorted(folder.rglob("*"))):
            member = archive.gettarinfo(path, f"cheragh-{version}/{path.relative_to(folder)}".removesuffix("/."))
            member.uid = member.gid = 0
            member.uname = member.gname = ""
            member.mtime = moment
            if member.isfile():
                with path.open("rb") as content:
                    archive.addfile(member, content)
            else:
                archive.addfile(member)
    return out


def _zip(folder: Path, version: str, moment: int) -> Path:
    out = DIST / f"cheragh-{version}-windows-portable.zip"
    day = time.gmtime(moment)[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            member = zipfile.ZipInfo(f"cheragh-{version}/{path.relative_to(folder).as_posix()}", day)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, path.read_bytes())
    return out


def _setup(folder: Path, version: str, moment: int) -> Path:
    del moment  # of the folder's files
    return wine.setup(folder, version, DIST / f"cheragh-{version}-setup.exe")


def _deb(folder: Path, version: str, moment: int) -> Path:
    """The folder in /usr/lib/cheragh, the command, the menu's entry, the icon and the type of `.cheragh` files."""
    out = DIST / f"cheragh_{version}_amd64.deb"
    with tempfile.TemporaryDirectory() as name:
        tree, linux = Path(name), ROOT / "build_scripts" / "linux"
        shutil.copytree(folder, tree / "usr/lib/cheragh", symlinks=True)
        (tree / "usr/bin").mkdir()
        (tree / "usr/bin/cheragh").symlink_to("../lib/cheragh/cheragh")
        for file, place in (
            (linux / "cheragh.desktop", "usr/share/applications"),
            (linux / "cheragh.xml", "usr/share/mime/packages"),
            (ROOT / "resources/icons/cheragh.svg", "usr/share/icons/hicolor/scalable/apps"),
        ):
            (tree / place).mkdir(parents=True)
            shutil.copy(file, tree / place / file.name)
        (tree / "usr/share/doc/cheragh").mkdir(parents=True)
        (tree / "usr/share/doc/cheragh/copyright").symlink_to("../../../lib/cheragh/LICENSES.txt")
        size = sum(path.lstat().st_size for path in tree.rglob("*") if not path.is_dir()) >> 10
        (tree / "DEBIAN").mkdir()
        (tree / "DEBIAN/control").write_text(
            f"Package: cheragh\nVersion: {version}\nArchitecture: amd64\nMaintainer: Cheragh <cheragh@localhost>\nInstalled-Size: {size}\n"
            f"Depends: {_NEEDS}\nRecommends: libcups2 | libcups2t64\nSection: office\nPriority: optional\n"
            "Description: sales and KPIs of a small shop, offline, in Persian and English\n"
            " Cheragh keeps a shop's sales in one book, shows the numbers that decide the business and prints a monthly report.\n"
        )
        for path in tree.rglob("*"):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
            os.utime(path, (moment, moment), follow_symlinks=False)
        pack: list[str | Path] = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", tree, out]
        call(pack, "The .deb was not written.", os.environ | {"SOURCE_DATE_EPOCH": str(moment)})
    return out


PACKERS: dict[str, tuple[Packer, ...]] = {"linux": (_tar, _deb), "win32": (_zip, _setup), "darwin": (_tar,)}


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Missing as missing:
        print(missing, file=sys.stderr)
        sys.exit(1)
