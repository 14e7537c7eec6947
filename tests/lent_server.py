"""A practice account behind a server that stays: a start takes 24 threads, and a stop waits for all of them.

How the practice account's own server starts and stops is proved by `tests/practice/`.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.server import LoopbackServer, PracticeServer, WsgiApplication

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class StandingServer(LoopbackServer):
    """Serves one account after the other, on one port."""

    def __init__(self) -> None:
        super().__init__("standing practice server", 0)
        self.application: WsgiApplication | None = None

    def _application(self) -> WsgiApplication:
        return self._answer

    def _answer(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        assert self.application is not None, "a request came while no account was served"
        return self.application(environ, start_response)


class LentServer(PracticeServer):
    """Serves an account from `start` to `stop`, by a server that runs before and after."""

    def __init__(self, standing: StandingServer, account: PracticeAccount) -> None:
        super().__init__(account, rate=0)
        self._standing = standing

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._standing.port

    def start(self) -> "LentServer":
        """Answer for this account."""
        assert self._standing.application is None, "it is lent to another account"
        self._standing.application = self._application()
        return self

    def stop(self) -> None:
        """Answer for it no longer."""
        self._standing.application = None
        super().stop()


_lent: list[StandingServer] = []
"""The server that is lent out; none where no test runs."""


@contextmanager
def lending() -> Iterator[None]:
    """Lend one server meanwhile to every account that is served."""
    with StandingServer() as standing:
        _lent.append(standing)
        try:
            yield
        finally:
            _lent.remove(standing)


def server_of(account: PracticeAccount) -> PracticeServer:
    """Return a server of an account: the one that is lent, or one of its own where that is in use or nobody lends."""
    for standing in _lent:
        if standing.application is None:
            return LentServer(standing, account)
    return PracticeServer(account, rate=0)
