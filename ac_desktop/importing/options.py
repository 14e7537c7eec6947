"""The options of an import that a person can set, and the file or pasted text that is imported."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from ac_desktop.importing.formats.table import DonorFile, Table, members_of, table_from_text
from ac_desktop.importing.profiles.columns import Field
from ac_desktop.importing.values.dates import DateOrder
from ac_desktop.model.wording import source_name
from ac_desktop.platform.long_paths import reachable


@dataclass(frozen=True, kw_only=True)
class ImportOptions:
    """Options that are not set are detected; a `header_row` of 0 means that there is no header."""

    page: str = ""
    team: str = ""
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    date_order: DateOrder | None = None
    profile: str = ""
    columns: Mapping[Field, str] | None = None


@dataclass(frozen=True)
class ImportSource:
    """One table to read: a file, a file in a ZIP, pasted text, donations fetched for some days, or webhook bodies.

    `fetched` are these days, as 2026-11-01/2026-11-30; `text` then holds the donations. `received` is the day on which
    the bodies came, and `text` holds them.
    """

    path: Path | None = None
    member: str = ""
    text: str = ""
    fetched: str = ""
    received: str = ""

    @property
    def name(self) -> str:
        """The name that is shown for it."""
        if self.path is None:
            return source_name(self.kind, self.days)
        return f"{self.path.name}/{self.member}" if self.member else self.path.name

    @property
    def days(self) -> str:
        """The days of donations that were fetched or received, "" for any others."""
        return self.fetched or self.received

    @property
    def layout_name(self) -> str:
        """The name of the layout that is learned from it: that of the file without its ending."""
        if self.path is None:
            return self.name
        return Path(self.member or self.path.name).stem

    @property
    def kind(self) -> str:
        """The kind of the batch that it is imported as."""
        if self.fetched:
            return "fetch"
        if self.received:
            return "webhook"
        return "file" if self.path is not None else "paste"

    @property
    def size(self) -> int:
        """The bytes of the file or the paste; 0 where the file cannot be read."""
        if self.path is None:
            return len(self.text.encode(errors="replace"))
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    def open(self, options: ImportOptions, known: Collection[str], file: DonorFile | None = None) -> Table:
        """Open it with the options given; `file` is its file, where that is open.

        Raises ImportFileError, whose text is a sentence for the person.
        """
        if self.path is None:
            return table_from_text(
                self.text, name=self.name, delimiter=options.delimiter, header_row=options.header_row, known=known
            )
        return (file or DonorFile(self.path)).table(
            self.member or None,
            encoding=options.encoding,
            delimiter=options.delimiter,
            sheet=options.sheet,
            header_row=options.header_row,
            known=known,
        )


def sources_of(paths: Collection[Path]) -> list[ImportSource]:
    """Return the tables that some files hold: each readable file of a ZIP is one."""
    return [ImportSource(path, member) for path in map(reachable, paths) for member in members_of(path)]
