"""What other settings mean for the donors of a connection, in sentences."""

from ac_desktop.model.connection import ConnectionSettings
from ac_desktop.model.wording import ntr, tr
from ac_desktop.ui.connection.connection_service import PreviewsChange


def change_text(preview: PreviewsChange, settings: ConnectionSettings) -> str:
    """Return what the settings would change."""
    if not (preview.waiting or preview.coming_back):
        return tr("No donors are waiting, so the queue doesn't change.")
    sentences = [ntr("Waiting now: {count} donor.", "Waiting now: {count} donors.", preview.waiting)]
    if preview.becoming_skipped:
        sentences.append(
            ntr(
                "{count} donor will be skipped, because their page or team is excluded.",
                "{count} donors will be skipped, because their page or team is excluded.",
                preview.becoming_skipped,
            )
        )
    if preview.coming_back:
        sentences.append(
            ntr(
                "{count} skipped donor will go back to the queue.",
                "{count} skipped donors will go back to the queue.",
                preview.coming_back,
            )
        )
    if not (preview.becoming_skipped or preview.coming_back):
        sentences.append(tr("The waiting donors stay as they are."))
    if preview.other_account_or_list:
        sentences.append(
            tr(
                "From now on, waiting donors go to {list} in {account}.",
                list=settings.list_name or settings.list_id,
                account=settings.address.host,
            )
        )
    return " ".join(sentences)


def affects_donors(preview: PreviewsChange) -> bool:
    """Whether any donor would be skipped, put back in the queue or sent elsewhere."""
    moved = preview.becoming_skipped or preview.coming_back or preview.other_account_or_list
    return bool(moved and (preview.waiting or preview.coming_back))
