"""How an import stands: what the sheet's pages show."""

from dataclasses import dataclass, field
from enum import Enum

from ac_desktop.exports.preview import Preview
from ac_desktop.exports.receipt import Receipt
from ac_desktop.exports.stager import Staged
from ac_desktop.exports.wishes import Part, Wishes
from ac_desktop.store.fingerprints import Earlier
from ac_desktop.store.staging import BatchFacts, Kinds


class Stage(Enum):
    """Where one file is on its way into the queue."""

    IDLE = "idle"
    READING = "reading"
    ASKING = "asking"
    CHECKING = "checking"
    QUEUEING = "queueing"
    RECEIPT = "receipt"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A staged batch as the Check page tells it."""

    staged: Staged
    kinds: Kinds
    unchanged: int = 0
    earlier: Earlier | None = None
    only_new: bool = True


@dataclass(frozen=True, kw_only=True)
class Queued:
    """A batch that was queued, with its receipt as it stands now."""

    facts: BatchFacts
    kinds: Kinds
    receipt: Receipt


@dataclass(frozen=True, kw_only=True)
class Standing:
    """All of it; `number` of `total` files, `by_hand` once the person changed how the file is read.

    `is_busy`: a correction is on its way, and nothing is queued before it has arrived.
    `is_quiet`: the file came by itself, out of a watched folder; nobody is shown it unless they are to be asked.
    """

    stage: Stage = Stage.IDLE
    connection_id: int = 0
    part: Part = field(default_factory=Part)
    number: int = 0
    total: int = 0
    wishes: Wishes = field(default_factory=Wishes)
    preview: Preview | None = None
    rows_read: int = 0
    seconds: float = 0.0
    checked: Checked | None = None
    queued: tuple[Queued, ...] = ()
    text: str = ""
    by_hand: bool = False
    is_edited: bool = False
    is_busy: bool = False
    is_quiet: bool = False


@dataclass(frozen=True)
class PartEnd:
    """What became of a file, or of one in a ZIP: `queued`, or else `text` says why not, if there is anything to say."""

    part: Part
    queued: Queued | None = None
    text: str = ""
