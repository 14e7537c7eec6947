"""Problems with the files that people name to join an office."""

from pathlib import Path

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.errors import StoreError, StoreProblem, disk_full, is_full


def unusable(error: OSError, path: Path) -> StoreError:
    """Return the problem with a file that could not be read or written."""
    if is_full(path):
        return disk_full(path.parent)
    problem = error.strerror or error
    return StoreError(StoreProblem.UNREACHABLE, StoreMessage.OFFICE_FILE_UNUSABLE, file=path, problem=problem)
