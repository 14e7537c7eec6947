"""Every scene by its name. What can be opened in the program belongs here: a test asks for it."""

from collections.abc import Mapping
from typing import Final

from tests.ui.scenes import of_automation, of_connections, of_fetch, of_import, of_office, of_queue, of_window
from tests.ui.scenes.stage import Scene

SCENES: Final[Mapping[str, Scene]] = {
    **of_window.SCENES,
    **of_queue.SCENES,
    **of_import.SCENES,
    **of_fetch.SCENES,
    **of_connections.SCENES,
    **of_automation.SCENES,
    **of_office.SCENES,
}
