"""A way to PostgreSQL that is as long as one likes, counts its round trips, and breaks in every way a network does."""

import asyncio
import contextlib
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Coroutine
from enum import Enum, auto
from typing import Any, Final, Self

HOST: Final = "127.0.0.1"
_RESET: Final = struct.pack("ii", 1, 0)
_CHUNK: Final = 2**18
_PATIENCE: Final = 10.0
_REMEMBERED: Final = 1_000_000


class Line(Enum):
    """How the way is."""

    OPEN = auto()
    CUT = auto()
    """Every connection was reset, and none is accepted."""
    SILENT = auto()
    """Nothing arrives any more, at either side, and neither is told; what was sent meanwhile arrives afterwards."""


class Proxy:
    """Forwards one workstation's connections to the server, each direction later by half the round trip.

    A round trip is counted whenever a connection's data turns from the server's to the client's.
    """

    def __init__(self, port: int, round_trip: float = 0.0, *, host: str = HOST, own_port: int = 0) -> None:
        self._server_port = port
        self._host = host
        self._one_way = round_trip / 2
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._links: set[_Link] = set()
        self._accepting: asyncio.Server | None = None
        self._line = Line.OPEN
        self._answers: deque[float] = deque(maxlen=_REMEMBERED)
        self.port: Final = own_port or _free_port()
        self.round_trips = 0
        self.messages = 0
        """How many messages workstations have sent."""
        self._lost_answer = self._cut_after = b""
        self._left_to_answer = -1
        self._cuts: set[asyncio.Task[None]] = set()

    def start(self) -> Self:
        """Begin to forward."""
        self._thread.start()
        self._run(self._listen())
        return self

    def close(self) -> None:
        """End every connection."""
        if self._loop.is_closed():
            return
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_PATIENCE)
        self._loop.close()

    def cut(self) -> None:
        """Reset every connection, and refuse new ones until it is reopened."""
        self._run(self._cut())

    def silence(self, *, is_seen_by_server: bool = False) -> None:
        """Let nothing through until it is reopened, as where a cable is pulled.

        `is_seen_by_server`: the server has given up on its ends meanwhile, which the workstation cannot know.
        """
        self._run(self._silence(is_seen_by_server=is_seen_by_server))

    def reopen(self) -> None:
        """Let everything through again."""
        self._run(self._reopen())

    def lose_answer_to(self, text: bytes) -> None:
        """Let the next message with this text reach the server, and reset its connection instead of the answer."""
        self._lost_answer = text

    def takes_answer_to(self, data: bytes) -> bool:
        """Whether the answer to a message is to be lost, which one message's is."""
        if not self._lost_answer or self._lost_answer not in data:
            return False
        self._lost_answer = b""
        return True

    def cut_after(self, text: bytes, answered: int = 1) -> None:
        """Cut the way once a message with this text and those after it, so many in all, are answered."""
        self._cut_after, self._left_to_answer = text, answered

    @property
    def is_cut(self) -> bool:
        """Whether it refuses everything until it is reopened."""
        return self._line is Line.CUT

    def is_cut_at(self, data: bytes) -> bool:
        """Whether the way is cut instead of forwarding this message."""
        self.messages += 1
        if self._cut_after and self._cut_after not in data:
            return False
        if self._left_to_answer > 0:
            self._cut_after, self._left_to_answer = b"", self._left_to_answer - 1
            return False
        is_cut, self._left_to_answer = self._left_to_answer == 0, -1
        if is_cut:
            cut = asyncio.get_running_loop().create_task(self._cut())
            self._cuts.add(cut)
            cut.add_done_callback(self._cuts.discard)
        return is_cut

    def answers(self) -> list[float]:
        """Return when data of the server last left for the workstation, by the monotonic clock, the newest last."""
        return list(self._answers)

    def ports(self) -> set[int]:
        """Return the ports from which its connections reach the server."""
        return {port for link in list(self._links) if (port := link.port)}

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(_PATIENCE)

    async def _listen(self) -> None:
        self._accepting = await asyncio.start_server(self._accept, self._host, self.port, limit=_CHUNK)

    async def _refuse(self) -> None:
        if self._accepting is not None:
            self._accepting.close()
            self._accepting = None

    async def _end(self) -> None:
        await self._refuse()
        for link in list(self._links):
            link.reset()
        await asyncio.sleep(0)
        running = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _cut(self) -> None:
        self._line = Line.CUT
        await self._refuse()
        for link in list(self._links):
            link.reset()

    async def _silence(self, *, is_seen_by_server: bool) -> None:
        self._line = Line.SILENT
        for link in list(self._links):
            link.silence()
            if is_seen_by_server:
                link.lose_server()

    async def _reopen(self) -> None:
        self._line, self._cut_after, self._left_to_answer = Line.OPEN, b"", -1
        if self._accepting is None:
            await self._listen()
        for link in list(self._links):
            link.reopen()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        link = _Link(reader, writer, self._one_way, self)
        self._links.add(link)
        if self._line is Line.SILENT:
            link.silence()
        try:
            with contextlib.suppress(asyncio.CancelledError):  # asyncio logs a connection that is cancelled
                await link.run(self._server_port)
        finally:
            self._links.discard(link)

    def turned(self) -> None:
        """Count a round trip."""
        self.round_trips += 1

    def answered(self) -> None:
        """Note an answer."""
        self._answers.append(time.monotonic())


class _Link:
    """One connection, with its two directions."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        one_way: float,
        proxy: Proxy,
    ) -> None:
        self._client = (reader, writer)
        self._server: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._one_way = one_way
        self._proxy = proxy
        self._loses_answer = False
        self._is_clients_turn = True
        self._passing = asyncio.Event()
        self._passing.set()

    async def run(self, port: int) -> None:
        await self._passing.wait()
        try:
            self._server = await asyncio.open_connection(HOST, port, limit=_CHUNK)
        except OSError:
            self.reset()
            return
        up = asyncio.create_task(self._pass(self._client[0], self._server[1], self._from_client))
        down = asyncio.create_task(self._pass(self._server[0], self._client[1], self._from_server))
        await asyncio.wait({up, down}, return_when=asyncio.FIRST_COMPLETED)
        for task in (up, down):
            task.cancel()
        await asyncio.gather(up, down, return_exceptions=True)
        self.reset()

    @property
    def port(self) -> int:
        """The port from which it reaches the server; 0 where it does not."""
        if self._server is None:
            return 0
        name = self._server[1].get_extra_info("sockname")
        return int(name[1]) if name else 0

    def silence(self) -> None:
        self._passing.clear()

    def reopen(self) -> None:
        self._passing.set()

    def reset(self) -> None:
        for _, writer in filter(None, (self._client, self._server)):
            _reset(writer)

    def lose_server(self) -> None:
        if self._server is not None:
            _reset(self._server[1])

    def _from_client(self, data: bytes) -> None:
        if self._proxy.is_cut_at(data):
            self.reset()
            return
        if self._is_clients_turn:
            self._proxy.turned()
        self._is_clients_turn = False
        self._loses_answer = self._loses_answer or self._proxy.takes_answer_to(data)

    def _from_server(self, _data: bytes) -> None:
        self._is_clients_turn = True
        self._proxy.answered()
        if self._loses_answer:
            self.reset()

    async def _pass(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, passed: Callable[[bytes], None]
    ) -> None:
        """Forward what arrives, in its order; end where either side ends."""
        on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        delivery = asyncio.create_task(self._deliver(on_the_way, target, passed))
        try:
            with contextlib.suppress(OSError):
                while data := await source.read(_CHUNK):
                    on_the_way.put_nowait((self._time() + self._one_way, data))
            on_the_way.put_nowait((self._time() + self._one_way, b""))
            await delivery
        finally:
            delivery.cancel()

    async def _deliver(
        self,
        on_the_way: asyncio.Queue[tuple[float, bytes]],
        target: asyncio.StreamWriter,
        passed: Callable[[bytes], None],
    ) -> None:
        while True:
            due, data = await on_the_way.get()
            if due > self._time():
                await asyncio.sleep(due - self._time())
            await self._passing.wait()
            if not data:
                return
            passed(data)
            if target.transport.is_closing():
                return
            try:
                target.write(data)
                await target.drain()
            except OSError:
                return

    @staticmethod
    def _time() -> float:
        return asyncio.get_running_loop().time()


def _reset(writer: asyncio.StreamWriter) -> None:
    taken = writer.get_extra_info("socket")
    if taken is not None and not writer.is_closing():
        with contextlib.suppress(OSError):
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    writer.transport.abort()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        port: int = free.getsockname()[1]
        return port
