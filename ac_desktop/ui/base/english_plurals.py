"""English plurals: `%n donor(s)` reads as "1 donor" or "2 donors" without a translation file."""

from typing import Final

from PySide6.QtCore import QTranslator

_OPEN: Final = "(s)"


class EnglishPlurals(QTranslator):
    """The last translator of the chain: it resolves `(s)` by the number and leaves every other text alone."""

    def translate(self, _context: str, text: str, /, _disambiguation: str | None = None, n: int = -1) -> str | None:
        """Give the text with its plural resolved."""
        if n < 0 or _OPEN not in text:
            return None
        return text.replace(_OPEN, "" if n == 1 else "s")

    def isEmpty(self) -> bool:
        """Say that there is something to translate with."""
        return False
