"""What runs by itself reports as it happens: codes and numbers, for lines of JSON and for a window."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class AutomationCode(StrEnum):
    """What happened."""

    STARTED = "started"
    STOPPED = "stopped"
    STANDBY = "standby"
    """Another process of this data folder looks at the sources."""
    SERVER_AWAY = "server_away"
    """An office's server can't be reached: nothing is lost, and it goes on by itself."""
    SERVER_BACK = "server_back"
    LISTENING = "listening"
    LOOKED = "looked"
    QUEUED = "queued"
    NEEDS_ANSWER = "needs_answer"
    FOLDER_UNREADABLE = "folder_unreadable"
    FETCH_FAILED = "fetch_failed"
    RELAYING = "relaying"
    RELAYED = "relayed"
    SWITCHED_OFF = "switched_off"
    KEY_MISSING = "key_missing"
    KEY_OUTDATED = "key_outdated"
    """Somebody in the office replaced the key; texts `person` and `date`."""
    OUTBOX_PUSHED = "outbox_pushed"
    """Donors who waited on this computer reached the office, or cannot; numbers `pushed`, `left` and `erased`."""
    REFUSED = "refused"
    """A request to the webhooks was refused; nothing of it is kept."""


@dataclass(frozen=True, kw_only=True)
class AutomationEvent:
    """An event with its time (seconds since the epoch), the connection's name, numbers, and short texts or codes."""

    at: float
    code: AutomationCode
    connection: str = ""
    numbers: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


Report = Callable[[AutomationEvent], None]
"""Is called on the thread where something happened."""


def ignore(event: AutomationEvent) -> None:
    """Do nothing with an event."""
