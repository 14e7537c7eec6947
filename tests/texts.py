"""Every text of the program that is shown to a person, found in the sources."""

import ast
from collections.abc import Iterator
from pathlib import Path

import ac_desktop

CALLS = {"tr": 0, "translate": 1, "_tr": 0, "of": 0, "_counted": 0, "QT_TRANSLATE_NOOP": 1}
TABLES = {("reasons.py", "_TEXTS"), ("reasons.py", "_WHO"), ("wording.py", "_MONTHS")}
"""Tables whose texts are translated where they are used."""


TERMINAL = ("console", "practice", "display.py", "smoke.py")
"""What speaks in a terminal, or on the practice account's own page, not in the window."""


def sources() -> Iterator[Path]:
    """Give the files whose texts can stand in the window."""
    root = Path(ac_desktop.__file__).parent
    for path in sorted(root.rglob("*.py")):
        if path.relative_to(root).parts[0] not in TERMINAL:
            yield path


def texts(path: Path) -> Iterator[tuple[str, int]]:
    """Give the texts of a file that go through a door of translation, with their lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _of_call(node)
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name) and (path.name, target.id) in TABLES:
                yield from _constants(node.value)


def _of_call(node: ast.Call) -> Iterator[tuple[str, int]]:
    function = node.func
    name = (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )
    at = CALLS.get(name)
    if at is None or len(node.args) <= at:
        return
    argument = node.args[at]
    for one in (argument.body, argument.orelse) if isinstance(argument, ast.IfExp) else (argument,):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value:
            yield one.value, node.lineno


def _constants(value: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(value):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
            yield node.value, node.lineno


def all_texts() -> dict[str, str]:
    """Give every text with the first place where it stands."""
    found: dict[str, str] = {}
    root = Path(ac_desktop.__file__).parent
    for path in sources():
        for text, line in texts(path):
            found.setdefault(text, f"{path.relative_to(root).as_posix()}:{line}")
    return found
