"""Where API keys are stored, and the sentence that people read about it."""

from dataclasses import dataclass
from enum import StrEnum

from ac_desktop.model.wording import tr


class KeyPlace(StrEnum):
    """The kind of storage of a key."""

    KEYRING = "keyring"
    SESSION = "session"


@dataclass(frozen=True)
class KeyLocation:
    """The storage of keys; `keyring` is the name of a keyring that people know by its name."""

    place: KeyPlace
    keyring: str = ""

    @property
    def text(self) -> str:
        """The sentence shown to people."""
        if self.place is KeyPlace.SESSION:
            return tr("Stored only until you close AC Desktop, because this computer has no secure key storage.")
        return tr("Saved in {keyring}.", keyring=self.keyring or tr("this computer's keyring"))
