"""Import results as files: CSV for spreadsheets, HTML for printing and mail."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from ac_desktop.importing.profiles.report_columns import escaped
from ac_desktop.model.import_result import ImportResult
from ac_desktop.model.wording import profile_label, tr


@dataclass(frozen=True, kw_only=True)
class ImportResultSheet:
    """An import result with its file, connection and time, and the counts of reasons and warnings."""

    file_name: str
    sha256: str
    recognised_as: str
    connection: str
    account: str
    list_: str
    queued_at: str
    who: str
    result: ImportResult
    kinds: tuple[tuple[str, int], ...] = ()

    def facts(self) -> Iterator[tuple[str, str]]:
        """Return the facts about the import, each with its label."""
        yield tr("File"), self.file_name
        yield tr("SHA-256 of the file"), self.sha256
        yield tr("Recognized as"), profile_label(self.recognised_as)
        yield tr("Connection"), self.connection
        yield tr("Account"), self.account
        yield tr("List"), self.list_
        yield tr("Queued"), self.queued_at
        yield tr("By"), self.who

    def numbers(self) -> Iterator[tuple[str, int]]:
        """Return the counts of the import result, each with its label."""
        result = self.result
        yield tr("Rows"), result.rows
        yield tr("Sent"), result.sent
        yield tr("Waiting"), result.waiting + result.sending
        yield tr("Held"), result.held
        yield tr("Skipped"), result.skipped
        yield tr("Failed"), result.failed
        yield tr("Removed"), result.withdrawn


def import_result_csv(sheets: tuple[ImportResultSheet, ...]) -> bytes:
    """Return import results as CSV in the encoding that spreadsheets expect."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for sheet in sheets:
        for name, value in sheet.facts():
            writer.writerow(escaped([name, value]))
        for name, number in (*sheet.numbers(), *sheet.kinds):
            writer.writerow(escaped([name, str(number)]))
        writer.writerow(escaped([tr("Total"), sheet.result.text]))
        writer.writerow([])
    return text.getvalue().encode("utf-8-sig")


def import_result_html(sheets: tuple[ImportResultSheet, ...]) -> str:
    """Return import results as a self-contained HTML page."""
    title = escape(tr("Import results"))
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><h1>{title}</h1>{''.join(map(_html, sheets))}</body></html>"
    )


def _html(sheet: ImportResultSheet) -> str:
    facts = "".join(f"<tr><td>{escape(name)}</td><td>{escape(value)}</td></tr>" for name, value in sheet.facts())
    numbers = "".join(
        f'<tr><td>{escape(name)}</td><td align="right">{number}</td></tr>' for name, number in sheet.numbers()
    )
    kinds = "".join(f'<tr><td>{escape(name)}</td><td align="right">{number}</td></tr>' for name, number in sheet.kinds)
    return (
        f"<h2>{escape(sheet.file_name)}</h2><table cellpadding='4'>{facts}</table>"
        f"<p><b>{escape(sheet.result.text)}</b></p><table cellpadding='4'>{numbers}</table>"
        f"<table cellpadding='4'>{kinds}</table>"
    )
