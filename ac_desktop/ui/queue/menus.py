"""The menus over rows and over tabs: every label carries its number, and the set is frozen when the menu opens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import ntr, tr
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base import icons

Do = Callable[[], None]


@dataclass(frozen=True)
class SelectedRecords:
    """The donors a menu is about; `states` are the states found among them.

    `same_cause` holds those that failed for the same cause as the one under the cursor.
    """

    ids: Sequence[int]
    states: frozenset[RecordState]
    current: Record | None = None
    same_cause: Sequence[int] = ()


@dataclass(frozen=True, kw_only=True)
class RowActions:
    """What the row menu can do; provided by the window."""

    retry: Callable[[Sequence[int]], None]
    retry_from_start: Callable[[Sequence[int]], None]
    hold: Callable[[Sequence[int]], None]
    release: Callable[[Sequence[int]], None]
    remove: Callable[[Sequence[int]], None]
    decide: Callable[[Sequence[int]], None]
    select_like: Callable[[Record], None]
    copy_emails: Callable[[Sequence[int]], None]
    copy_csv: Callable[[Sequence[int]], None]
    copy_curl: Callable[[Record], None]
    copy_for_admin: Callable[[Record], None]
    show_in_log: Callable[[Record], None]
    show_source: Callable[[Record], None]
    why_not_sent: Callable[[Record], None]
    open_contact: Callable[[Record], None]
    erase: Callable[[Record], None]


@dataclass(frozen=True, kw_only=True)
class TabActions:
    """What the tab menu can do with all donors shown."""

    retry: Callable[[Sequence[int]], None]
    retry_from_start: Callable[[Sequence[int]], None]
    hold: Callable[[Sequence[int]], None]
    release: Callable[[Sequence[int]], None]
    remove: Callable[[Sequence[int]], None]
    export: Callable[[Sequence[int]], None]
    export_failed: Do
    select_all: Do
    columns: Do


_RETRIED = frozenset({RecordState.FAILED, RecordState.WAITING})
_REMOVED = frozenset(RecordState) - {RecordState.SENDING}
_HELD = frozenset({RecordState.HELD})


def row_menu(parent: QWidget, chosen: SelectedRecords, actions: RowActions, edit: QAction) -> QMenu:
    """Build the menu of the selected rows."""
    menu = _Menu(parent)
    _add_changes(menu, chosen, actions, edit)
    menu.addSeparator()
    menu.offer(
        ntr(
            "Retry all with this reason: {count} donor",
            "Retry all with this reason: {count} donors",
            len(chosen.same_cause),
        ),
        partial(actions.retry, chosen.same_cause),
        why_not="" if chosen.same_cause else tr("This donor hasn't failed."),
    )
    if chosen.current is not None:
        _add_of_one(menu, chosen, chosen.current, actions)
    return menu


def _add_changes(menu: "_Menu", chosen: SelectedRecords, actions: RowActions, edit: QAction) -> None:
    """Add what changes the selected donors."""
    number, ids, add = len(chosen.ids), chosen.ids, menu.offer
    not_now = "" if _has_state(chosen, _RETRIED) else tr("None of the selected donors is waiting or failed.")
    not_held = "" if _has_state(chosen, _HELD) else tr("None of the selected donors is held.")
    sending = "" if _has_state(chosen, _REMOVED) else tr("Donors being sent can't be removed.")
    retry = ntr("Retry now: {count} selected donor", "Retry now: {count} selected donors", number)
    add(retry, partial(actions.retry, ids), icon="retry", keys="R", why_not=not_now)
    retry_all = ntr(
        "Retry from the start: {count} selected donor", "Retry from the start: {count} selected donors", number
    )
    add(retry_all, partial(actions.retry_from_start, ids), why_not=not_now)
    menu.addAction(edit)
    hold = ntr("Hold {count} selected donor", "Hold {count} selected donors", number)
    add(hold, partial(actions.hold, ids), icon="held", why_not=not_now)
    release = ntr("Release {count} selected donor", "Release {count} selected donors", number)
    add(release, partial(actions.release, ids), why_not=not_held)
    decide = ntr("Decide about {count} selected donor…", "Decide about {count} selected donors…", number)
    add(decide, partial(actions.decide, ids), why_not=not_held)
    remove = ntr("Remove {count} selected donor", "Remove {count} selected donors", number)
    add(remove, partial(actions.remove, ids), keys="Del", why_not=sending)


def _add_of_one(menu: "_Menu", chosen: SelectedRecords, current: Record, actions: RowActions) -> None:
    """Add what is about the donor under the cursor."""
    add = menu.offer
    add(tr("Select similar"), partial(actions.select_like, current))
    menu.addSeparator()
    _add_copies(menu, chosen, current, actions)
    menu.addSeparator()
    add(tr("Show in log"), partial(actions.show_in_log, current), icon="list", keys="Ctrl+L")
    add(tr("Show source row"), partial(actions.show_source, current), icon="document")
    add(tr("Why wasn't this sent?"), partial(actions.why_not_sent, current), icon="status")
    no_contact = tr("ActiveCampaign has no contact ID for this donor yet.") if current.contact_id is None else ""
    add(tr("Open contact in ActiveCampaign"), partial(actions.open_contact, current), why_not=no_contact)
    menu.addSeparator()
    gone = "" if current.donor.email else tr("This donor's personal data was deleted after the retention period.")
    add(tr("Erase this donor permanently…"), partial(actions.erase, current), why_not=gone)


def fill_tab_menu(menu: QMenu, chosen: SelectedRecords, actions: TabActions) -> None:
    """Fill the menu of all donors shown."""
    number, ids, offer = len(chosen.ids), chosen.ids, partial(_offer, menu)
    nothing = tr("This doesn't apply to any of the donors shown.")
    not_now = "" if _has_state(chosen, _RETRIED) else nothing
    not_held = "" if _has_state(chosen, _HELD) else nothing
    sending = "" if _has_state(chosen, _REMOVED) else nothing
    empty = "" if number else nothing
    retry = ntr("Retry {count} shown", "Retry {count} shown", number)
    offer(retry, partial(actions.retry, ids), icon="retry", why_not=not_now)
    retry_all = ntr("Retry {count} shown from the start", "Retry {count} shown from the start", number)
    offer(retry_all, partial(actions.retry_from_start, ids), why_not=not_now)
    hold = ntr("Hold {count} shown", "Hold {count} shown", number)
    offer(hold, partial(actions.hold, ids), icon="held", why_not=not_now)
    release = ntr("Release {count} shown", "Release {count} shown", number)
    offer(release, partial(actions.release, ids), why_not=not_held)
    remove = ntr("Remove {count} shown", "Remove {count} shown", number)
    offer(remove, partial(actions.remove, ids), why_not=sending)
    menu.addSeparator()
    export = ntr("Export {count} shown…", "Export {count} shown…", number)
    offer(export, partial(actions.export, ids), icon="document", keys="Ctrl+E", why_not=empty)
    offer(tr("Export failed and held…"), actions.export_failed)
    select = ntr("Select all {count} shown", "Select all {count} shown", number)
    offer(select, actions.select_all, keys="Ctrl+A", why_not=empty)
    menu.addSeparator()
    offer(tr("Columns…"), actions.columns)


def _add_copies(menu: "_Menu", chosen: SelectedRecords, current: Record, actions: RowActions) -> None:
    copies = _Menu(menu)
    copies.setTitle(tr("Copy"))
    number = len(chosen.ids)
    copies.offer(
        ntr("Email of {count} selected donor", "Email of {count} selected donors", number),
        partial(actions.copy_emails, chosen.ids),
        icon="copy",
    )
    copies.offer(
        ntr("{count} selected row as CSV", "{count} selected rows as CSV", number),
        partial(actions.copy_csv, chosen.ids),
    )
    copies.offer(tr("Requests as cURL, key hidden"), partial(actions.copy_curl, current))
    copies.offer(tr("Error details for your admin (no donor data)"), partial(actions.copy_for_admin, current))
    menu.addMenu(copies)


class _Menu(QMenu):
    """A menu that is deleted when it is closed; what does not apply says why in its tooltip."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def offer(self, text: str, do: Do, *, icon: str = "", keys: str = "", why_not: str = "") -> None:
        """Add an entry, which is disabled where there is a reason against it."""
        _offer(self, text, do, icon=icon, keys=keys, why_not=why_not)


def _offer(menu: QMenu, text: str, do: Do, *, icon: str = "", keys: str = "", why_not: str = "") -> None:
    action = menu.addAction(f"{text}\t{keys}" if keys else text)
    if icon:
        icons.set_icon(action, icon)
    action.setEnabled(not why_not)
    action.setToolTip(why_not or text)
    action.triggered.connect(partial(_ignore_arguments, do))


def _ignore_arguments(do: Do, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's own signal
    do()


def _has_state(chosen: SelectedRecords, states: frozenset[RecordState]) -> bool:
    return bool(chosen.ids) and bool(chosen.states & states)
