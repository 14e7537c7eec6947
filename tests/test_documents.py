"""What the documents point to is there."""

import re
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "CHANGELOG.md",
    "tests/README.md",
    "tests/benchmarks/README.md",
    "docs/bulk.md",
    "docs/command-line.md",
    "docs/office.md",
    "docs/speed.md",
    "docs/tested.md",
)
IN_THE_DATA_FOLDER = ("faults/", "owners/")
LINK = re.compile(r"\]\((?P<target>[^)#\s]+)(?:#[^)]*)?\)")
PATH = re.compile(r"`(?P<path>[\w.*-][\w./*-]*(?:/|\.(?:py|c|md|po|toml|lock|spec)))`")
PLACES = (TOP, TOP / "ac_desktop", TOP / "tests", TOP / "tests" / "benchmarks")
MODULE = re.compile(r"python -m (?P<module>(?:tests|installers)(?:\.\w+)*)")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_and_picture_leads_somewhere(name: str) -> None:
    document = TOP / name
    for found in LINK.finditer(document.read_text(encoding="utf-8")):
        target = found["target"]
        assert target.startswith("https://") or (document.parent / target).exists(), target


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_that_is_named_exists(name: str) -> None:
    for found in MODULE.finditer((TOP / name).read_text(encoding="utf-8")):
        path = TOP / found["module"].replace(".", "/")
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), found["module"]


def _paths_in(text: str) -> list[str]:
    return [found["path"] for found in PATH.finditer(text)]


def test_every_test_that_proves_a_promise_is_there() -> None:
    rows = [line for line in (TOP / "tests/README.md").read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    named = [path for row in rows for path in _paths_in(row) if path.endswith(".py")]
    assert len(named) > 50
    assert [path for path in named if not (TOP / "tests" / path).is_file()] == []
    promises = [row.split("|")[1] for row in rows if any(path.endswith(".py") for path in _paths_in(row))]
    assert sorted({promise for promise in promises if promises.count(promise) > 1}) == []


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "SECURITY.md", "tests/README.md", "tests/benchmarks/README.md"])
def test_every_path_that_is_named_exists(name: str) -> None:
    named = _paths_in((TOP / name).read_text(encoding="utf-8"))
    ours = [path for path in named if path not in IN_THE_DATA_FOLDER]
    assert [path for path in ours if not any(any(place.glob(path)) for place in PLACES)] == []
