"""How long a person waits from dropping a file on the window until the Check page is painted.

`python -m tests.benchmarks.ours.drop DATA_FOLDER FILE HELD_SECONDS`: so long it is held over the window before; not at
all at 0, as when rows are pasted.
"""

import json
import os
import sys
from pathlib import Path
from time import perf_counter
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from ac_desktop.ui.base.application import DesktopApplication
from ac_desktop.ui.importing.import_state import ImportStage
from ac_desktop.ui.main.window import open_window
from tests.benchmarks.ours.services import connect, open_services
from tests.benchmarks.ours.stalls import let_live, no_dialogs, until

_SETTLED_SECONDS: Final = 2.0
_MS: Final = 1000


def main(folder: Path, file: Path, held: float) -> dict[str, object]:
    """Return the milliseconds, and how many rows the page shows."""
    application = DesktopApplication(sys.argv[:1])
    with open_services(folder) as services:
        connect(services, "https://example.api-us1.com", "no key", "19", pace=5)
        window = open_window(services, openers=no_dialogs())
        until(lambda: not window.queue.reader.is_busy and not window.bridge.is_busy)
        let_live(_SETTLED_SECONDS)
        flow = window.deferred.flow
        if held:
            window.files_hover.emit()
            let_live(held)
        began = perf_counter()
        window.import_dropped([file])
        until(lambda: flow.state.stage not in {ImportStage.IDLE, ImportStage.READING})
        application.processEvents()
        spent = (perf_counter() - began) * _MS
        checked = flow.state.checked
        if checked is None:
            raise SystemExit(f"The import stopped: {flow.state}")
        rows = checked.staged.result.rows
        window.close()
    application.quit()
    return {"ms": spent, "rows": rows}


if __name__ == "__main__":
    ended = main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]))
    print(json.dumps(ended), flush=True)  # noqa: T201  read by the figure
    os._exit(0)
