"""Small files of other programs that were once read wrong in silence: each gives the figures a person would read in it.

They lie beside the project, where they are at all.
"""

import io
import json
import shlex
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from desktop import cli

FOLDER = Path(__file__).parents[3].parent / "shared" / "cases"
ELSEWHERE = {"21", "27"}  # a copied book and a report's sentence, tried where they belong
CASES = json.loads((FOLDER / "cases.json").read_text("utf-8"))["cases"] if FOLDER.is_dir() else []
RIGHT = {  # what `expected` says of the cases that were right from the beginning
    "40": {"revenue": 363_328, "accepted": 8},
    "43": {"revenue": 3_000, "accepted": 2},
}
NOT_YET = {"01", "03", "04", "11", "13", "16", "19"}


@pytest.mark.skipif(not CASES, reason="the small files lie beside the project only")
@pytest.mark.parametrize(
    "case",
    [
        pytest.param(one, id=f"{one['id']}-{one['name']}", marks=[pytest.mark.xfail(strict=True)] if one["id"] in NOT_YET else [])
        for one in CASES
        if one["id"] not in ELSEWHERE
    ],
)
def test_a_small_file_is_read_as_a_person_reads_it_or_asked_about(case, tmp_path, monkeypatch):
    monkeypatch.setenv("CHERAGH_DATA", str(tmp_path / "data"))
    wanted = RIGHT.get(case["id"]) or case["want"]
    imports, figures, shown = [], {}, []
    for command in case["commands"]:
        program, *words = shlex.split(command.format(b=tmp_path / "b.cheragh", d=FOLDER))
        if program == "python":
            shown = _columns(*words[1:])
        elif words[0] == "import":
            imports.append(_said(words))
        elif words[0] == "kpi":
            figures = {key: one["value"] for key, one in _said(words)["kpis"].items()}
        else:
            _said(words)

    if wanted.get("or_asked") and imports[-1].get("asked"):
        assert imports[-1]["accepted"] == 0
        assert not figures["revenue"]
        return
    assert _differences(wanted, imports, figures, shown) == {}


def _differences(wanted, imports, figures, shown):
    """What came where something else is wanted."""
    found = {}
    for key, value in wanted.items():
        if key == "steps":
            pairs = [(step, said) for step, said in zip(value, imports, strict=True) if step]
            got = [{name: said.get(name) for name in step} for step, said in pairs]
            value = [step for step, _ in pairs]
        elif key == "phones":
            got = [row[1] or None for row in shown]
        elif key == "prices":
            got = [row[1] for row in shown]
        elif key in ("period", "or_asked"):
            continue
        elif key in imports[-1]:
            got = imports[-1][key]
        else:
            got = figures[key] if figures else imports[-1]["total"]
        if got != value:
            found[key] = got
    return found


def _said(words):
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with redirect_stdout(out), redirect_stderr(io.TextIOWrapper(io.BytesIO())):
        cli.run([*words, "--lang", "en"])
    out.seek(0)
    text = out.read()
    return json.loads(text) if text.startswith("{") else text


def _columns(path, sheet, *names):
    head, *rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    return [tuple(row[head.index(name)] for name in names) for row in rows]
