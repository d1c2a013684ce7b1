"""Which test executes which statement: each statement of a throw-away copy says so into a shared file.

As a plugin of pytest (`-p bench.planting.probes`) in such a copy it writes down what each test that passes executed, what its shared
fixtures executed for it, and how long it took; programs that a test starts write into the same file.
"""

from __future__ import annotations

import ast
import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

SEEN = "CHERAGH_SEEN"  # names the shared file; beside it lies what the tests executed
PICKED = "CHERAGH_PICKED"  # names the file with the tests to run, in their order
_MODULE = '''"""What was executed, a byte a statement."""
import mmap, os
from pathlib import Path
if "{seen}" in os.environ:
    path = Path(os.environ["{seen}"] + os.environ.get("PYTEST_XDIST_WORKER", ""))
    if not path.exists():
        path.write_bytes(bytes({size}))
    with path.open("r+b") as file:
        seen = mmap.mmap(file.fileno(), {size})
else:
    seen = bytearray({size})
'''


# In the copy


def number(tree: ast.Module, first: int) -> int:
    """Each statement in a function, and each lambda, has its ``probe``; gives the next number that is free."""
    for function in ast.walk(tree):
        if isinstance(function, ast.Lambda):
            function.body.probe = first = first + 1
        elif isinstance(function, ast.FunctionDef):
            for one in _own(function):
                one.probe = first = first + 1
    return first


def _own(node: ast.AST) -> list[ast.stmt]:
    """The statements inside, at any depth, but those of other functions and classes."""
    found = []
    for one in ast.iter_child_nodes(node):
        if isinstance(one, ast.stmt):
            found.append(one)
        if not isinstance(one, ast.FunctionDef | ast.ClassDef | ast.expr):
            found += _own(one)
    return found


def mentions(trees: Iterable[ast.Module]) -> dict[str, set[int]]:
    """The statements that come to know a name that a module defines: by themselves, or by another such name."""
    by: dict[str, set[int]] = defaultdict(set)
    into: dict[str, set[str]] = defaultdict(set)
    for tree in trees:
        for one in tree.body:
            defined = {one.name} if isinstance(one, ast.ClassDef) else set()
            defined |= {name.id for name in ast.walk(one) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)}
            for name, probe in _mentioned(one, None):
                if probe is not None:
                    by[name].add(probe)
                elif not isinstance(one, ast.FunctionDef):
                    into[name] |= defined - {name}
    return {name: set().union(*(by[other] for other in _reached(name, into))) for name in {*by, *into}}


def _mentioned(node: ast.AST, probe: int | None) -> Iterator[tuple[str, int | None]]:
    probe = getattr(node, "probe", probe)
    if isinstance(node, ast.Name | ast.Attribute):
        yield (node.id if isinstance(node, ast.Name) else node.attr), probe
    for one in ast.iter_child_nodes(node):
        yield from _mentioned(one, probe)


def _reached(name: str, into: dict[str, set[str]]) -> set[str]:
    found, new = {name}, {name}
    while new:
        new = set().union(*(into.get(one, ()) for one in new)) - found
        found |= new
    return found


def instrument(root: Path, trees: dict[str, ast.Module], size: int) -> None:
    """The files in the copy tell what is executed."""
    for file, tree in trees.items():
        told = _Telling().visit(tree)
        after = [at for at, one in enumerate(told.body, 1) if isinstance(one, ast.ImportFrom) and one.module == "__future__"]
        at = max([*after, int(ast.get_docstring(told) is not None)])
        told.body.insert(at, ast.parse("from desktop._seen import seen as _seen").body[0])
        (root / file).write_text(ast.unparse(ast.fix_missing_locations(told)), encoding="utf-8")
    (root / "desktop" / "_seen.py").write_text(_MODULE.format(seen=SEEN, size=size), encoding="utf-8")


class _Telling(ast.NodeTransformer):
    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for name in ("body", "orelse", "finalbody"):
            inside = getattr(node, name, None)
            if isinstance(inside, list):
                setattr(node, name, [each for one in inside for each in (*self._telling(one), one)])
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        probe = node.body.probe
        self.generic_visit(node)
        both = ast.Tuple([ast.parse(f"_seen.__setitem__({probe}, 1)", mode="eval").body, node.body], ast.Load())
        node.body = ast.Subscript(both, ast.Constant(1), ast.Load())
        return node

    @staticmethod
    def _telling(one: ast.AST) -> list[ast.stmt]:
        probe = getattr(one, "probe", None)
        plain = isinstance(one, ast.Global | ast.Nonlocal) or (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))
        return ast.parse(f"_seen[{probe}] = 1").body if probe is not None and not plain else []


# In the tests of the copy


class Watch:
    """Writes a line a test: its name, its file, how long it took, the probes that were executed for it."""

    def __init__(self, seen: Any, path: Path) -> None:
        self.seen, self.path, self.nothing = seen, path, bytes(len(seen))
        self.of_fixture: dict[Any, set[int]] = {}
        self.took, self.passed = 0.0, True

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:
        self.seen[:], self.took, self.passed = self.nothing, 0.0, True
        result = yield
        found = self._executed()
        for fixtures in item._fixtureinfo.name2fixturedefs.values():  # type: ignore[attr-defined]  # noqa: SLF001
            found |= set().union(*(self.of_fixture.get(one, ()) for one in fixtures))
        if self.passed:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps([item.nodeid, round(self.took, 3), sorted(found)]) + "\n")
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Any:
        if fixturedef.scope == "function":
            return (yield)
        before, self.seen[:] = self._executed(), self.nothing
        try:
            return (yield)
        finally:
            self.of_fixture[fixturedef] = self._executed()
            for probe in before:
                self.seen[probe] = 1

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.took += report.duration
        self.passed &= report.passed

    def _executed(self) -> set[int]:
        return {probe for probe, byte in enumerate(self.seen[:]) if byte}


class Pick:
    """Only the tests that are named, in their order."""

    def __init__(self, names: list[str]) -> None:
        self.order = {name: at for at, name in enumerate(names)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted((one for one in items if one.nodeid in self.order), key=lambda one: self.order[one.nodeid])


def pytest_configure(config: pytest.Config) -> None:
    if SEEN in os.environ and (os.environ.get("PYTEST_XDIST_WORKER") or not config.getoption("numprocesses", None)):
        from desktop._seen import seen  # there in the copy alone

        config.pluginmanager.register(Watch(seen, Path(f"{os.environ[SEEN]}{os.environ.get('PYTEST_XDIST_WORKER', '')}.jsonl")))
    if PICKED in os.environ:
        config.pluginmanager.register(Pick(json.loads(Path(os.environ[PICKED]).read_text(encoding="utf-8"))))
