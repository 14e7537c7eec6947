"""The files of a data folder that say which queue it works on; without them it is its own."""

from typing import Final

MEMBERSHIP_FILE: Final = "office.json"
"""The file of a data folder that works on an office's queue."""
MOVE_MARKER: Final = "queue-move.json"
"""The file of a data folder whose queue may have moved: only its office knows."""
