"""Redaction of secrets before log, report, clipboard and crash text (rule 16)."""

import re
from typing import Final

MASK: Final = "••••"
SHORTEST_SECRET: Final = 4

_SECRET_FIELDS = re.compile(
    r'("(?=[hatps])(?:hash|api[-_]?token|api[-_]?key|token|password|secret)"\s*:\s*)"(?:[^"\\]|\\.)*"', re.IGNORECASE
)
_HEADER_WORDS: Final = ("token", "authorization", "cookie")
_SECRET_HEADERS = re.compile(r"(?i)\b(api-token|authorization|cookie|set-cookie)(['\"]?\s*[:=]\s*['\"]?)[^\r\n'\"]+")
_USER_INFO = re.compile(r"(?i)\b(https?://)[^/?#\s]+@")


class Redactor:
    """Masks the registered keys, and every field, header or URL part that holds a secret."""

    def __init__(self) -> None:
        self._secrets: frozenset[str] = frozenset()

    def learn(self, secret: str) -> None:
        """Mask this text from now on, wherever it occurs."""
        if len(secret) >= SHORTEST_SECRET:
            self._secrets |= {secret}

    def __call__(self, text: str) -> str:
        """Return the text with everything secret masked."""
        for secret in sorted(self._secrets, key=len, reverse=True):
            if secret in text:
                text = text.replace(secret, MASK)
        text = _SECRET_FIELDS.sub(rf'\1"{MASK}"', text)
        # Responses are long and seldom hold these words, and a substring search is far quicker than a pattern.
        plain = text.casefold()
        if any(word in plain for word in _HEADER_WORDS):
            text = _SECRET_HEADERS.sub(rf"\1\2{MASK}", text)
        if "://" in plain:
            text = _USER_INFO.sub(rf"\1{MASK}@", text)
        return text


def key_hint(key: str) -> str:
    """Return a masked key with its last four characters, or only the mask where too few would stay hidden."""
    return f"{MASK} {key[-4:]}" if len(key) >= 4 * SHORTEST_SECRET else MASK
