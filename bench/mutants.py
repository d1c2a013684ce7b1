"""Would a test see it? Plants small faults one by one and runs the tests that execute them: `python bench/mutants.py [--faults 100]`.

Once, all tests tell what they execute (about as long as the suite takes, and kept until the code changes). Then each fault, drawn by the
seed, is planted in one of two throw-away copies, and its tests run, the quickest first, until one fails. Stopped, it goes on where it was;
what was killed stays killed while its file is as it was, and ``--again`` tries the survivors anew, after a test was written.

Those that no test can see, because nothing is different, stand in `mutants.toml` with the reason why.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from queue import Empty, SimpleQueue

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.planting import probes
from bench.planting.places import Place, places

ROOT = Path(__file__).parents[1]
JUDGED = Path(__file__).with_suffix(".toml")
ROOMS = ("store", "kpi", "shop")
INVENTED = "desktop/shop/demo/"  # another number there makes another invented shop
HELPINGS = ((30, 15.0), (200, 45.0))  # (tests, seconds they took): first the quickest, then more of them where none failed
NEAR = 3  # a test of the file's own is preferred to one that is quicker by less than this
NOT_OF_CODE = ("tests/test_house.py", "tests/test_architecture.py", "tests/test_sentences.py", "tests/build_scripts")


@dataclass(frozen=True)
class Test:
    name: str
    took: float
    executes: frozenset[int]

    @property
    def file(self) -> str:
        return self.name.split("::")[0]


class Code:
    """The rooms as they are: their texts, their places to break, and who mentions what."""

    def __init__(self) -> None:
        self.texts = {
            str(path.relative_to(ROOT)): path.read_bytes() for room in ROOMS for path in sorted((ROOT / "desktop" / room).rglob("*.py"))
        }
        self.trees: dict[str, ast.Module] = {}
        self.size = 0
        for file, text in self.texts.items():
            self.trees[file] = ast.parse(text)
            self.size = probes.number(self.trees[file], self.size)
        self.mentions = probes.mentions(self.trees.values())

    def drawn(self, room: str, many: int, seed: int) -> list[Place]:
        """The same ones for the same seed, as long as they are there."""
        found = [place for file in self.of(room) for place in places(file, self.texts[file], self.trees[file])]
        found.sort(key=lambda place: hashlib.sha256(f"{seed} {place.id}".encode()).digest())
        chosen: list[Place] = []
        for place in found:
            if len(chosen) < many and place.planted(self.texts[place.file]) is not None:
                chosen.append(place)
        return chosen

    def of(self, room: str) -> list[str]:
        return [file for file in self.texts if file.startswith(f"desktop/{room}/") and not file.startswith(INVENTED)]

    def probes_of(self, place: Place) -> set[int]:
        """The statements of which one must run for the fault to be met."""
        if place.probe is not None:
            return {place.probe}
        return set().union(*(self.mentions.get(name, ()) for name in place.names))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--faults", type=int, default=100, help="in each room")
    parser.add_argument("--rooms", nargs="+", default=ROOMS, choices=ROOMS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", action="store_true", help="try the survivors anew")
    parser.add_argument("--list", action="store_true", help="print what would be planted, and plant nothing")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "mutants", help="where the results are kept")
    options = parser.parse_args()
    code = Code()
    drawn = {room: code.drawn(room, options.faults, options.seed) for room in options.rooms}
    if options.list:
        for place in (one for each in drawn.values() for one in each):
            print(f"{place.id}: {_said(place)}")
        return 0
    options.folder.mkdir(parents=True, exist_ok=True)
    results = options.folder / "results.jsonl"
    known = _known(results, code, survivors=not options.again)
    judged = _judged()
    waiting = [place for each in drawn.values() for place in each if place.id not in judged and place.id not in known]
    if waiting:
        tests = executed(code, options.folder)
        for found in planted(waiting, code, tests):
            known[found["id"]] = found
            with results.open("a", encoding="utf-8") as file:
                file.write(json.dumps(found, ensure_ascii=False) + "\n")
    return 0 if report(drawn, code, known, judged) else 1


# What is known already


def _known(results: Path, code: Code, *, survivors: bool) -> dict[str, dict]:
    lines = results.read_text(encoding="utf-8").splitlines() if results.exists() else []
    found = {one["id"]: one for one in map(json.loads, lines)}
    return {
        id: one for id, one in found.items()
        if one["file"] == _digest(code.texts.get(one["id"].split(" ")[0], b"")) and (survivors or one["by"])
    }  # fmt: skip


def _judged() -> dict[str, dict]:
    """Why nothing differs, by the fault's id, with the change that was judged."""
    return tomllib.loads(JUDGED.read_text(encoding="utf-8")) if JUDGED.exists() else {}


def _said(place: Place) -> str:
    return " ".join(f"{place.old} -> {place.new}".split())


def _digest(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


# Who executes what


def executed(code: Code, folder: Path) -> list[Test]:
    """Every test that passes, with what it executes; asked anew where the code or the test's file changed."""
    kept, now = folder / "executed.jsonl", _digest(*code.texts.values())
    lines = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()] if kept.exists() else []
    if not lines or lines[0] != now:
        lines = [now]
    files = {str(path.relative_to(ROOT)): _digest(path.read_bytes()) for path in sorted((ROOT / "tests").rglob("test_*.py"))}
    files = {file: digest for file, digest in files.items() if not file.startswith(NOT_OF_CODE)}
    fresh = [line for line in lines[1:] if files.get(line[0].split("::")[0]) == line[3]]
    stale = sorted(files.keys() - {line[0].split("::")[0] for line in fresh})
    if stale:
        print(f"{len(stale)} files of tests tell what they execute ...", flush=True)
        fresh += [[*line, files[line[0].split("::")[0]]] for line in _told(code, stale)]
        kept.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in [now, *fresh]), encoding="utf-8")
    return [Test(name, took, frozenset(seen)) for name, took, seen, _ in fresh]


def _told(code: Code, files: list[str]) -> Iterator[list]:
    with tempfile.TemporaryDirectory(prefix="cheragh-") as folder:
        copy = _copy(Path(folder) / "copy")
        probes.instrument(copy, code.trees, code.size + 1)
        pytest = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "bench.planting.probes", "-p", "no:cacheprovider", *files]
        subprocess.run(pytest, cwd=copy, env=_surroundings(**{probes.SEEN: f"{folder}/seen"}), stdout=subprocess.DEVNULL, check=False)
        for told in Path(folder).glob("seen*.jsonl"):
            yield from map(json.loads, told.read_text(encoding="utf-8").splitlines())


def _copy(to: Path) -> Path:
    """The working tree without what git ignores."""
    listed = subprocess.run(["git", "ls-files", "-zco", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            (to / name).write_bytes((ROOT / name).read_bytes())
    subprocess.run([sys.executable, "build_scripts/i18n.py", "build"], cwd=to, stdout=subprocess.DEVNULL, check=True)
    return to


def _surroundings(**more: str) -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", **more}


# Planting


def planted(waiting: list[Place], code: Code, tests: list[Test]) -> Iterator[dict]:
    """What became of each fault, as it comes; two at a time."""
    todo, done = SimpleQueue[Place](), SimpleQueue[dict | None]()
    for place in waiting:
        todo.put(place)
    with tempfile.TemporaryDirectory(prefix="cheragh-") as folder:

        def work(name: str) -> None:
            try:
                bed = Bed(Path(folder) / name)
                while True:
                    done.put(bed.plant(todo.get_nowait(), code, tests))
            except Empty:
                pass
            finally:
                done.put(None)

        workers = [threading.Thread(target=work, args=(name,), daemon=True) for name in "ab"]
        for worker in workers:
            worker.start()
        began, n, ended = time.perf_counter(), 0, 0
        while ended < len(workers):
            found = done.get()
            if found is None:
                ended += 1
                continue
            n += 1
            said = f"killed by {found['by']}" if found["by"] else f"SURVIVED {found['tests']} tests"
            print(f"{n}/{len(waiting)} {(time.perf_counter() - began) / 60:.0f} min  {found['id']}: {said}", flush=True)
            yield found


class Bed:
    """A throw-away copy in which one fault at a time is planted."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.copy = folder, _copy(folder / "copy")

    def plant(self, place: Place, code: Code, tests: list[Test]) -> dict:
        began, by, ran = time.perf_counter(), "", 0
        self._write(place.file, place.planted(code.texts[place.file]) or b"")
        try:
            for chosen in helpings(place, code.probes_of(place), tests):
                ran += len(chosen)
                if by := self._failing(chosen):
                    break
        finally:
            self._write(place.file, code.texts[place.file])
        took = round(time.perf_counter() - began, 1)
        return {"id": place.id, "change": _said(place), "by": by, "tests": ran, "took": took, "file": _digest(code.texts[place.file])}

    def _write(self, file: str, text: bytes) -> None:
        path = self.copy / file
        path.write_bytes(text)
        for old in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):  # one of the same second and length would count as its own
            old.unlink()

    def _failing(self, tests: list[Test]) -> str:
        """The first test that fails, "" where none does; one that does not come to an end has failed."""
        picked = self.folder / "picked.json"
        picked.write_text(json.dumps([test.name for test in tests]), encoding="utf-8")
        pytest = [sys.executable, "-m", "pytest", "-xq", "-p", "bench.planting.probes", "-p", "no:cacheprovider", "--hypothesis-seed=0",
                  f"--basetemp={self.folder / 'tmp'}", *sorted({test.file for test in tests})]  # fmt: skip
        patience = 60 + 5 * sum(test.took for test in tests)
        with subprocess.Popen(pytest, cwd=self.copy, env=_surroundings(**{probes.PICKED: str(picked)}), start_new_session=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:  # fmt: skip
            try:
                said, _ = run.communicate(timeout=patience)
            except subprocess.TimeoutExpired:
                os.killpg(run.pid, signal.SIGKILL)
                return "the clock"
        if run.returncode == 0:
            return ""
        failed = [line.split(" - ")[0].removeprefix("FAILED ") for line in said.splitlines() if line.startswith(("FAILED ", "ERROR "))]
        return failed[0] if failed else f"the start of pytest ({run.returncode})"


def helpings(place: Place, met: set[int], tests: Iterable[Test]) -> Iterator[list[Test]]:
    """The tests that meet the fault, those of its own file and the quick ones first, in portions."""
    own = place.file.replace("desktop/", "tests/").rpartition("/")
    near = f"{own[0]}/test_{own[2]}"
    left = sorted((test for test in tests if met & test.executes), key=lambda test: test.took / (NEAR if test.file == near else 1))
    for most, seconds in HELPINGS:
        until = list(accumulate(test.took for test in left[:most]))
        many = max(1, bisect(until, seconds))
        chosen, left = left[:many], left[many:]
        if chosen:
            yield chosen


# What came of it


def report(drawn: dict[str, list[Place]], code: Code, known: dict[str, dict], judged: dict[str, dict]) -> bool:
    """Prints the survivors with what was planted, and the share that was killed; whether it is enough everywhere."""
    shares, unseen = {}, defaultdict(list)
    for room, each in drawn.items():
        for place in each:
            if place.id in judged and judged[place.id]["change"] == _said(place):
                unseen[room].append(place)
            elif place.id not in known or not known[place.id]["by"]:
                _show(place, code)
                if place.id in judged:
                    print("It was judged when it was another change; judge it again.")
        real = [place for place in each if place not in unseen[room]]
        killed = sum(bool(known.get(place.id, {}).get("by")) for place in real)
        shares[room] = killed / len(real) if real else 1.0
        print(f"\n{room}: {killed} of {len(real)} killed, {shares[room]:.0%}; {len(unseen[room])} change nothing\n")
    return min(shares.values()) >= 0.92


def _show(place: Place, code: Code) -> None:
    before = code.texts[place.file]
    after = (place.planted(before) or b"").decode().splitlines()
    print(f"\n{place.id}")
    print("\n".join([*difflib.unified_diff(before.decode().splitlines(), after, n=1, lineterm="")][2:]))


if __name__ == "__main__":
    raise SystemExit(main())
