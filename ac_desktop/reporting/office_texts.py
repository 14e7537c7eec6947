"""What people read of an office: their roles, and what joining and leaving changed."""

from collections.abc import Sequence

from ac_desktop.model.connection import KeyPlace
from ac_desktop.model.wording import readable_date, tr
from ac_desktop.platform.local_time import local_day
from ac_desktop.platform.paths import OFFICE_PASSWORD_VARIABLE
from ac_desktop.store.office.care import LastBackup
from ac_desktop.store.office.duty import DutyHolder, DutyWish
from ac_desktop.store.office.office_folder import Joined
from ac_desktop.store.office.roles import Role


def role_name(role: Role) -> str:
    """Return what a person is in an office."""
    match role:
        case Role.STAFF:
            return tr("staff")
        case Role.ADMIN:
            return tr("administrator")
        case Role.RELAY:
            return tr("relay service")


def office_text(name: str, database: str, server: str) -> str:
    """Return which office it is and where: by its own name, where it has one."""
    if name and name != database:
        return tr("{name} ({database} at {server})", name=name, database=database, server=server)
    return tr("{database} at {server}", database=database, server=server)


def password_note(joined: Joined) -> str:
    """Return that the password is not saved, where this computer has no place for it; else ""."""
    if joined.password_location.place is not KeyPlace.SESSION:
        return ""
    return tr(
        "This computer has no keyring, so the password isn't saved. Set it in the environment variable {variable} for "
        "every command.",
        variable=OFFICE_PASSWORD_VARIABLE,
    )


def closed_note(*, is_closed: bool) -> str:
    """Return that an office is closed, and what to do; "" for one that is not."""
    if not is_closed:
        return ""
    return tr(
        "This office is closed, because its queue was moved to another computer. You can read its donors, but nothing "
        "is sent from here. Ask your administrator where the queue is now. To use this office again, an administrator "
        "runs “ac-desktop office reopen”."
    )


def backup_warning(last: LastBackup | None) -> str:
    """Return what people should know of the office's backups, "" where the last one is recent."""
    if last is None or not last.is_old:
        return ""
    if last.at is None:
        return tr(
            "AC Desktop knows of no backup of the office's database. Ask your administrator to back it up, and to run "
            "“ac-desktop office backup-done” after each backup."
        )
    return tr(
        "The last backup of the office's database was on {day}. Ask your administrator whether backups still run.",
        day=readable_date(local_day(last.at)),
    )


def duty_text(connections: Sequence[str], holder: DutyHolder | None) -> str:
    """Return why this computer does not take connections over, and what the person can do."""
    names = ", ".join(connections)
    if holder is not None and holder.wish is DutyWish.SERVICE:
        return tr(
            "“{workstation}” ({person}) is a service of the office, and relays first: {connections}. This computer "
            "didn't take over, and nothing was changed. To take over, ask your administrator to stop the service.",
            workstation=holder.workstation,
            person=holder.person,
            connections=names,
        )
    if holder is not None:
        return tr(
            "“{workstation}” ({person}) relays instead: {connections}. This computer didn't take over, and nothing was "
            "changed. Ask {person}, then try again.",
            workstation=holder.workstation,
            person=holder.person,
            connections=names,
        )
    return tr(
        "Another workstation relays instead: {connections}. This computer didn't take over, and nothing was changed. "
        "Try again in a minute.",
        connections=names,
    )


def visit_texts(*, pushed: int, left: int, erased: int) -> list[str]:
    """Return what became of the donors who waited on this computer for the office."""
    texts = []
    if pushed:
        texts.append(tr("Donors who waited on this computer are in the office's queue now: {pushed}.", pushed=pushed))
    if erased:
        texts.append(
            tr(
                "Donors who waited on this computer were erased from the office meanwhile, and are gone here too: "
                "{count}.",
                count=erased,
            )
        )
    if left:
        texts.append(
            tr(
                "Donors still waiting for the office on this computer: {count}. Their connection may have been "
                "deleted. To see them, run “ac-desktop status”. To give them up, run “ac-desktop office discard”.",
                count=left,
            )
        )
    return texts
