"""The receipt of a file, in a sentence and as a sheet to keep."""

from PySide6.QtCore import QCoreApplication

from ac_desktop.exports.intake import Intake
from ac_desktop.exports.receipt import Receipt
from ac_desktop.exports.receipt_file import ReceiptSheet
from ac_desktop.services import Services
from ac_desktop.store.history import person
from ac_desktop.ui import words
from ac_desktop.ui.importer.kinds import reason_kind
from ac_desktop.ui.importer.standing import Queued


def receipt_sentence(intake: Intake) -> str:
    """Tell where the rows of a file went."""
    return QCoreApplication.translate("Receipt", "{file}: {account}").format(
        file=intake.file_name, account=account_text(intake.receipt)
    )


def account_text(receipt: Receipt) -> str:
    """Tell the account; one that does not come out says so itself."""
    if not receipt.balances:
        return receipt.text
    translate = QCoreApplication.translate
    rows = translate("Receipt", "%Ln row(s)", None, receipt.rows)
    parts = [
        (receipt.waiting, translate("Receipt", "{number} waiting")),
        (receipt.skipped, translate("Receipt", "{number} skipped")),
        (receipt.held, translate("Receipt", "{number} held")),
        (receipt.sent, translate("Receipt", "{number} sent")),
        (receipt.failed, translate("Receipt", "{number} failed")),
    ]
    said = ", ".join(text.format(number=words.count(number)) for number, text in parts if number)
    return translate("Receipt", "{rows}: {parts}").format(rows=rows, parts=said)


def sheet_of(services: Services, one: Queued) -> ReceiptSheet:
    """Put all that makes a receipt traceable beside it."""
    facts = one.facts
    connection = services.connections.get(facts.connection_id)
    return ReceiptSheet(
        file_name=f"{facts.file_name} / {facts.sheet}" if facts.sheet else facts.file_name,
        sha256=facts.sha256,
        recognised_as=facts.recognised_as,
        connection=connection.name if connection else "",
        account=connection.host if connection else "",
        list_=words.list_text(connection) if connection else "",
        queued_at=words.exact(facts.queued_at),
        who=person(),
        receipt=one.receipt,
        kinds=tuple(
            (f"{words.record_sign(state).word}: {reason_kind(code)}", number)
            for (state, code), number in one.kinds.reasons.items()
        ),
    )
