"""The columns of an office's workstations and people."""

from collections.abc import Callable

from ac_desktop.model.wording import tr
from ac_desktop.reporting.office_texts import role_name
from ac_desktop.store.office.office_server import InvitedPerson, Workstation
from ac_desktop.ui.base import formatting
from ac_desktop.ui.office.rows_model import Column, RowsModel


def workstations_model(now: Callable[[], float], own_name: Callable[[], str]) -> RowsModel[Workstation]:
    """Return the table of workstations; `own_name` is that of this one."""

    def name(one: Workstation) -> str:
        return tr("{name} (here)", name=one.name) if one.name == own_name() else one.name

    def relaying(one: Workstation) -> str:
        return ", ".join(one.relaying)

    def seen(one: Workstation) -> str:
        return formatting.when(one.seen_at, now())

    def sentence(one: Workstation) -> str:
        values = {"name": name(one), "person": one.person, "seen": seen(one), "version": one.version}
        if one.relaying:
            return tr(
                "{name}, {person}, relaying {connections}, last seen {seen}, version {version}",
                connections=relaying(one),
                **values,
            )
        return tr("{name}, {person}, last seen {seen}, version {version}", **values)

    columns = (
        Column[Workstation](tr("Workstation"), name),
        Column[Workstation](tr("Person"), lambda one: one.person),
        Column[Workstation](tr("Relaying"), relaying),
        Column[Workstation](tr("Last seen"), seen),
        Column[Workstation](tr("Version"), lambda one: one.version),
    )
    return RowsModel(columns, lambda one: (one.name, one.person), sentence)


def people_model(now: Callable[[], float]) -> RowsModel[InvitedPerson]:
    """Return the table of everybody who was ever invited."""

    def status(one: InvitedPerson) -> str:
        if one.withdrawn_at is not None:
            return tr(
                "Removed by {person}, {time}",
                person=one.withdrawn_by,
                time=formatting.when(one.withdrawn_at, now()),
            )
        if one.joined_at is not None:
            return tr("Joined {time}", time=formatting.when(one.joined_at, now()))
        return tr("Invited {time}", time=formatting.when(one.invited_at, now()))

    def sentence(one: InvitedPerson) -> str:
        return tr(
            "{person}, {role}, {status}, invited by {inviter}",
            person=one.person,
            role=role_name(one.role),
            status=status(one),
            inviter=one.invited_by,
        )

    columns = (
        Column[InvitedPerson](tr("Person"), lambda one: one.person),
        Column[InvitedPerson](tr("Role"), lambda one: role_name(one.role)),
        Column[InvitedPerson](tr("Status"), status),
        Column[InvitedPerson](tr("Invited by"), lambda one: one.invited_by),
    )
    return RowsModel(columns, lambda one: one.person, sentence)
