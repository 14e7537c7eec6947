"""Internal faults: each is written once to a report that holds no key and no donor, and shown as one sentence."""

import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final

from ac_desktop import __version__
from ac_desktop.model.redact import MASK, Redactor
from ac_desktop.model.wording import tr
from ac_desktop.platform.paths import make_data_folder
from ac_desktop.platform.private_files import make_private_subfolder, write_private
from ac_desktop.store.errors import StoreError, world_trouble

FOLDER: Final = "faults"


@dataclass(frozen=True)
class Fault:
    """A fault as a person sees it: the sentence, and the report exactly as it was written.

    The report is empty for errors of the disk.
    """

    sentence: str
    report: str


class FaultReports:
    """Handles the uncaught exceptions of every thread: writes a report of each distinct one, and shows it."""

    def __init__(self, folder: Path, show: Callable[[str], None]) -> None:
        self._folder = folder / FOLDER
        self._show = show
        self._guard = threading.Lock()
        self._known: set[str] = set()
        self._listener: Callable[[Fault], None] | None = None
        self._show_passing: Callable[[StoreError], None] | None = None
        self.redactor = Redactor()

    @property
    def any(self) -> bool:
        """Whether any fault was reported."""
        return bool(self._known)

    @property
    def folder(self) -> Path:
        """The folder of the reports."""
        return self._folder

    def listen(
        self,
        listener: Callable[[Fault], None] | None,
        show_passing: Callable[[StoreError], None] | None = None,
    ) -> None:
        """Show faults by `listener` instead of on the terminal, and by `show_passing` a store that is away for now.

        Both are called on the thread of the fault.
        """
        self._listener, self._show_passing = listener, show_passing

    def install(self) -> None:
        """Handle uncaught exceptions, on the main thread and on all others."""
        sys.excepthook = self._handle
        threading.excepthook = self._handle_thread

    def report(self, error: BaseException) -> None:
        """Write a report of a fault, unless it is known, and show it; errors of the disk have no report."""
        disk_error = world_trouble(error)
        if disk_error is None:
            self.report_text(self._text(error))
        elif disk_error.may_pass and self._show_passing is not None:
            self._show_passing(disk_error)
        elif self._listener is not None:
            self._listener(Fault(str(disk_error), ""))
        else:
            self._show(str(disk_error))

    def report_text(self, text: str) -> None:
        """Write a report that holds no donor, unless it is known, and show it."""
        text = self.redactor(text)
        with self._guard:
            if text in self._known:
                return
            self._known.add(text)
            place = self._write(text)
        sentence = tr(
            "AC Desktop ran into an error and stopped this step. Your donors are safe in the queue. Please send "
            "us the report {place}. It contains no API key and no donor data.",
            place=place,
        )
        if self._listener is not None:
            self._listener(Fault(sentence, text))
        else:
            self._show(sentence)

    def _handle(self, kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt | SystemExit):
            self.report(error)

    def _handle_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._handle(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    def _text(self, error: BaseException) -> str:
        """Return the traceback and the types of exceptions; messages may hold donors, so they are left out."""
        import platform

        lines = [
            f"AC Desktop {__version__}, Python {platform.python_version()}, {platform.platform()}",
            "".join(traceback.format_tb(error.__traceback__)),
        ]
        link: BaseException | None = error
        while link is not None:
            lines.append(f"{type(link).__module__}.{type(link).__qualname__}: {MASK}")
            link = link.__cause__ or link.__context__
        return self.redactor("\n".join(lines))

    def _write(self, text: str) -> str:
        stamp = time.strftime("%Y%m%d-%H%M%S")
        path = self._folder / f"fault-{stamp}-{len(self._known)}.txt"
        try:
            make_data_folder(self._folder.parent)
            make_private_subfolder(self._folder)
            write_private(path, text)
        except OSError:
            return tr("(the report couldn't be saved)")
        return str(path)
