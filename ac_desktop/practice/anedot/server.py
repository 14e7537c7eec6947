"""The stand-in Anedot's server, on 127.0.0.1."""

import threading
from types import TracebackType
from typing import Self

from ac_desktop.practice.anedot.account import FIRST_ACCOUNT, StandInAccounts
from ac_desktop.practice.anedot.application import AnedotApplication
from ac_desktop.practice.server import HOST, HttpServer


class AnedotServer:
    """Serves the stand-in Anedot; start it and stop it, or use it in a `with`."""

    def __init__(self, accounts: StandInAccounts | None = None, port: int = 0) -> None:
        self.accounts = accounts or StandInAccounts()
        self.uid = FIRST_ACCOUNT
        self.key = self.accounts.add_key()
        self._port = port
        self._server: HttpServer | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """The address, as `AC_DESKTOP_ANEDOT_URL` takes it."""
        if self._server is None:
            raise RuntimeError("the stand-in Anedot is not running")
        return f"http://{HOST}:{self._server.bind_addr[1]}"

    def start(self) -> Self:
        """Listen and serve in a thread of its own. Raise OSError where the port is not available."""
        server = HttpServer(self._port, AnedotApplication(self.accounts))
        server.prepare()
        self._server = server
        self._thread = threading.Thread(target=server.serve, name="stand-in Anedot", daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop at once; pending responses are cut off."""
        if self._server is None or self._thread is None:
            return
        self._server.stop()
        self._thread.join()
        self._server = self._thread = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
