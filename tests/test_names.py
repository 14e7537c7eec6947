"""One name, one thing: no two classes share a name, and docstrings are in plain words."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import ac_desktop

ROOT = Path(ac_desktop.__file__).parent
PRIVATE_WORDS = re.compile(r"(Give|Tell|Say|Know|Hear|Bring|Greet)s?\b")
"""Openings that say nothing of what is returned, raised or done."""


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(ROOT.rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def test_no_two_classes_share_a_name() -> None:
    places = defaultdict(list)
    for name, tree in trees():
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                places[node.name].append(name)

    assert not {name: found for name, found in places.items() if len(found) > 1}


def test_no_docstring_begins_with_a_private_word() -> None:
    found = []
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                text = ast.get_docstring(node) or ""
                if PRIVATE_WORDS.match(text):
                    found.append((name, text.partition("\n")[0]))

    assert not found
