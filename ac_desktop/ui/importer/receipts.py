"""The receipt of a file in a sentence."""

from PySide6.QtCore import QCoreApplication

from ac_desktop.exports.intake import Intake
from ac_desktop.exports.receipt import Receipt
from ac_desktop.ui import words


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
