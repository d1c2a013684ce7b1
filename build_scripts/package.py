"""`dev.py package`: the program in one folder, tried, and from it what a shop owner downloads, in `dist/`.

The same commit gives the same folder: times come from the commit, names and numbers from `desktop.__version__`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from build_scripts.licences import collect
from build_scripts.machine import ROOT, Missing, call

DIST, WORK = ROOT / "dist", ROOT / "build"
FOLDER = DIST / "cheragh"
MOST_FOLDER, MOST_DOWNLOAD = 200e6, 70e6  # bytes
_NEEDS = (
    "libc6 (>= 2.28), libstdc++6, zlib1g, libgl1, libegl1, libx11-6, libx11-xcb1, libxcb1, libfontconfig1, libfreetype6, libdbus-1-3, "
    "libglib2.0-0 | libglib2.0-0t64"
)


def main() -> int:
    """Builds, tries and packs; 0 if all went well."""
    version, moment = _version(), _moment()
    print(f"Cheragh {version} ...", flush=True)
    _freeze(moment)
    (FOLDER / "LICENSES.txt").write_text(collect(FOLDER), "utf-8")
    _tidy(FOLDER, moment)
    size = sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file() and not path.is_symlink())
    print(f"one folder: {size / 1e6:.0f} MB", flush=True)
    if code := _try(FOLDER / "cheragh"):
        return code
    made = [_portable(version, moment), _deb(version, moment)]
    for path in made:
        digest = hashlib.file_digest(path.open("rb"), "sha256").hexdigest()
        path.with_name(path.name + ".sha256").write_text(f"{digest}  {path.name}\n")
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1e6:.0f} MB", flush=True)
    return int(size > MOST_FOLDER or any(path.stat().st_size > MOST_DOWNLOAD for path in made))


def _version() -> str:
    from desktop import __version__

    return __version__


def _moment() -> int:
    """The commit's time, in seconds; what is built outside a checkout is of one fixed day."""
    asked = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return int(asked.stdout.strip() or 1_767_225_600)


def _freeze(moment: int) -> None:
    fixed = {"PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": str(moment)}
    shutil.rmtree(FOLDER, ignore_errors=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR"]
    places = ["--distpath", str(DIST), "--workpath", str(WORK), str(ROOT / "build_scripts" / "cheragh.spec")]
    call([*command, *places], "PyInstaller could not pack the program.", os.environ | fixed)


def _tidy(folder: Path, moment: int) -> None:
    """Symbols nobody reads are out, and every file is of the commit's time."""
    if sys.platform == "linux":
        for path in sorted(folder.rglob("*.so*")):
            if not path.is_symlink() and ".libs" not in path.parent.name:  # wheels' own libraries break when stripped
                call(["strip", "--strip-unneeded", path], f"{path.name} could not be stripped.")
    for path in (*folder.rglob("*"), folder):
        os.utime(path, (moment, moment), follow_symlinks=False)


def _try(program: Path) -> int:
    """The self-test, with nothing of this machine's Python or Qt in reach."""
    with tempfile.TemporaryDirectory() as home:
        bare = {"HOME": home, "PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen"}
        return subprocess.run([program, "--lang", "en", "self-test"], env=bare, cwd=home, check=False).returncode


# What is downloaded


def _portable(version: str, moment: int) -> Path:
    out = DIST / f"cheragh-{version}-linux-x86_64.tar.xz"
    with tarfile.open(out, "w:xz", preset=6) as archive:
        for path in (FOLDER, *sorted(FOLDER.rglob("*"))):
            member = archive.gettarinfo(path, f"cheragh-{version}/{path.relative_to(FOLDER)}".removesuffix("/."))
            member.uid = member.gid = 0
            member.uname = member.gname = ""
            member.mtime = moment
            if member.isfile():
                with path.open("rb") as content:
                    archive.addfile(member, content)
            else:
                archive.addfile(member)
    return out


def _deb(version: str, moment: int) -> Path:
    """The folder in /usr/lib/cheragh, the command, the menu's entry, the icon and the type of `.cheragh` files."""
    out = DIST / f"cheragh_{version}_amd64.deb"
    with tempfile.TemporaryDirectory() as name:
        tree, linux = Path(name), ROOT / "build_scripts" / "linux"
        shutil.copytree(FOLDER, tree / "usr/lib/cheragh", symlinks=True)
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


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Missing as missing:
        print(missing, file=sys.stderr)
        sys.exit(1)
