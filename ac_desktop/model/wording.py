"""Texts for people: one door through which each of them is translated and filled in."""

from collections.abc import Callable

Translate = Callable[[str], str]

_translate: list[Translate] = [str]


def speak_through(translate: Translate) -> None:
    """Let `translate` turn each English template into the language of the person at the computer."""
    _translate[0] = translate


def tr(template: str, /, **values: object) -> str:
    """Give the translated template with its `{placeholders}` filled in."""
    text = _translate[0](template)
    return text.format(**values) if values else text
