"""What a fresh machine lacks is put there where we may, else named with the line to type."""

import re
import subprocess
import sys
import tomllib

import pytest

from build_scripts import machine
from build_scripts.machine import LOCK, ROOT, Missing, Part, library, program

THERE = Part("a floor", lambda: True, ("floor",))


def lacking(name="Xvfb", *packages):
    return Part(name, lambda: False, packages or ("xvfb",))


@pytest.fixture
def apt(monkeypatch, tmp_path):
    """A machine whose apt-get writes down what it is asked, and knows the packages it is told of."""
    log = tmp_path / "asked"
    log.touch()

    def use(*known, root=True):
        names = " ".join(known)
        (tmp_path / "apt-get").write_text(f'#!/bin/sh\necho "$@" >> {log}\n')
        (tmp_path / "apt-cache").write_text(f'#!/bin/sh\nfor p in {names}; do [ "$2" = $p ] && printf "Package: %s\\n" $p; done\nexit 0\n')
        for tool in ("apt-get", "apt-cache"):
            (tmp_path / tool).chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setattr(machine.os, "geteuid", lambda: 0 if root else 1000)
        return lambda: log.read_text()

    return use


def test_nothing_is_done_where_nothing_lacks(apt):
    asked = apt()
    machine._system([THERE])

    assert asked() == ""


def test_root_gets_what_lacks(apt):
    asked = apt("xvfb")
    there = []
    part = Part("Xvfb", lambda: bool(there) or there.append(1), ("xvfb",))  # not there at first, there afterwards
    machine._system([THERE, part])

    assert asked().splitlines() == ["update -qq", "install -y -qq --no-install-recommends xvfb"]


def test_the_newer_name_of_a_package_is_tried(apt):
    """Ubuntu 24.04 and Debian 13 call libcups2 libcups2t64."""
    asked = apt("libcups2t64")
    with pytest.raises(Missing):
        machine._system([lacking("libcups.so.2", "libcups2", "libcups2t64")])

    assert asked().endswith(" libcups2t64\n")


def test_what_no_package_brings_is_named(apt):
    apt("other")

    with pytest.raises(Missing, match=r"still lacks: Xvfb \(xvfb\)"):
        machine._system([lacking()])


def test_who_is_not_root_is_told_what_to_type(apt):
    asked = apt("xvfb", root=False)

    with pytest.raises(Missing) as missing:
        machine._system([lacking(), lacking("the venv module", "python3.11-venv", "python3-venv")])
    assert "This machine lacks: Xvfb, the venv module." in str(missing.value)
    assert "\n    sudo apt-get update && sudo apt-get install --no-install-recommends xvfb python3.11-venv" in str(missing.value)
    assert asked() == ""


def test_a_machine_without_apt_is_told_what_lacks(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Missing, match=r"lacks: Xvfb\.\nInstall them with its package manager"):
        machine._system([lacking()])


@pytest.mark.skipif(sys.platform != "linux", reason="names of libraries on Linux")
def test_a_library_is_there_when_it_can_be_loaded():
    assert library("libc.so.6", "libc6").there()
    assert not library("libnothing.so.1", "nothing").there()


def test_a_program_is_there_when_it_can_be_found(apt, tmp_path):
    apt()

    assert program("apt-get", "apt").there()
    assert not program("Xvfb", "xvfb").there()


@pytest.mark.parametrize(("environment", "there"), [({}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "w"}, True)])
@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have one")
def test_a_display_is_known_by_its_name(monkeypatch, environment, there):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert machine.display_named() is there


def test_a_command_that_fails_shows_its_output():
    with pytest.raises(Missing, match=r"(?s)broken.*could not be done. The command was: "):
        machine.call([sys.executable, "-c", "print('broken'); raise SystemExit(3)"], "It could not be done.")


# The lock


def test_every_dependency_is_locked_with_hashes():
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    wanted = [re.match(r"[\w-]+", line)[0].lower() for line in (*project["dependencies"], *project["optional-dependencies"]["dev"])]
    locked = dict(re.findall(r"(?m)^([\w-]+)==([^ ;\\]+)", LOCK.read_text()))

    assert [name for name in wanted if name not in locked] == []
    blocks = re.split(r"(?m)^(?=[\w-]+==)", LOCK.read_text())[1:]
    assert [block.split("==")[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_a_stamped_environment_is_not_made_again(monkeypatch):
    """The second `dev.py run` starts at once."""
    made = []
    monkeypatch.setattr(machine, "_install", made.append)
    monkeypatch.setattr(machine, "_works", lambda python: True)
    monkeypatch.setattr(machine, "call", lambda *_: None)
    stamp = machine.VENV / "installed-for"
    if not stamp.is_file():
        pytest.skip("this environment was not made by dev.py")
    machine.prepare(())

    assert made == []


# The command line


@pytest.mark.parametrize("words", [[], ["dance"]])
def test_dev_says_what_it_can_do(words):
    said = subprocess.run([sys.executable, ROOT / "build_scripts/dev.py", *words], capture_output=True, text=True, check=False, cwd="/")

    assert said.returncode == 2
    assert "run,test,fix,lock" in said.stderr.replace(" ", "").replace("'", "")
