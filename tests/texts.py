"""Where the program translates a text that no catalog can know, as it is not a literal in the sources."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import ac_desktop

_TRANSLATES: Final = {"tr", "ntr"}
_OF_QT: Final = {"tr", "translate", "trUtf8"}
_FROM_A_TABLE: Final = {"text", "label", "choice"}
"""Names under which a text of a table is handed on; where it stands, `translatable` marks it."""


def out_of_reach() -> Iterator[str]:
    """Return each place where what is translated is neither a text nor one of a table, or where Qt is asked."""
    root = Path(ac_desktop.__file__).parent
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _is_out_of_reach(node):
                yield f"{path.relative_to(root).as_posix()}:{node.lineno}"


def _is_out_of_reach(call: ast.Call) -> bool:
    match call.func:
        case ast.Attribute(attr=name) if name in _OF_QT:
            return not _is_of_strings(name, call)
        case ast.Name(id=name) if name in _TRANSLATES:
            return not all(_is_known(argument) for argument in call.args[: 2 if name == "ntr" else 1])
        case _:
            return False


def _is_of_strings(name: str, call: ast.Call) -> bool:
    """Whether this is `str.translate` or `bytes.translate`."""
    return name == "translate" and (len(call.args) == 1 or getattr(call.args[0], "value", "") is None)


def _is_known(argument: ast.expr) -> bool:
    match argument:
        case ast.Constant() | ast.Subscript(value=ast.Name()) | ast.Subscript(value=ast.Subscript()):
            return True
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in _FROM_A_TABLE
        case _:
            return False
