"""The Result page: where every row went, with saving to a file, and undo."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODeviceBase, QMarginsF, Qt, Signal
from PySide6.QtGui import QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from ac_desktop.model.wording import ntr, tr
from ac_desktop.platform.private_files import write_private
from ac_desktop.reporting.import_result_file import ImportResultSheet, import_result_csv, import_result_html
from ac_desktop.services import Services
from ac_desktop.ui.base.file_dialogs import save_dialog
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.base.visual.metrics import SPACE_L, scaled
from ac_desktop.ui.importing.import_state import ImportState
from ac_desktop.ui.importing.results.result_sheet import sheet_of

_DPI = 300
_MARGIN_MM = 18


class ResultPage(QWidget):
    """Shows the import results of the files just queued."""

    undo_wanted = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.message = small_label("")
        self.view = QTextBrowser()
        self.view.setAcceptDrops(False)
        self.save = QPushButton(tr("&Save results…"))
        self.undo = QPushButton(tr("&Undo"))
        self._sheets: tuple[ImportResultSheet, ...] = ()
        self._lay_out()
        self.save.clicked.connect(self.choose_file)
        self.undo.clicked.connect(self.undo_wanted)

    def _lay_out(self) -> None:
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.view.setAccessibleName(tr("Import results"))
        self.view.setOpenLinks(False)
        self.view.setTabChangesFocus(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save)
        buttons.addWidget(self.undo)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        margin = scaled(SPACE_L, self)
        layout.setContentsMargins(margin, 0, margin, 0)
        layout.addWidget(self.message)
        layout.addWidget(self.view, 1)
        layout.addLayout(buttons)

    def show_state(self, state: ImportState) -> None:
        """Show the import results as they are now."""
        self._sheets = tuple(sheet_of(self._services, one) for one in state.queued)
        waiting = sum(one.result.waiting for one in state.queued)
        text = state.text or self._summary_text(state)
        wrong = [sheet.result.text for sheet in self._sheets if not sheet.result.balances]
        self.message.setText("\n".join([text, *wrong]))
        html = import_result_html(self._sheets)
        if html != self.view.property("html"):
            self.view.setProperty("html", html)
            read_to = self.view.verticalScrollBar().value()
            self.view.setHtml(html)
            self.view.verticalScrollBar().setValue(read_to)
        self.undo.setEnabled(waiting > 0)
        self.undo.setText(
            ntr("&Undo: remove {count} donor from queue", "&Undo: remove {count} donors from queue", waiting)
            if waiting
            else tr("&Undo")
        )

    def _summary_text(self, state: ImportState) -> str:
        if any(one.result.sent or one.result.sending or one.result.failed for one in state.queued):
            return tr("These numbers change while donors are sent.")
        return tr("Added to the queue. Nothing is sent until you click Relay.")

    def choose_file(self) -> None:
        """Ask where to save the results, and in which format."""
        filters = [tr("PDF (*.pdf)"), tr("Web page (*.html)"), tr("CSV (*.csv)")]
        dialog = save_dialog(self, tr("Save results"), name_filters=filters, suffix="pdf", save=self.save_as)
        dialog.filterSelected.connect(self._set_suffix)
        dialog.open()

    def _set_suffix(self, chosen: str) -> None:
        dialog = self.sender()
        if isinstance(dialog, QFileDialog):
            dialog.setDefaultSuffix(chosen.rpartition("*.")[2].rstrip(")"))

    def save_as(self, name: str) -> None:
        """Write the results; the name's suffix chooses the format."""
        path = Path(name)
        try:
            match path.suffix.lower():
                case ".csv":
                    write_private(path, import_result_csv(self._sheets))
                case ".html" | ".htm":
                    write_private(path, import_result_html(self._sheets))
                case _:
                    write_pdf(path, import_result_html(self._sheets))
        except OSError as error:
            self.message.setText(
                tr(
                    "The results couldn't be saved ({detail}). Choose another folder.",
                    detail=error.strerror or str(error),
                )
            )
        else:
            self.message.setText(tr("The results were saved as {name}.", name=path.name))


def write_pdf(path: Path, html: str) -> None:
    """Write a page of HTML as PDF. Raises OSError where the file cannot be written."""
    page = QBuffer()
    page.open(QIODeviceBase.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(page)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM))
    writer.setResolution(_DPI)
    document = QTextDocument()
    document.setHtml(html)
    document.print_(writer)
    page.close()
    write_private(path, bytes(page.data().data()))
