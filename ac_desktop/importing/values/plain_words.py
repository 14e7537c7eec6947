"""Headings and cells reduced to plain words, so that their many spellings compare as one."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])|(?<=[a-z][a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD: Final = re.compile(r"[^\W_]+")
_TICKS: Final = str.maketrans(
    dict.fromkeys("\u2713\u2714\u2611\u2705", " yes ")
    | dict.fromkeys("\u2717\u2718\u2610\u274c\u2716\u2612", " no ")
    | dict.fromkeys("'\u2019\u2018`", " ")
)
_JOINED: Final = (
    (re.compile(r"\be mail(s|ed|ing|able)?\b"), r"email\1"),
    (re.compile(r"\b(\w*?)opt(s|ed|ing)?(in|out)((?:of|at|on|date|time|status|flag|email)\w*)?\b"), r"\1 opt\2 \3 \4"),
    (re.compile(r"\b(do|don|dont|did|does|is|was|has|can|are|wo|won|should)(n)? t\b"), r"\1 not"),
    (re.compile(r"\bdont\b"), "do not"),
    (re.compile(r"\bdonot(?=\w)"), "do not "),
    (re.compile(r"\b(don|won|isn|wasn|hasn|doesn|didn|can) not\b"), "do not"),
)
_LONGEST: Final = 2_000


@lru_cache(maxsize=8_192)
def plain(text: str) -> str:
    """Return the words of a text without case, accents and punctuation, separated by single spaces."""
    spaced = _CAMEL.sub(" ", text[:_LONGEST].translate(_TICKS))
    letters = unicodedata.normalize("NFKD", spaced).casefold()
    words = " ".join(_WORD.findall("".join(character for character in letters if not unicodedata.combining(character))))
    for pattern, joined in _JOINED:
        words = pattern.sub(joined, words)
    return " ".join(words.split())


def any_of(*parts: str) -> re.Pattern[str]:
    """Return a pattern that finds any of these as whole words."""
    return re.compile(rf"\b(?:{'|'.join(parts)})\b")
