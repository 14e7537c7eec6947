"""The practice account as a command: prints its address, and serves until it is stopped."""

import json
import signal
import sys
import threading
from types import FrameType
from typing import Any, Final

from ac_desktop.model.wording import tr
from ac_desktop.practice.account import FIRST_LISTS, PracticeAccount
from ac_desktop.practice.server import PracticeServer

_PORT_TAKEN: Final = 2
_POLL_SECONDS: Final = 0.5


def run(port: int, rate: float, latency_ms: int, lists: int | None = None) -> int:
    """Serve a new practice account until SIGINT or SIGTERM, with this number of lists where it is given.

    The first line on stdout is JSON with `url`, `key` and `list_id`. Returns the exit code: 2 where the port is taken.
    """
    account = PracticeAccount(keep_requests=0, lists=FIRST_LISTS[:lists])
    account.add_lists((lists or 0) - len(FIRST_LISTS))
    server = PracticeServer(account, port, rate=rate, latency_ms=latency_ms)
    try:
        server.start()
    except OSError:
        sys.stderr.write(tr("Port {port} can't be used. Choose another one, or 0 for any free port.", port=port))
        sys.stderr.write("\n")
        return _PORT_TAKEN
    stopped = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    before: dict[signal.Signals, Any] = {}
    try:
        for number in (signal.SIGINT, signal.SIGTERM):
            before[number] = signal.signal(number, stop)
        sys.stdout.write(json.dumps({"url": server.url, "key": server.key, "list_id": server.list_id}) + "\n")
        sys.stdout.flush()
        # On Windows a wait without a timeout would not receive Ctrl+C.
        while not stopped.wait(_POLL_SECONDS):
            pass
    finally:
        server.stop()
        for taken, handler in before.items():
            signal.signal(taken, handler)
    return 0
