"""Tests lie where the code lies that they prove."""

import ast
from pathlib import Path
from typing import Final

from tests.at_length import MARKER

TESTS: Final = Path(__file__).parent
PROGRAM: Final = TESTS.parent / "ac_desktop"
PROVED_ELSEWHERE: Final = {
    "store/privacy": "promises/test_donor_data.py",
}
"""Packages whose tests prove a promise of the whole, and lie with it."""
OF_THE_WHOLE: Final = frozenset(
    {
        *("benchmarks", "contract", "delivery", "installers", "loopback_only", "nemesis", "office", "promises"),
        *("real", "ui/walks", "wine"),
    }
)
"""Folders of tests of more than one package, or of what is no part of the program, and all below them."""

MOST_MODULES: Final = 20
"""Modules of a package beside its `__init__`: more than that nobody takes in at a look."""
MOST_LINES: Final = 400
MOST_LINES_OF_TESTS: Final = 450


def _packages(top: Path) -> set[str]:
    return {file.parent.relative_to(top).as_posix() for file in top.rglob("__init__.py")} - {"."}


def _modules_of_tests() -> list[str]:
    return sorted(path.relative_to(TESTS).as_posix() for path in TESTS.rglob("test_*.py"))


def _is_in_program(place: Path) -> bool:
    """Whether the program has a package or a module of this name."""
    return (PROGRAM / place).is_dir() or (PROGRAM / place).with_suffix(".py").is_file()


def test_every_package_has_its_tests() -> None:
    tested = {folder.as_posix() for module in _modules_of_tests() for folder in Path(module).parents}
    assert sorted(_packages(PROGRAM) - tested - PROVED_ELSEWHERE.keys()) == []
    assert [module for module in PROVED_ELSEWHERE.values() if not (TESTS / module).is_file()] == []
    assert sorted(PROVED_ELSEWHERE.keys() & tested) == []


def test_every_folder_of_tests_is_one_of_the_program() -> None:
    folders = {Path(module).parent for module in _modules_of_tests()} - {Path()}
    others = {folder for folder in folders if not {one.as_posix() for one in (folder, *folder.parents)} & OF_THE_WHOLE}
    assert sorted(one for one in others if not _is_in_program(one)) == []


def test_a_module_of_tests_is_named_after_a_module_or_says_what_it_proves() -> None:
    promises = (TESTS / "README.md").read_text(encoding="utf-8")
    found = []
    for module in _modules_of_tests():
        proved = Path(module).parent / Path(module).stem.removeprefix("test_")
        says = ast.get_docstring(ast.parse((TESTS / module).read_text(encoding="utf-8")))
        if not (says or module in promises or _is_in_program(proved)):
            found.append(module)
    assert found == []


def test_a_package_can_be_taken_in_at_a_look() -> None:
    packages = [PROGRAM, *(PROGRAM / package for package in _packages(PROGRAM))]
    sizes = {package.name: len([*package.glob("*.py")]) - 1 for package in packages}
    assert {name: size for name, size in sizes.items() if size > MOST_MODULES} == {}


def test_a_module_has_one_reason_to_change() -> None:
    found = []
    for top, most in ((PROGRAM, MOST_LINES), (TESTS, MOST_LINES_OF_TESTS)):
        found += [path for path in top.rglob("*.py") if len(path.read_text(encoding="utf-8").splitlines()) > most]
    assert found == []


def test_what_goes_further_at_length_is_named_where_it_does() -> None:
    (line,) = (
        part for part in (TESTS.parent / ".ci" / "run").read_text(encoding="utf-8").split("\n\n") if MARKER in part
    )
    named = {
        f"tests/{module}" for module in _modules_of_tests() if f"mark.{MARKER}" in (TESTS / module).read_text("utf-8")
    }
    assert len(named) > 10
    assert sorted(one for one in named if not any(str(folder) in line.split() for folder in Path(one).parents)) == []
