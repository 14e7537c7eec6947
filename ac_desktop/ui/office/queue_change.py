"""A change of the queue that this computer works on: it is made once the window is closed, and another one opens."""

from collections.abc import Callable
from dataclasses import dataclass

from ac_desktop.store.errors import StoreError
from ac_desktop.ui.base.message_bar import ErrorMessage, Message, SuccessMessage


@dataclass(frozen=True)
class ChangedQueue:
    """What the person reads in the window that opens then, and the office's password, which may be saved nowhere."""

    text: str
    password: str | None = None


QueueChange = Callable[[], ChangedQueue]
"""Makes the change while nothing else of this program works in the data folder. Raises StoreError."""


def made(change: QueueChange, known_password: str | None) -> tuple[Message, str | None]:
    """Make a change; return what the person is told, and the office's password from then on."""
    try:
        changed = change()
    except StoreError as error:
        return ErrorMessage(str(error)), known_password
    return SuccessMessage(changed.text), changed.password
