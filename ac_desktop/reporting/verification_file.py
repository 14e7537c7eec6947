"""The sent donors who are not on the list, as a CSV file."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from ac_desktop.importing.profiles.report_columns import escaped
from ac_desktop.model.wording import tr
from ac_desktop.platform.private_files import write_private


def write_verified(path: Path, rows: Iterable[tuple[str, str, str]]) -> None:
    """Write each donor's name, address and state on the list to a file that only its owner can read. Raises OSError."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([tr("Name"), tr("Email"), tr("On the list")])
    writer.writerows(escaped(row) for row in rows)
    write_private(path, text.getvalue().encode("utf-8-sig"))
