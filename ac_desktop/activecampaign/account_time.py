"""The time of an account's own clock: the Date header of its responses."""

from collections.abc import Callable
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Final

from ac_desktop.activecampaign.rate_limited_sender import Sender
from ac_desktop.activecampaign.requests import Reply, Request, Response

_LONGEST: Final = 64
"""Characters of a Date header; a valid one has 29."""


class ServerTimeSender:
    """Sends through another sender and reports the time of each response."""

    def __init__(self, sender: Sender, on_time: Callable[[float], None]) -> None:
        self._sender = sender
        self._on_time = on_time

    def send(self, request: Request) -> Reply:
        """Send a request; never raises for network failures."""
        reply = self._sender.send(request)
        at = server_time(reply)
        if at is not None:
            self._on_time(at)
        return reply

    def close_thread(self) -> None:
        """Close this thread's connection."""
        self._sender.close_thread()


def server_time(reply: Reply) -> float | None:
    """Return the time of a response's Date header in seconds since the epoch, None without a valid one."""
    text = reply.headers.get("date", "") if isinstance(reply, Response) else ""
    if not 0 < len(text) <= _LONGEST:
        return None
    try:
        at = parsedate_to_datetime(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
