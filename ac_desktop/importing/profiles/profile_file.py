"""Writes a remembered layout as an export profile, a TOML file that any copy of the program can use."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.profiles.fields import MATCHED, RELAYED
from ac_desktop.importing.profiles.headings import of_somebody_else
from ac_desktop.importing.profiles.profiles import FALLBACK
from ac_desktop.model.wording import tr
from ac_desktop.platform.private_files import write_private
from ac_desktop.store.imports.layouts import KnownLayout

_DELETE: Final = "\x7f"


def profile_toml(known: KnownLayout) -> str:
    """Return a layout as a profile, which has the rules of the profile that its files were recognised as.

    Raises ImportFileError where a column of somebody else is matched with a field of the donor, which no profile may.
    """
    layout = known.layout
    columns = {field: layout.columns[field.value] for field in MATCHED if layout.columns.get(field.value)}
    wrong = next((columns[field] for field in RELAYED if field in columns and of_somebody_else(columns[field])), "")
    if wrong:
        raise ImportFileError(
            tr(
                "“{name}” can't be exported. Its column “{column}” belongs to somebody else.",
                name=known.name,
                column=wrong,
            )
        )
    lines = [
        f"name = {_text(f'layout-{known.fingerprint}')}",
        f"label = {_text(known.name)}",
        f"based_on = {_text(layout.profile or FALLBACK)}",
        f"signature = {_texts(layout.header or columns.values())}",
        "split_names = true",
        *([f"dates = {_text(layout.date_order)}"] if layout.date_order else []),
        "",
        "[columns]",
        *(f"{field.value} = {_texts([heading])}" for field, heading in columns.items()),
    ]
    return "\n".join(lines) + "\n"


def write_profile(path: Path, known: KnownLayout) -> None:
    """Write a layout as a profile. Raises ImportFileError, whose text is a sentence for the person."""
    content = profile_toml(known)
    try:
        write_private(path, content.encode("utf-8", "replace"))
    except OSError as error:
        detail = error.strerror or str(error)
        raise ImportFileError(
            tr("{file} couldn't be saved ({detail}). Choose another folder.", file=path, detail=detail)
        ) from error


def _texts(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"


def _text(text: str) -> str:
    """Return a TOML string: as in JSON, but for one more character that has to be escaped."""
    return json.dumps(text, ensure_ascii=False).replace(_DELETE, "\\u007f")
