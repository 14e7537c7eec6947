"""Lines of the log, and sent donors who are not on the list, as CSV files that hold no formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.profiles.report_columns import escaped
from ac_desktop.model.redact import Redactor
from ac_desktop.model.wording import tr
from ac_desktop.platform.private_files import replacing, write_private


def write_log(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]], redactor: Redactor) -> int:
    """Write the rows, without any key in them, and return their number. Raise ImportFileError, with a sentence."""
    number = 0
    try:
        with replacing(path) as file:
            text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
            writer = csv.writer(text, lineterminator="\r\n")
            writer.writerow(escaped(header))
            for row in rows:
                writer.writerow(escaped([redactor(cell) for cell in row]))
                number += 1
            text.detach()
    except OSError as error:
        raise ImportFileError(
            tr(
                "The log couldn't be saved as “{name}”. Close the file, or choose another folder. ({detail})",
                name=path.name,
                detail=error.strerror or error,
            )
        ) from error
    return number


def write_verified(path: Path, rows: Iterable[tuple[str, str, str]]) -> None:
    """Write each donor's name, address and state on the list to a file that only its owner can read. Raises OSError."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([tr("Name"), tr("Email"), tr("On the list")])
    writer.writerows(escaped(row) for row in rows)
    write_private(path, text.getvalue().encode("utf-8-sig"))
