"""The command that tries an installed program."""

import os
import subprocess
import sys

from desktop import self_test


def tried(data, language):
    environment = os.environ | {"CHERAGH_DATA": str(data), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "desktop", "--lang", language, "self-test"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=200)


def test_every_step_is_done_and_nothing_stays(tmp_path):
    done = tried(tmp_path / "data", "en")

    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr
    assert len(lines) == len(self_test.STEPS) + 1
    assert all(line.startswith("done") for line in lines)
    assert not (tmp_path / "data").exists()


def test_the_first_step_that_fails_ends_it(monkeypatch, capsys, data):
    def broken(_):
        raise AssertionError("a part is missing")

    monkeypatch.setattr(self_test, "STEPS", {"first": broken, "second": broken})

    assert self_test.run("en") == 1

    said = capsys.readouterr()
    assert "a part is missing" in said.err
    assert "first" in said.out
    assert "second" not in said.out
    assert os.environ["CHERAGH_DATA"] == str(data)
