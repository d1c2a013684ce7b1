"""The house itself: files small enough to read, each saying what lives in it, and papers that are true."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = sorted(path for folder in ("desktop", "build_scripts") for path in (ROOT / folder).rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION = 400, 50


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_says_what_lives_in_it_and_can_be_read_in_one_go(path):
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    functions = [one for one in ast.walk(tree) if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef))]

    assert ast.get_docstring(tree)
    assert text.count("\n") <= LONGEST_FILE
    assert [one.name for one in functions if one.end_lineno - one.lineno >= LONGEST_FUNCTION] == []


def test_every_dependency_has_its_reason_and_licence_in_the_architecture():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [re.match(r"[\w.-]+", line)[0] for line in project["dependencies"]]
    table = [line.casefold() for line in (ROOT / "ARCHITECTURE.md").read_text("utf-8").splitlines() if line.startswith("|")]

    assert [name for name in wanted if not any(name.casefold() in line for line in table)] == []


@pytest.mark.parametrize("paper", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_a_paper_names_only_files_that_are_there(paper):
    text = (ROOT / paper).read_text("utf-8")
    linked = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text) + re.findall(r'src="(?!https?:)([^"]+)"', text)

    assert [name for name in linked if not (ROOT / name).exists()] == []


def test_the_rooms_of_the_architecture_are_the_rooms_of_the_house():
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    rooms = {path.name for path in (ROOT / "desktop").iterdir() if path.is_dir() and (path / "__init__.py").exists()}

    assert [room for room in sorted(rooms) if f"{room}/" not in text and f"`{room}`" not in text] == []
