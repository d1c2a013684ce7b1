"""Sentences from the code to Persian: extract, put translations in, check them, build what the program reads.

i18n.py extract          write en.po, list what fa.po lacks and what the code no longer says
i18n.py put FILE.json    merge {"English": "فارسی"}, plurals {"{n} row": ["{n} ردیف", "{n} ردیف"]}, into fa.po
i18n.py check            every sentence translated, holes kept, nothing glued; exit 1 with one line per problem
i18n.py prune            take out of fa.po what the code no longer says
i18n.py build            fa.mo and en.mo
"""

from __future__ import annotations

import argparse
import ast
import datetime as dt
import io
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
MARKERS = ("tr", "ntr", "N_")
PLURALS = {"fa": "nplurals=2; plural=(n > 1);", "en": "nplurals=2; plural=(n != 1);"}
NEVER = {"ۀ": "هٔ", "ي": "ی", "ى": "ی", "ك": "ک"} | {chr(0x0660 + n): chr(0x06F0 + n) for n in range(10)}

BEGINNING = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
Id = str | tuple[str, str]


def main(arguments: list[str] | None = None) -> int:
    """Does what the command line asks; 1 if there are problems."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("extract", "put", "check", "prune", "build"))
    parser.add_argument("file", nargs="?", type=Path, help="for put: a JSON file")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if (asked.command == "put") != (asked.file is not None):
        parser.error("put, and only put, takes a file")
    if asked.command == "put":
        return _tell(put(json.loads(asked.file.read_text("utf-8")), asked.root))
    return _tell({"extract": extract, "check": problems, "prune": prune, "build": build}[asked.command](asked.root))


def _tell(found: list[str]) -> int:
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


# The five commands: each returns its complaints


def extract(root: Path = ROOT) -> list[str]:
    """en.po is made anew, fa.po follows the plurals of the code; says what is missing and what is left over."""
    found = sentences(root)
    with _locked():
        _write(root / "i18n" / "en.po", _english(found))
        catalog = _read(root, "fa")
        _align(catalog, found)
        _write(root / "i18n" / "fa.po", catalog)
    missing = sorted(_one(id_) for id_ in found if _one(id_) not in catalog or not _whole(catalog[_one(id_)]))
    for message in missing:
        print(f"untranslated: {message}")
    for message in _left_over(catalog, found):
        print(f"no longer said: {message}")
    print(f"{len(found)} sentences, {len(missing)} untranslated")
    return []


def put(translations: dict[str, str | list[str]], root: Path = ROOT) -> list[str]:
    """The translations stand in fa.po and fa.mo, unless one of them has a fault: then none does."""
    found = sentences(root)
    plurals = dict(id_ for id_ in found if isinstance(id_, tuple))
    with _locked():
        catalog = _read(root, "fa")
        faults: list[str] = []
        for english, persian in translations.items():
            if isinstance(persian, list) and english not in plurals:
                faults.append(f"{english!r}: two forms, but no ntr({english!r}, ...) in the code")
                continue
            id_: Id = (english, plurals[english]) if english in plurals else english
            forms = tuple(persian) if isinstance(persian, list) else (persian, persian)
            if english in catalog:
                catalog.delete(english)
            message = catalog.add(id_, forms if isinstance(id_, tuple) else persian)
            faults += _faults(message)
        if not faults:
            _align(catalog, found)
            _write(root / "i18n" / "fa.po", catalog)
            _build(root, "fa")
    return faults


def problems(root: Path = ROOT) -> list[str]:
    """Everything that keeps a person from reading good Persian, one line each."""
    found, catalog = sentences(root), _read(root, "fa")
    told = [line for file in _code(root) for line in source_faults(file.read_text("utf-8"), str(file.relative_to(root)))]
    for id_, where in found.items():
        message = catalog.get(_one(id_))
        if message is None or not _whole(message):
            told.append(f"{where}: not translated: {_one(id_)!r}")
        elif isinstance(id_, tuple) and message.id != id_:
            told.append(f"{where}: plural in the code, not in fa.po: {_one(id_)!r}")
        elif message.fuzzy:
            told.append(f"{where}: fuzzy: {_one(id_)!r}")
        else:
            told += _faults(message)
    told += [f"fa.po: no longer said by the code: {message!r}" for message in _left_over(catalog, found)]
    english = root / "i18n" / "en.po"
    if not english.is_file() or english.read_bytes() != _bytes(_english(found)):
        told.append("i18n/en.po is not what the code says: run build_scripts/i18n.py extract")
    return told


def prune(root: Path = ROOT) -> list[str]:
    """fa.po holds nothing that the code no longer says."""
    with _locked():
        catalog = _read(root, "fa")
        for message in _left_over(catalog, sentences(root)):
            catalog.delete(message)
            print(f"taken out: {message}")
        _write(root / "i18n" / "fa.po", catalog)
    return []


def build(root: Path = ROOT) -> list[str]:
    """fa.mo and en.mo are what fa.po and en.po say."""
    for language in PLURALS:
        _build(root, language)
    return []


def stale(root: Path = ROOT) -> bool:
    """Whether a .mo is missing or older than its .po."""
    for language in PLURALS:
        built, written = (root / "i18n" / f"{language}.{kind}" for kind in ("mo", "po"))
        if not built.is_file() or (written.is_file() and built.stat().st_mtime < written.stat().st_mtime):
            return True
    return False


# What the code says


def sentences(root: Path = ROOT) -> dict[Id, str]:
    """Every sentence of the code and where it first stands (``file:line``); plurals as pairs."""
    found: dict[Id, str] = {}
    for file in _code(root):
        calls = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)]
        for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
            marker, texts = _marked(call)
            said = [text.value for text in texts if isinstance(text, ast.Constant) and isinstance(text.value, str)]
            if marker in MARKERS and texts and len(said) == len(texts):
                found.setdefault(said[0] if marker != "ntr" else (said[0], said[1]), f"{file.relative_to(root)}:{call.lineno}")
    return found


def _marked(call: ast.Call) -> tuple[str, list[ast.expr]]:
    """What is called, and the sentences it is given."""
    marker = call.func.id if isinstance(call.func, ast.Name) else ""
    return marker, call.args[: 2 if marker == "ntr" else 1]


def source_faults(source: str, name: str) -> list[str]:
    """Calls that the extractor cannot see or that fill the wrong holes, as ``name:line: why``."""
    tree = ast.parse(source)
    told: list[str] = []
    inside = {id(node) for text in ast.walk(tree) if isinstance(text, ast.JoinedStr) for node in ast.walk(text)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            told += [f"{name}:{node.lineno}: {why}" for why in _call_faults(node, id(node) in inside)]
    return told


def _call_faults(call: ast.Call, in_f_string: bool) -> Iterator[str]:
    marker, texts = _marked(call)
    if marker == "Refused" and isinstance(call.args[0], ast.Call):
        yield from _hole_faults(call, call.args[0].args[:1], {"field"})
    if marker not in MARKERS:
        return
    literal = all(isinstance(text, ast.Constant) and isinstance(text.value, str) for text in texts)
    if not literal and not (marker == "tr" and _declared_elsewhere(texts[0])):
        yield f"{marker}() takes one literal sentence: no f-string, no gluing, no condition inside"
    elif literal and in_f_string:
        yield f"{marker}() inside an f-string glues its sentence to others: give it a name first"
    elif literal and marker != "N_":
        yield from _hole_faults(call, texts, {"n"} if marker == "ntr" else set())


def _declared_elsewhere(text: ast.expr) -> bool:
    """Whether ``text`` only fetches a sentence that `N_` marked where it stands, such as ``kpi.short or kpi.title``."""
    if isinstance(text, ast.BoolOp):
        return all(map(_declared_elsewhere, text.values))
    return isinstance(text, ast.Name | ast.Attribute | ast.Subscript)


def _hole_faults(call: ast.Call, texts: list[ast.expr], given: set[str]) -> Iterator[str]:
    filled = {keyword.arg for keyword in call.keywords}
    if None in filled:  # **holes: not known before it runs
        return
    wanted = holes(" ".join(str(text.value) for text in texts if isinstance(text, ast.Constant)))
    if wanted - filled - given:
        yield f"holes without a filling: {', '.join(sorted(wanted - filled - given))}"
    if filled - wanted - given:
        yield f"fillings without a hole: {', '.join(sorted(str(name) for name in filled - wanted - given))}"


def _code(root: Path) -> list[Path]:
    return sorted((root / "desktop").rglob("*.py"))


# What a translation may not do


def _faults(message: Message) -> list[str]:
    forms, english = _forms(message.string), _forms(message.id)
    wanted = holes(english[-1])
    told = []
    for form in forms:  # the first of two speaks of 0 too, so «یک ردیف» would be wrong there
        if not form.strip():
            told.append(f"{english[0]!r}: no translation")
        elif holes(form) != wanted:
            told.append(f"{english[0]!r}: its holes {sorted(wanted)} became {sorted(holes(form))}")
        told += [f"{english[0]!r}: write {right} for {wrong}" for wrong, right in NEVER.items() if wrong in form]
    return told


def holes(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)[^}]*\}", sentence))


def _whole(message: Message) -> bool:
    return all(_forms(message.string))


def _forms(text: str | Sequence[str | None] | None) -> tuple[str, ...]:
    """One form, or as many as a plural has; nothing said is an empty form."""
    return (text or "",) if text is None or isinstance(text, str) else tuple(form or "" for form in text)


def _one(id_: str | Sequence[str]) -> str:
    return id_ if isinstance(id_, str) else id_[0]


def _left_over(catalog: Catalog, found: dict[Id, str]) -> list[str]:
    said = {_one(id_) for id_ in found}
    return sorted(_one(message.id) for message in catalog if message.id and _one(message.id) not in said)


# Files


def _read(root: Path, language: str) -> Catalog:
    file = root / "i18n" / f"{language}.po"
    text = file.read_bytes() if file.is_file() else _head(language)
    catalog: Catalog = read_po(io.BytesIO(text), locale=language)
    return catalog


def _english(found: dict[Id, str]) -> Catalog:
    catalog: Catalog = read_po(io.BytesIO(_head("en")), locale="en")
    for id_ in found:
        catalog.add(id_, id_)
    return catalog


def _align(catalog: Catalog, found: dict[Id, str]) -> None:
    """A sentence that is a plural in the code becomes one in the catalogue: the same words for both forms."""
    for id_ in found:
        message = catalog.get(_one(id_))
        if isinstance(id_, tuple) and message is not None and message.id != id_:
            forms = _forms(message.string)
            catalog.delete(_one(id_))
            catalog.add(id_, (forms[0], forms[-1]))


def _bytes(catalog: Catalog) -> bytes:
    """The catalogue as a .po file, the same bytes for the same sentences: sorted, no dates."""
    out = io.BytesIO()
    write_po(out, catalog, width=10_000, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    return _head(str(catalog.locale)) + out.getvalue()


def _head(language: str) -> bytes:
    head = ("Content-Type: text/plain; charset=utf-8", f"Language: {language}", f"Plural-Forms: {PLURALS[language]}")
    lines = "".join(f'"{line}\\n"\n' for line in head)
    return f'msgid ""\nmsgstr ""\n{lines}\n'.encode()


def _write(file: Path, catalog: Catalog) -> None:
    _replace(file, _bytes(catalog))


def _build(root: Path, language: str) -> None:
    out, catalog = io.BytesIO(), _read(root, language)
    catalog.creation_date = catalog.revision_date = BEGINNING  # the same sentences are the same bytes
    write_mo(out, catalog)
    _replace(root / "i18n" / f"{language}.mo", out.getvalue())


def _replace(file: Path, content: bytes) -> None:
    """``file`` holds ``content``; a reader sees the old or the new, never half."""
    file.parent.mkdir(exist_ok=True)
    handle, fresh = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    Path(fresh).chmod(0o644)
    Path(fresh).replace(file)


@contextmanager
def _locked() -> Iterator[None]:
    """Only one of us changes the catalogues at a time."""
    import fcntl  # developers' machines are Unix

    with Path(tempfile.gettempdir(), "cheragh-i18n.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main())
