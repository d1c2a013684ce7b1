"""ARCHITECTURE's line «add a KPI» is enough: one value in its family's file and its unit's line, and the number is everywhere."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
VALUE = """
KPIS += (
    Kpi("calls_a_visit", N_("Calls a visit"), N_("How many activities."), N_("The activities."), (DONE,), Value(), "activity", least=1),
)
"""
ASKED = """
import datetime as dt, json, sys
from pathlib import Path
from desktop import kpi, reports
from desktop.reports.xlsx import _kpis
from desktop.store import Store

with Store.open(Path(sys.argv[1])) as store, store.reading() as s:
    scope, key = kpi.scope(s, as_of=dt.date(2026, 11, 10)), "calls_a_visit"
    month = reports.gather(s, scope)
    print(json.dumps({
        "tile": kpi.board(s, scope).answers[key].value,
        "why": kpi.explain(s, key, scope).sentence(),
        "rows": kpi.rows(s, key, scope).total,
        "json": kpi.as_json(s, scope)["kpis"][key]["value"],
        "seller": kpi.as_json(s, scope)["sellers"][0][key],
        "report": [row[1][1] for row in _kpis(month)[1] if row[0] == "Calls a visit"],
        "moved": [kpi.BY_KEY[key].moved_by({table}) for table in ("activity", "lead")],
        "last": kpi.ALL[-1].key,
    }))
"""


def test_a_value_in_its_familys_file_is_enough(shop, tmp_path):
    for name in ("desktop", "resources", "i18n"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    units = tmp_path / "desktop/values/unit.py"
    units.write_text(units.read_text(encoding="utf-8").replace('Unit.COUNT: "', 'Unit.COUNT: "calls_a_visit '), encoding="utf-8")
    family = tmp_path / "desktop/kpi/leads.py"
    family.write_text(family.read_text(encoding="utf-8") + VALUE, encoding="utf-8")
    for _ in range(3):
        shop.activity(seller="Mina")
    shop.store.close(backup=False)
    run = subprocess.run(
        [sys.executable, "-c", ASKED, shop.store.path], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
    )

    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert (found["tile"], found["rows"], found["json"], found["seller"], found["report"]) == (3, 3, 3, 3, [3])
    assert found["why"].startswith("Calls a visit: ")
    assert (found["moved"], found["last"]) == ([True, False], "calls_a_visit")
