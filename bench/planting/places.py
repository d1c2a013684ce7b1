"""Where in a file something can be broken, and how: one small change of the text each."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

_TURNED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "is_": "is_not", "is_not": "is_", "asc": "desc", "desc": "asc",
          "in_": "not_in", "not_in": "in_", "and_": "or_", "or_": "and_"}  # fmt: skip
_CONDITIONS, _CLAUSES = {"where", "filter", "having", "and_", "or_"}, {"where", "filter", "having", "order_by", "limit", "distinct"}
_SQL = re.compile(r"\b(SELECT|UPDATE|DELETE|INSERT|WHERE|HAVING|ORDER BY)\b")
_IN_SQL = [(re.compile(pattern), new) for pattern, new in (
    (r"<=", "<"), (r">=", ">"), (r"<>", "="), (r"(?<!<)(?<!>)>(?!=)", ">="), (r"<(?![=>])", "<="), (r"(?<![<>!=])=(?!=)", "<>"),
    (r"\bAND\b", "OR"), (r"\bOR\b", "AND"), (r"\bIS NULL\b", "IS NOT NULL"), (r"\bIS NOT NULL\b", "IS NULL"), (r"\bNOT (?=EXISTS|IN)", ""),
    (r"\bmin\(", "max("), (r"\bmax\(", "min("), (r" \+ ", " - "), (r" - ", " + "), (r"\bLEFT JOIN\b", "JOIN"), (r" DESC\b", ""),
    (r"\bDISTINCT ", ""), (r"\bUNION ALL\b", "UNION"), (r"(?<=[ (])0(?=[ ),])", "1"),
)]  # fmt: skip
_TYPES = {"None", "str", "int", "float", "bool", "bytes"}


@dataclass(frozen=True)
class Place:
    """One fault that can be planted: ``old`` at the bytes from ``start`` becomes ``new``; ``probe`` tells who executes it."""

    file: str
    function: str
    kind: str
    nth: int
    start: int
    old: str
    new: str
    probe: int | None
    names: tuple[str, ...] = ()  # what a statement of the module defines that no test executes

    @property
    def id(self) -> str:
        """Stays as it is while lines move: the file, the function, the kind, and which of them."""
        return f"{self.file} {self.function or '(module)'} {self.kind} {self.nth}"

    def planted(self, text: bytes) -> bytes | None:
        """The text of the file with the fault; None where that is no Python."""
        broken = text[: self.start] + self.new.encode() + text[self.start + len(self.old.encode()) :]
        try:
            compile(broken, self.file, "exec", dont_inherit=True)
        except SyntaxError:
            return None
        return broken


def places(file: str, text: bytes, tree: ast.Module) -> list[Place]:
    """All of a file, whose statements `probes.number` has numbered."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found: list[Place] = []
    nth: Counter[tuple[str, str]] = Counter()
    for node, where in _walk(tree, _Where()):
        start = starts[node.lineno - 1] + node.col_offset
        old = text[start : starts[node.end_lineno - 1] + node.end_col_offset].decode()
        for kind, new in _broken(node, old, where):
            nth[where.function, kind] += 1
            place = Place(file, where.function, kind, nth[where.function, kind], start, old, new, where.probe, where.names)
            if new != old:
                found.append(place)
    return found


# Where a node stands


@dataclass(frozen=True)
class _Where:
    function: str = ""
    probe: int | None = None
    names: tuple[str, ...] = ()
    role: str = ""  # "compared": a value that another is compared with; "guard": what is asked before going on


_Found = Iterator[tuple[ast.expr | ast.stmt, _Where]]


def _walk(node: ast.AST, where: _Where) -> _Found:
    """Every statement and expression that runs, in the order of the file."""
    if isinstance(node, ast.Import | ast.ImportFrom | ast.Assert) or _only_for_types(node):
        return
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        inner = _Where(f"{where.function}.{node.name}".strip("."), names=where.names or (node.name,))
        children: list[tuple[ast.AST, _Where]] = [(one, inner) for one in _body(node)]
        if isinstance(node, ast.FunctionDef):
            children[:0] = [(one, where) for one in (*node.args.defaults, *filter(None, node.args.kw_defaults))]
    else:
        where = _at(node, where)
        if isinstance(node, ast.expr | ast.stmt):
            yield node, where
        if isinstance(node, ast.JoinedStr):  # its parts have no true places before Python 3.12
            return
        hidden = [node.annotation] if isinstance(node, ast.AnnAssign) else []
        children = [(one, replace(where, role=_role(one, node, where))) for one in ast.iter_child_nodes(node) if one not in hidden]
        if isinstance(node, ast.Module):
            children = [(one, where) for one in _body(node)]
    for one, its in children:
        yield from _walk(one, its)


def _role(one: ast.AST, node: ast.AST, where: _Where) -> str:
    if isinstance(node, ast.Compare) or (isinstance(node, ast.Call) and _called(node) in ("in_", "is_")):
        return "compared"
    if isinstance(node, ast.If | ast.While | ast.IfExp | ast.comprehension):
        return "guard" if one is getattr(node, "test", None) or one in getattr(node, "ifs", ()) else ""
    return where.role if isinstance(node, ast.Tuple | ast.List | ast.Set) else ""


def _at(node: ast.AST, where: _Where) -> _Where:
    probe = getattr(node, "probe", None)
    if probe is not None:
        return replace(where, probe=probe, names=())
    if where.probe is None and not where.function and isinstance(node, ast.stmt):
        return _Where(names=tuple(sorted(one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store))))
    return where


def _body(node: ast.Module | ast.FunctionDef | ast.ClassDef) -> list[ast.stmt]:
    return node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body


def _only_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""


# How it is broken


def _broken(node: ast.expr | ast.stmt, old: str, where: _Where) -> Iterator[tuple[str, str]]:
    """(kind, new text) of each fault that the node can have by itself."""
    match node:
        case ast.Compare():
            for at, op in enumerate(node.ops):
                ops = [*node.ops[:at], _TURNED[type(op)](), *node.ops[at + 1 :]]
                yield "compare", f"({ast.unparse(ast.Compare(node.left, ops, node.comparators))})"
        case ast.BoolOp():
            yield "and-or", f"({ast.unparse(ast.BoolOp(_TURNED[type(node.op)](), node.values))})"
        case ast.BinOp(op=op) if type(op) in _TURNED and not _of_text(node) and not _of_types(node):
            yield "arithmetic", f"({ast.unparse(ast.BinOp(node.left, _TURNED[type(op)](), node.right))})"
        case ast.AugAssign(op=ast.Add() | ast.Sub() as op):
            yield "arithmetic", ast.unparse(ast.AugAssign(node.target, _TURNED[type(op)](), node.value))
        case ast.UnaryOp(op=ast.Not() | ast.Invert() | ast.USub()) if not isinstance(node.operand, ast.Constant):
            yield "negate", f"({ast.unparse(node.operand)})"
        case ast.Constant(value=bool()):
            yield "flag", str(not node.value)
        case ast.Constant(value=int() | float()):
            yield "number", str(node.value + (1 if node.col_offset % 2 or not node.value else -1))
        case ast.Constant(value=str()) if where.role == "compared" and not _SQL.search(old):
            yield "string", repr(f"{node.value}~")
        case ast.Constant(value=str()) | ast.JoinedStr() if _SQL.search(old):
            yield from (("sql", new) for new in _sql(old))
        case ast.Call():
            yield from _calls(node)
    if where.role == "guard" and not isinstance(node, ast.UnaryOp):
        yield "guard", f"not ({old})"
    if where.probe is not None and _removable(node):
        yield "remove", "pass"


def _of_text(node: ast.BinOp) -> bool:
    """Texts and paths, which no test lets through that looks at them at all."""
    return any(isinstance(one, ast.JoinedStr) or (isinstance(one, ast.Constant) and isinstance(one.value, str)) for one in ast.walk(node))


def _of_types(node: ast.BinOp) -> bool:
    """`int | None` and the like."""
    return isinstance(node.op, ast.BitOr) and any(ast.unparse(one) in _TYPES for one in ast.walk(node) if isinstance(one, ast.expr))


def _calls(node: ast.Call) -> Iterator[tuple[str, str]]:
    name = _called(node)
    if name in _NAMES:
        func = ast.Attribute(node.func.value, _NAMES[name]) if isinstance(node.func, ast.Attribute) else ast.Name(_NAMES[name])
        yield "name", ast.unparse(ast.Call(func, node.args, node.keywords))
    if ast.unparse(node.func).startswith("np."):
        return
    if name in _CONDITIONS and len(node.args) > 1:
        for at in range(len(node.args)):
            yield "condition", ast.unparse(ast.Call(node.func, [*node.args[:at], *node.args[at + 1 :]], node.keywords))
    elif name in _CLAUSES and isinstance(node.func, ast.Attribute):
        yield "condition", ast.unparse(node.func.value)


def _removable(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Attribute | ast.Subscript) for target in node.targets)
    return isinstance(node, ast.AugAssign | ast.Delete | ast.Raise | ast.Continue | ast.Break) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    ) or (isinstance(node, ast.Return) and node.value is None)  # fmt: skip


def _sql(old: str) -> Iterator[str]:
    """The text with one word of its SQL turned; what stands in holes is Python and stays."""
    holes = [match.span() for match in re.finditer(r"\{[^{}]*\}", old)]
    for pattern, new in _IN_SQL:
        for match in pattern.finditer(old):
            if not any(start <= match.start() < end for start, end in holes):
                yield old[: match.start()] + new + old[match.end() :]
