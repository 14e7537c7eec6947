"""What was changed of a record, in plain lines, above the row as its file had it."""

from collections.abc import Sequence

from ac_desktop.importing.profiles.columns import by_heading
from ac_desktop.model.wording import tr
from ac_desktop.store.queue.corrections import FieldEdit
from ac_desktop.store.queue.record_reader import SourceRow
from ac_desktop.ui.base import formatting, privacy_mask


def edits_text(edits: Sequence[FieldEdit]) -> str:
    """Return each change: when, who, old and new."""
    names = {
        "email": tr("Email"),
        "phone": tr("Phone"),
        "first_name": tr("First name"),
        "last_name": tr("Last name"),
        "page": tr("Page"),
        "page_name": tr("Page name"),
        "team": tr("Team"),
    }
    line = tr("{at}, {who}: {field} “{old}” → “{new}”")
    return "\n".join(
        line.format(
            at=formatting.exact(one.at),
            who=one.who,
            field=names.get(one.field, one.field),
            old=privacy_mask.mask_word(one.old),
            new=privacy_mask.mask_word(one.new),
        )
        for one in edits
    )


def history_text(edits: Sequence[FieldEdit], source: SourceRow | None) -> str:
    """Return all earlier values of a record."""
    text = edits_text(edits)
    if source is None or not source.cells:
        return text
    cells = by_heading(source.header, source.cells)
    title = tr("The original row in the file:")
    row = "\n".join(f"{' '.join(name.split())}: {privacy_mask.mask_word(cell)}" for name, cell in cells.items() if cell)
    return "\n\n".join(part for part in (text, f"{title}\n{row}") if part)
