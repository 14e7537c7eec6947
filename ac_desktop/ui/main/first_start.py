"""What the window shows before there is a connection: how to begin, and three steps."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFont, QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.base.parts.empty_state import EmptyState
from ac_desktop.ui.base.visual.kinds import FrameKind, set_frame_kind
from ac_desktop.ui.base.visual.metrics import HELP, SPACE_L, SPACE_M, SPACE_XL, sized_font


class FirstStart(QFrame):
    """Offers a new connection, and the practice account."""

    def __init__(self, new_connection: QAction, practice: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = EmptyState(
            "import",
            tr("Connect to ActiveCampaign"),
            tr(
                "AC Desktop puts your donors onto an ActiveCampaign list. "
                "It shows every request and response, and nothing is sent before you say so."
            ),
        )
        self.state.offer(tr("New connection"), tr("Try the practice account"), "new")
        self.state.primary.clicked.connect(new_connection.trigger)
        self.state.secondary.clicked.connect(practice.trigger)
        self._lay_out()

    def _lay_out(self) -> None:
        set_frame_kind(self, FrameKind.PANE)
        line = QFrame()
        set_frame_kind(line, FrameKind.LINE)
        steps = QGridLayout()
        steps.setHorizontalSpacing(SPACE_XL)
        steps.setVerticalSpacing(SPACE_M // 2)
        for at, (title, text) in enumerate(_steps()):
            heading, explanation = QLabel(tr("{number}. {title}", number=at + 1, title=title)), small_label(text)
            heading.setFont(sized_font(self.font(), 1.0, QFont.Weight.DemiBold))
            explanation.setFont(sized_font(self.font(), HELP))
            explanation.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            steps.addWidget(heading, 0, at)
            steps.addWidget(explanation, 1, at, Qt.AlignmentFlag.AlignTop)
            steps.setColumnStretch(at, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL * 2, SPACE_L, SPACE_XL * 2, SPACE_XL * 2)
        layout.setSpacing(SPACE_XL)
        layout.addStretch(1)
        layout.addWidget(self.state)
        layout.addWidget(line)
        layout.addLayout(steps)
        layout.addStretch(1)


def _steps() -> tuple[tuple[str, str], ...]:
    return (
        (tr("Connect"), tr("API URL, API key and list. About two minutes.")),
        (tr("Drop a donor file"), tr("CSV or Excel from Anedot and other platforms.")),
        (tr("Check and relay"), tr("Correct what needs it, then click Relay.")),
    )
