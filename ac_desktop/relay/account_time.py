"""What time an account's own clock says it is: the Date header of its answers."""

from collections.abc import Callable
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Final

from ac_desktop.activecampaign.requests import Reply, Request, Response
from ac_desktop.relay.request_runner import Sender

_LONGEST: Final = 64
"""Letters of a Date header; a true one has 29."""


class TimeHearing:
    """Sends through another sender, and notes what time each answer says it is."""

    def __init__(self, sender: Sender, note: Callable[[float], None]) -> None:
        self._sender = sender
        self._note = note

    def send(self, request: Request) -> Reply:
        """Send a request; never raises for what the network does."""
        reply = self._sender.send(request)
        told = time_of(reply)
        if told is not None:
            self._note(told)
        return reply

    def close_thread(self) -> None:
        """Close what this thread holds."""
        self._sender.close_thread()


def time_of(reply: Reply) -> float | None:
    """Return the seconds since the epoch that an answer's Date header says, if it says a time."""
    text = reply.headers.get("date", "") if isinstance(reply, Response) else ""
    if not 0 < len(text) <= _LONGEST:
        return None
    try:
        told = parsedate_to_datetime(text)
        return (told if told.tzinfo else told.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
