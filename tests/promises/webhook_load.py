"""Webhooks under load: bodies sent from many threads, some with a bad signature, to a process that may be killed.

Run as a module it prints figures: `python -m tests.promises.webhook_load --rate 200 --seconds 10`.
"""

import argparse
import http.client
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from ac_desktop.app import build
from ac_desktop.automation.webhook_server import signature_of
from ac_desktop.model.address import parse_address
from ac_desktop.model.connection import ConnectionSettings
from tests.automation.webhook_support import HEADER, SECRET, gift

ROOT: Final = Path(__file__).parents[2]
NAME: Final = "Spring"
SENDERS: Final = 16
BAD_ONE_IN: Final = 5


def set_up(folder: Path) -> None:
    """Store a connection whose switch is off: what comes in stays in the queue."""
    services = build(folder)
    settings = ConnectionSettings(name=NAME, address=parse_address("http://127.0.0.1:9"), list_id="1")
    services.connections.create(settings, time.time())
    services.close()


@contextmanager
def listening(folder: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Run `ac-desktop run --webhooks` in a process of its own; yield it and the address of the connection."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    process = subprocess.Popen(
        [
            *[sys.executable, "-m", "tests.unpaced_console", "run", "--json", "--webhooks", "127.0.0.1:0"],
            *["--data-dir", str(folder)],
        ],
        cwd=ROOT,
        env={**environment, "AC_DESKTOP_WEBHOOK_SECRET": SECRET},
        stdout=subprocess.PIPE,
        text=True,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )
    try:
        assert process.stdout is not None
        for text in process.stdout:
            line = json.loads(text)
            if line["event"] == "listening":
                break
        drain = threading.Thread(target=process.stdout.read, daemon=True)
        drain.start()
        yield process, line["address"] + NAME
        process.wait(60)
        drain.join()
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


@dataclass
class Senders:
    """Threads that send what is to be sent, and keep what was not accepted."""

    address: str
    bodies: "queue.SimpleQueue[bytes]"
    on_accepted: Callable[[int], None]
    pace: Callable[[], None] = lambda: None
    accepted: list[bytes] = field(default_factory=list)
    left: list[bytes] = field(default_factory=list)
    bad_answers: list[int] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self) -> None:
        """Send everything, or as much as the process lives for."""
        threads = [threading.Thread(target=self._send_all) for _ in range(SENDERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        while not self.bodies.empty():
            self.left.append(self.bodies.get())

    def _send_all(self) -> None:
        url = urlsplit(self.address)
        client = http.client.HTTPConnection(url.hostname or "", url.port, timeout=60)
        sent = 0
        while True:
            try:
                body = self.bodies.get_nowait()
            except queue.Empty:
                break
            self.pace()
            sent += 1
            try:
                if sent % BAD_ONE_IN == 0:
                    bad = _post(client, url.path, body.replace(b"donor", b"nobody"), "0" * 64)
                    with self._lock:
                        self.bad_answers.append(bad)
                status = _post(client, url.path, body, signature_of(body, SECRET))
            except (OSError, http.client.HTTPException):
                with self._lock:
                    self.left.append(body)
                break
            with self._lock:
                (self.accepted if status == HTTPStatus.OK else self.left).append(body)
                number = len(self.accepted)
            self.on_accepted(number)
        client.close()


def _post(client: http.client.HTTPConnection, path: str, body: bytes, signature: str) -> int:
    client.request("POST", path, body, {HEADER: signature})
    answer = client.getresponse()
    answer.read()
    return answer.status


def filled(bodies: Sequence[bytes]) -> "queue.SimpleQueue[bytes]":
    """Return a queue of bodies."""
    made: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    for body in bodies:
        made.put(body)
    return made


def main() -> None:
    """Print how many bodies were accepted a second, and how long the slowest answer took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rate", type=float, default=200.0)
    parser.add_argument("--seconds", type=float, default=10.0)
    args = parser.parse_args()
    count = int(args.rate * args.seconds)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        set_up(data)
        with listening(data) as (process, address):
            begun, lock, next_at = time.perf_counter(), threading.Lock(), [0.0]

            def pace() -> None:
                with lock:
                    next_at[0] = max(next_at[0] + 1 / args.rate, time.perf_counter() - begun - 1)
                    wait = next_at[0] - (time.perf_counter() - begun)
                if wait > 0:
                    threading.Event().wait(wait)

            senders = Senders(address, filled([gift(number) for number in range(count)]), lambda _: None, pace)
            senders.run()
            seconds = time.perf_counter() - begun
            process.terminate()
        print(  # noqa: T201
            f"{len(senders.accepted)} of {count} accepted, {len(senders.bad_answers)} refused between them,"
            f" in {seconds:.1f} s: {len(senders.accepted) / seconds:.0f} a second"
        )


if __name__ == "__main__":
    main()
