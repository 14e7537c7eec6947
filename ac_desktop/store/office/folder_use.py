"""A lock on a data folder that works on an office: shared by all who do, exclusive to who changes that."""

import os
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.platform.file_lock import try_lock
from ac_desktop.platform.paths import make_data_folder
from ac_desktop.platform.private_files import open_private
from ac_desktop.store.errors import StoreError, StoreProblem, disk_error

LOCK_NAME: Final = "office.lock"


class OfficeUse:
    """The lock, held until it is closed; the operating system releases it however a process ends."""

    def __init__(self, folder: Path, *, alone: bool = False) -> None:
        """Acquire the lock. Raise StoreError where another process has it, or the folder cannot be used."""
        self._file: int | None = None
        try:
            make_data_folder(folder)
            file = open_private(folder / LOCK_NAME)
        except OSError as error:
            raise disk_error(error, folder / LOCK_NAME) from error
        if not try_lock(file, shared=not alone):
            os.close(file)
            raise StoreError(StoreProblem.LOCKED, StoreMessage.FOLDER_IN_USE)
        self._file = file

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Release the lock."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
