"""Writing donors to a file that a person chooses."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import ntr, tr
from ac_desktop.reporting.report import write_report
from ac_desktop.services import Services
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.file_dialogs import save_dialog
from ac_desktop.ui.base.window_state import CurrentState


class QueueExport(QObject):
    """Asks for the file and writes it; `show_done` gets the result as a sentence, `fail` an error."""

    def __init__(
        self,
        services: Services,
        bridge: Bridge,
        current: CurrentState,
        show_done: Callable[[str], None],
        fail: Callable[[Exception], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._current = current
        self._show_done = show_done
        self._fail = fail
        self._parent = parent

    def export(self, ids: Sequence[int]) -> None:
        """Write donors to a file that a person chooses."""
        self._ask_where(tr("donors.csv"), partial(self._write_shown, list(ids)))

    def export_failed(self) -> None:
        """Write all failed and held donors to a file that can be corrected and dropped back in."""
        self._ask_where(tr("failed.csv"), self._write_failed)

    def _ask_where(self, name: str, write: Callable[[str], None]) -> None:
        filters = [tr("CSV files (*.csv)")]
        save_dialog(self._parent, tr("Export"), name=name, name_filters=filters, suffix="csv", save=write).open()

    def _write_shown(self, ids: list[int], name: str) -> None:
        rows = self._services.reports.of(ids)
        self._bridge.run(partial(write_report, Path(name), rows), partial(self._show_written, name), self._fail)

    def _write_failed(self, name: str) -> None:
        connection = self._current.connection
        if connection is None:
            return
        states = (RecordState.FAILED, RecordState.HELD)
        rows = self._services.reports.of_states(connection.id, states)
        self._bridge.run(partial(write_report, Path(name), rows), partial(self._show_written, name), self._fail)

    def _show_written(self, name: str, number: int) -> None:
        file = Path(name).name
        self._show_done(ntr("{count} row saved in {file}.", "{count} rows saved in {file}.", number, file=file))
