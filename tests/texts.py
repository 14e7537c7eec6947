"""Every text of the program that is shown to a person, found in the sources."""

import ast
from collections.abc import Iterator
from pathlib import Path

import ac_desktop

CALLS = {"tr": 0, "translate": 1, "_tr": 0, "of": 0, "_counted": 0, "QT_TRANSLATE_NOOP": 1}
TABLES = {
    ("model/reasons.py", "_TEXTS"),
    ("model/reasons.py", "_BY_COLUMN"),
    ("model/reasons.py", "_WHO"),
    ("model/wording.py", "_MONTHS"),
    ("exports/warnings.py", "_TEXTS"),
    ("practice/faults.py", "_LABELS"),
    ("practice/faults.py", "PRESETS"),
    ("practice/faults.py", "StrEnum"),
    ("practice/consent_faults.py", "StrEnum"),
    ("practice/records.py", "_STATUS_WORDS"),
    ("ui/wizard/refusals.py", "_TEXTS"),
}
"""Tables, or a module's enumerations, whose texts are translated where they are used."""


def sources() -> Iterator[Path]:
    """Return the files of the program."""
    yield from sorted(Path(ac_desktop.__file__).parent.rglob("*.py"))


def texts(path: Path) -> Iterator[tuple[str, int]]:
    """Return the texts of a file that go through a door of translation, with their lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _of_call(node)
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name) and (_within(path), target.id) in TABLES:
                yield from _values(node.value)
        if isinstance(node, ast.ClassDef) and {(_within(path), _name(base)) for base in node.bases} & TABLES:
            for member in node.body:
                if isinstance(member, ast.Assign):
                    yield from _constants(member.value)


def _within(path: Path) -> str:
    return path.relative_to(Path(ac_desktop.__file__).parent).as_posix()


def out_of_reach() -> Iterator[str]:
    """Return the places where a text is translated that stands neither there nor in a table."""
    known = {file for file, _ in TABLES}
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or _name_of(node) not in {"tr", "translate"}:
                continue
            at = CALLS[_name_of(node)]
            argument = node.args[at] if len(node.args) > at else ast.Constant("")
            if at and isinstance(node.args[0], ast.Constant) and node.args[0].value is None:
                continue  # the translation of a string's letters
            is_door = isinstance(argument, ast.Name) and argument.id == "text"
            if not isinstance(argument, ast.Constant | ast.IfExp) and not is_door and _within(path) not in known:
                yield f"{_within(path)}:{node.lineno}"


def _name_of(call: ast.Call) -> str:
    function = call.func
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def _of_call(node: ast.Call) -> Iterator[tuple[str, int]]:
    at = CALLS.get(_name_of(node))
    if at is None or len(node.args) <= at:
        return
    argument = node.args[at]
    for one in (argument.body, argument.orelse) if isinstance(argument, ast.IfExp) else (argument,):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value:
            yield one.value, node.lineno


def _values(table: ast.AST) -> Iterator[tuple[str, int]]:
    """Return a table's texts; its keys are texts only where its values are none."""
    found = [_constants(one) for one in table.values] if isinstance(table, ast.Dict) else [_constants(table)]
    texts = [text for one in found for text in one]
    yield from texts or _constants(table)


def _name(base: ast.expr) -> str:
    return base.id if isinstance(base, ast.Name) else ""


def _constants(value: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(value):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and not node.value.isdigit() and node.value:
            yield node.value, node.lineno


def all_texts() -> dict[str, str]:
    """Return every text with the first place where it stands."""
    found: dict[str, str] = {}
    root = Path(ac_desktop.__file__).parent
    for path in sources():
        for text, line in texts(path):
            found.setdefault(text, f"{path.relative_to(root).as_posix()}:{line}")
    return found
