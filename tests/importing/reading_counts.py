"""Counts how often a file is opened and how often each of its rows is validated, within this process."""

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from ac_desktop.importing.detection.detect import _Detector
from ac_desktop.importing.detection.preview import Preview
from ac_desktop.importing.reader_process import ReadJob, ReadResult, RowsRead, read_job
from ac_desktop.importing.validation.column_batch import ColumnBatch, Columns
from ac_desktop.importing.validation.row_validator import RowValidator


@dataclass
class ReadingCounts:
    """The number of opens of one file, and of validations of each row number."""

    path: Path
    opens: int = 0
    detections: int = 0
    validators: int = 0
    validations: Counter[int] = field(default_factory=Counter)

    @property
    def most_validations(self) -> int:
        """The validations of the row that was validated most often."""
        return max(self.validations.values(), default=0)

    def each_once(self, rows: int) -> bool:
        """Whether the file was opened, detected and validated once, and so was each of this number of rows."""
        once = (self.opens, self.detections, self.validators, self.most_validations) == (1, 1, 1, 1)
        return once and self.validations.total() == rows


_counted: list[ReadingCounts] = []


def _count_open(event: str, arguments: tuple[object, ...]) -> None:
    """Count an opened file; audit hooks cannot be removed, so it does nothing while nothing is counted."""
    if event == "open" and _counted and isinstance(arguments[0], str | os.PathLike):
        for counts in _counted:
            counts.opens += os.fspath(arguments[0]) == str(counts.path)


sys.addaudithook(_count_open)


@contextmanager
def counted(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReadingCounts]:
    """Count within this block."""
    counts = ReadingCounts(path)
    validate, find, prepare = Columns.validate, _Detector.find, RowValidator.__init__

    def count_and_validate(columns: Columns, numbers: Sequence[int], rows: Sequence[Sequence[str]]) -> ColumnBatch:
        counts.validations.update(numbers)
        return validate(columns, numbers, rows)

    def count_and_find(detector: _Detector) -> None:
        counts.detections += 1
        find(detector)

    def count_and_prepare(validator: RowValidator, *arguments: Any) -> None:
        counts.validators += 1
        prepare(validator, *arguments)

    with monkeypatch.context() as patch:
        patch.setattr(Columns, "validate", count_and_validate)
        patch.setattr(_Detector, "find", count_and_find)
        patch.setattr(RowValidator, "__init__", count_and_prepare)
        _counted.append(counts)
        try:
            yield counts
        finally:
            _counted.remove(counts)


class ReaderInProcess:
    """Reads as the reader's process does, but in this one, where it can be counted."""

    def __init__(self, job: ReadJob) -> None:
        self._job = job
        self.preview: Preview | None = None
        self.rows_read = 0

    def start(self) -> None:
        """Do nothing: `wait` reads."""

    def cancel(self) -> None:
        """Do nothing."""

    def wait(self) -> ReadResult:
        """Read to the end."""
        return read_job(self._job, self._receive)

    def _receive(self, message: object) -> None:
        if isinstance(message, Preview):
            self.preview = message
        elif isinstance(message, RowsRead):
            self.rows_read = message.rows
