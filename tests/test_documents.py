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
)
LINK = re.compile(r"\]\((?P<target>[^)#\s]+)(?:#[^)]*)?\)")
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
