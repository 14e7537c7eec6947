"""The state of an import: what the sheet's pages show."""

from dataclasses import dataclass, field
from enum import Enum

from ac_desktop.importing.detection.preview import Preview
from ac_desktop.importing.options import ImportOptions, ImportSource
from ac_desktop.importing.pipeline import StagedBatch
from ac_desktop.model.import_result import ImportResult
from ac_desktop.store.imports.row_hashes import EarlierImport
from ac_desktop.store.imports.staging import BatchFacts, StagedKinds


class ImportStage(Enum):
    """The stage of one file on its way into the queue."""

    IDLE = "idle"
    READING = "reading"
    ASKING = "asking"
    CHECKING = "checking"
    QUEUEING = "queueing"
    RESULT = "result"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class CheckedTable:
    """A staged batch as the Check page shows it."""

    staged: StagedBatch
    kinds: StagedKinds
    unchanged: int = 0
    earlier: EarlierImport | None = None
    only_new: bool = True


@dataclass(frozen=True, kw_only=True)
class QueuedBatch:
    """A batch that was queued, with its import result as it is now."""

    facts: BatchFacts
    kinds: StagedKinds
    result: ImportResult


@dataclass(frozen=True, kw_only=True)
class ImportState:
    """The state of an import; `number` of `total` files, `by_hand` once the person changed how the file is read.

    `is_busy`: a correction is being made, and nothing is queued before it has arrived. `is_quiet`: the file came
    automatically, out of a watched folder; it is shown only where a person has to be asked.
    """

    stage: ImportStage = ImportStage.IDLE
    connection_id: int = 0
    source: ImportSource = field(default_factory=ImportSource)
    number: int = 0
    total: int = 0
    options: ImportOptions = field(default_factory=ImportOptions)
    preview: Preview | None = None
    rows_read: int = 0
    seconds: float = 0.0
    checked: CheckedTable | None = None
    queued: tuple[QueuedBatch, ...] = ()
    text: str = ""
    by_hand: bool = False
    is_edited: bool = False
    is_busy: bool = False
    is_quiet: bool = False


@dataclass(frozen=True)
class SourceResult:
    """The result of a file, or of one in a ZIP: `queued`, or else `text` says why not, if there is anything to say."""

    source: ImportSource
    queued: QueuedBatch | None = None
    text: str = ""
