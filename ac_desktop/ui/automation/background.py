"""The thread on which everything that runs by itself runs while the window is open."""

import threading
from typing import Final

from ac_desktop.automation.automation import Automation
from ac_desktop.automation.events import Report
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError

_PATIENCE: Final = 20.0
"""Seconds until a fetch that does not end is left behind; nothing of it is queued then."""
_AFTER_TROUBLE: Final = 30.0
"""Seconds until a store that could not be read or written is tried again; the window shows why meanwhile."""
_WHILE_AWAY: Final = 2.0
"""The same for an office's server that cannot be reached."""


class AutomationThread:
    """Runs the automation of a data folder beside the window, which looks at watched folders itself.

    Beside `ac-desktop run` on the same folder only one of the two fetches; both relay from the one queue.
    """

    def __init__(self, services: Services, report: Report) -> None:
        self._services = services
        self._automation = Automation(services, report, looks_at_folders=False, fetches_unasked=False)
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._work, name="automation", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def wake(self) -> None:
        """Check at once what is due. From any thread."""
        self._automation.wake()

    def close(self) -> None:
        """End the thread after what it is just doing, such as a fetch of a day: nothing more starts by itself."""
        self._ending.set()
        self._automation.stop()
        if not self._thread.is_alive():
            return
        self._thread.join(_PATIENCE)

    def _work(self) -> None:
        try:
            while not self._ending.is_set():
                try:
                    self._automation.run()
                except StoreError as error:
                    self._ending.wait(_WHILE_AWAY if error.may_pass else _AFTER_TROUBLE)
        finally:
            self._services.database.close_thread()
