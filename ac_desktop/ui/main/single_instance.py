"""One window for a data folder: a second start shows the first window and passes its files to it."""

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication

from ac_desktop.model.outside import parsed
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.platform.display import allow_others_to_front
from ac_desktop.platform.file_lock import FileLock
from ac_desktop.platform.paths import make_data_folder
from ac_desktop.store.errors import StoreError, StoreProblem

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE: Final = 15.0
"""Seconds that a second start waits for the first window, which may still be starting, or just closing."""
_RETRY_SECONDS: Final = 0.1
_AFTER_FIRST_PAINT_MS: Final = 200
_ANSWER_MS: Final = 5_000
_LONGEST_SOCKET: Final = 100
"""Bytes of a socket's path: the systems take 104 to 108."""
_LONGEST_CALL: Final = 1024 * 1024
"""The most bytes a later start may send; tens of thousands of files."""
_HEARD: Final = b"heard\n"
_ACTIVATION: Final = "XDG_ACTIVATION_TOKEN"
"""The token with which a desktop allows a running window to come to the front."""

Called = Callable[[Sequence[Path]], None]
"""What the first window does when somebody starts a second one, which may bring files."""


class InstanceAddress:
    """The address of the one window for a data folder, apart from that for practice.

    The holder of the lock is the first window. The operating system releases it however a process ends, so a socket
    that a killed window left behind keeps nobody out.
    """

    def __init__(self, folder: Path, *, practice: bool) -> None:
        self._folder = folder
        self._name = "practice-window" if practice else "window"
        self._lock = FileLock(folder / f"{self._name}.lock")
        self._first: SingleInstance | None = None
        self._kept: list[Path] = []

    def acquire(self, files: Sequence[Path]) -> bool:
        """Acquire the lock, or pass the files to the window that has it; return whether it was acquired.

        Raises StoreError where the first window does not answer.
        """
        message = json.dumps({"files": [str(file.absolute()) for file in files], "token": os.environ.get(_ACTIVATION)})
        until = time.monotonic() + PATIENCE
        while not self._taken():
            if _was_sent(self.socket(), message.encode() + b"\n"):
                return False
            if time.monotonic() > until:
                raise StoreError(StoreProblem.LOCKED, StoreMessage.WINDOW_SILENT)
            threading.Event().wait(_RETRY_SECONDS)
        return True

    def listen(self, called: Called) -> None:
        """Listen for later starts until the event loop ends; `called` is called in its thread."""
        self._first = SingleInstance(self.socket(), called)

    def listen_and_keep(self, called: Called) -> None:
        """Listen for later starts, and keep their files for the next window; `called` gets all that are kept."""

        def keep(files: Sequence[Path]) -> None:
            self._kept += [file for file in files if file not in self._kept]
            called(self._kept)

        self.listen(keep)

    def kept_files(self) -> list[Path]:
        """Return the files of later starts that no window has opened yet, which are kept no longer."""
        kept, self._kept = self._kept, []
        return kept

    def release(self) -> None:
        """Release the lock."""
        self._first = None
        self._lock.release()

    def _taken(self) -> bool:
        try:
            make_data_folder(self._folder)
            return self._lock.acquire()
        except OSError:
            # A folder that cannot be used has no window either; the store reports it to the person.
            return True

    def socket(self) -> str:
        """Return the socket's name: in the data folder, which is private, unless its path is too long for one."""
        path = self._folder.resolve() / f"{self._name}.socket"
        if sys.platform == "win32":
            return _short_name(path)
        if len(os.fsencode(path)) <= _LONGEST_SOCKET:
            return str(path)
        own = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.RuntimeLocation)
        return str(Path(own) / _short_name(path))


class SingleInstance(QObject):
    """Listens for later starts, and passes on their files as soon as no dialog is open."""

    def __init__(self, socket: str, called: Called) -> None:
        super().__init__()
        self._called = called
        self._waiting: list[Path] = []
        self._socket = socket
        self._server: QLocalServer | None = None
        self._retry_timer = QTimer(self, singleShot=True, interval=round(_RETRY_SECONDS * 1000))
        self._retry_timer.timeout.connect(self._pass_on)
        self._begin = QTimer(self, singleShot=True, interval=_AFTER_FIRST_PAINT_MS)
        self._begin.timeout.connect(self._listen)
        self._begin.start()
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close)

    def _listen(self) -> None:
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._receive)
        QLocalServer.removeServer(self._socket)
        self._server.listen(self._socket)

    def close(self) -> None:
        """Stop listening."""
        self._begin.stop()
        self._retry_timer.stop()
        if self._server is not None:
            self._server.close()

    def _receive(self) -> None:
        while self._server is not None and (caller := self._server.nextPendingConnection()) is not None:
            caller.setReadBufferSize(_LONGEST_CALL)
            caller.disconnected.connect(caller.deleteLater)
            caller.readyRead.connect(partial(self._read, caller))
            self._read(caller)

    def _read(self, caller: "QLocalSocket") -> None:
        if not caller.canReadLine():
            if caller.bytesAvailable() >= _LONGEST_CALL:
                caller.abort()
            return
        called = _parsed(bytes(caller.readLine().data()))
        if called is None:
            caller.abort()
            return
        files, token = called
        caller.write(_HEARD)
        caller.flush()
        caller.disconnectFromServer()
        if token:
            os.environ[_ACTIVATION] = str(token)
        self._called([])
        self._waiting += files
        self._pass_on()

    def _pass_on(self) -> None:
        if self._waiting and QApplication.activeModalWidget() is not None:
            self._retry_timer.start()
        elif self._waiting:
            files, self._waiting = self._waiting, []
            self._called(files)


def _parsed(line: bytes) -> tuple[list[Path], object] | None:
    """Return the files and the token of a later start; None where the message is not one of ours."""
    try:
        match parsed(line):
            case {"files": list(files), "token": token}:
                return [Path(file) for file in files], token
    except (ValueError, TypeError):
        return None
    return None


def _short_name(path: Path) -> str:
    import hashlib

    return f"ac-desktop-{hashlib.sha256(os.fsencode(path)).hexdigest()[:16]}"


def _was_sent(socket: str, message: bytes) -> bool:
    """Send to the first window, and wait until it has received it; False where it does not listen."""
    from PySide6.QtNetwork import QLocalSocket

    caller = QLocalSocket()
    caller.connectToServer(socket)
    if not caller.waitForConnected(_ANSWER_MS):
        return False
    allow_others_to_front()
    caller.write(message)
    return caller.waitForReadyRead(_ANSWER_MS) and bytes(caller.readAll().data()) == _HEARD
