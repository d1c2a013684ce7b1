"""Every check runs, each says how it went, and one failure fails all."""

import shutil
import sys
from pathlib import Path

import pytest

from build_scripts import check
from build_scripts.check import Step

FINE = Step("fine", ("-c", "print('quiet')"))
BROKEN = Step("broken", ("-c", "print('what broke'); raise SystemExit(3)"))


def step_of(text, code=0, **more):
    return Step("tests", ("-c", f"print({text!r}); raise SystemExit({code})"), tests=True, **more)


def test_all_fine(capfd):
    assert check.main([FINE, step_of("== 12 passed, 1 skipped in 3.00s ==")]) == 0

    out = capfd.readouterr().out
    assert "12 passed, 0 failed, 1 skipped" in out
    assert "quiet" not in out


def test_every_step_runs_even_after_a_failure(capfd):
    assert check.main([BROKEN, FINE, step_of("1 failed, 2 passed, 1 error in 0.10s", 1)]) == 1

    out = capfd.readouterr().out
    assert "what broke" in out
    assert "2 passed, 2 failed, 0 skipped" in out
    assert [line.split()[:2] for line in out.splitlines() if line.strip().startswith(("ok", "FAILED"))] == [
        ["FAILED", "broken"],
        ["ok", "fine"],
        ["FAILED", "tests"],
    ]


def test_a_run_without_any_test_is_a_failure(capfd):
    """Pytest ends with 5 when a marker selects nothing: a check that checks nothing must not look green."""
    assert check.main([step_of("no tests ran in 0.01s", 5)]) == 1


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("============ 3 passed in 0.12s ============", {"passed": 3}),
        ("1 failed, 2 passed, 3 skipped, 1 xfailed in 61.00s (0:01:01)", {"failed": 1, "passed": 2, "skipped": 4}),
        ("2 errors in 0.5s", {"failed": 2}),
        ("nothing of the kind", {}),
    ],
)
def test_counts_are_read_from_the_summary(line, counts):
    assert dict(check._counts(f"12 passed the first line\n{line}\n")) == counts


def test_checks_do_not_touch_what_belongs_to_the_person(capfd):
    names = "XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME"
    step = Step("where", ("-c", f"import os; [print(os.environ[n]) for n in {names!r}.split()]"), tests=True)
    check.main([step])

    places = [line for line in capfd.readouterr().out.splitlines() if line.startswith(("/", "C:"))]
    assert len(places) == 4
    assert not any(Path(place).is_relative_to(Path.home()) for place in places)


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("Xvfb") is None, reason="needs Xvfb")
def test_a_screen_of_our_own_is_there_and_gone_again(capfd, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":99")
    step = Step("screen", ("-c", "import os; print('seen', os.environ['DISPLAY'], os.environ['QT_QPA_PLATFORM'])"), tests=True, screen=True)
    assert check.main([step]) == 0

    (seen,) = (line.split() for line in capfd.readouterr().out.splitlines() if line.startswith("seen"))
    assert seen[1] not in ("", ":", ":99")
    assert seen[2] == "xcb"
    assert not Path(f"/tmp/.X11-unix/X{seen[1][1:]}").exists()


def test_the_checks_are_the_ones_that_the_ci_runs():
    assert [step.name for step in check.STEPS] == ["format", "lint", "imports", "types", "sentences", "tests", "tests on a screen"]
    assert "build_scripts/dev.py test" in (check.ROOT / ".ci/run").read_text()
