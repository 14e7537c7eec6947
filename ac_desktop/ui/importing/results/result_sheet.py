"""The result of a file's import as a sheet to keep."""

from ac_desktop.model import reasons
from ac_desktop.reporting.import_result_file import ImportResultSheet
from ac_desktop.services import Services
from ac_desktop.ui.base import formatting
from ac_desktop.ui.importing.import_state import QueuedBatch


def sheet_of(services: Services, one: QueuedBatch) -> ImportResultSheet:
    """Return the result with all that makes it traceable."""
    facts = one.facts
    connection = services.connections.get(facts.connection_id)
    return ImportResultSheet(
        file_name=f"{facts.file_name} / {facts.sheet}" if facts.sheet else facts.file_name,
        sha256=facts.sha256,
        recognised_as=facts.recognised_as,
        connection=connection.name if connection else "",
        account=connection.host if connection else "",
        list_=formatting.list_text(connection) if connection else "",
        queued_at=formatting.exact(facts.queued_at),
        who=services.database.person(),
        result=one.result,
        kinds=tuple(
            (f"{formatting.record_label(state).word}: {reasons.label(code)}", number)
            for (state, code), number in one.kinds.reasons.items()
        ),
    )
