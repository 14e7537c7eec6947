"""What the queue says where it shows no donor."""

from PySide6.QtCore import QCoreApplication

from ac_desktop.model.states import RecordState


def no_match_text(text: str) -> str:
    """Say that nothing was found, and the way back."""
    return QCoreApplication.translate("QueueTexts", "No donor matches “{text}”. Clear filter: Esc").format(text=text)


def empty_text(state: RecordState | None, *, has_connection: bool) -> str:
    """Say what an empty tab means."""
    translate = QCoreApplication.translate
    if not has_connection:
        return translate("QueueTexts", "Connect ActiveCampaign to begin: Connection, New connection…")
    match state:
        case None:
            return translate("QueueTexts", "No donors yet. Drop a CSV or Excel file here, or add one by hand (Ctrl+N).")
        case RecordState.WAITING:
            return translate("QueueTexts", "Nothing is waiting. Everything that could be sent has been sent.")
        case RecordState.SENDING:
            return translate("QueueTexts", "Nothing is being sent right now.")
        case RecordState.HELD:
            return translate("QueueTexts", "Nobody needs a decision from you.")
        case RecordState.FAILED:
            return translate("QueueTexts", "✓ No failures.")
        case RecordState.SENT:
            return translate("QueueTexts", "Sent donors will be listed here with their ActiveCampaign number.")
        case RecordState.SKIPPED:
            return translate("QueueTexts", "No row was skipped.")
