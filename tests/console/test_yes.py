"""Yes is yes in the language spoken, with or without its marks; anything else is no."""

import io
import sys
from collections.abc import Iterator

import pytest

from ac_desktop.console.terminal import confirm
from ac_desktop.language import use_language


@pytest.fixture
def in_spanish() -> Iterator[None]:
    use_language("es")
    yield
    use_language("en")


def answered(monkeypatch: pytest.MonkeyPatch, answer: str) -> bool:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{answer}\n"))
    return confirm("Erase?")


@pytest.mark.parametrize("answer", ["y", "Y", "yes", " YES "])
def test_yes(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    assert answered(monkeypatch, answer)


@pytest.mark.parametrize("answer", ["", "n", "no", "s", "sí", "yess", "y y"])
def test_anything_else_is_no(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    assert not answered(monkeypatch, answer)


@pytest.mark.usefixtures("in_spanish")
@pytest.mark.parametrize("answer", ["s", "S", "si", "Sí", "SI\u0301", "y"])
def test_yes_in_spanish(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    assert answered(monkeypatch, answer)


@pytest.mark.usefixtures("in_spanish")
@pytest.mark.parametrize("answer", ["", "n", "no", "sin"])
def test_no_in_spanish(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    assert not answered(monkeypatch, answer)
