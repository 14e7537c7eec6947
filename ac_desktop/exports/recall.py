"""What a person once said about files of a layout, put into the wishes for another one: the same in both front ends."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ac_desktop.exports.dates import DateOrder
from ac_desktop.exports.fields import Field
from ac_desktop.exports.recognise import Recognition
from ac_desktop.exports.stager import Stager
from ac_desktop.exports.table import Table
from ac_desktop.exports.wishes import Wishes
from ac_desktop.store.layouts import Layout, Layouts


@dataclass(frozen=True)
class Recalled:
    """How a table is read, and whether a person has said so before."""

    recognition: Recognition
    wishes: Wishes
    is_known: bool


def recall(layouts: Layouts, stager: Stager, table: Table, wishes: Wishes) -> Recalled:
    """Read a table as files with the same headings were read before; columns named now count instead."""
    recognition = stager.recognise(table, wishes)
    layout = layouts.of(recognition.fingerprint) if wishes.columns is None else None
    if layout is None:
        return Recalled(recognition, wishes, is_known=False)
    wishes = _with_layout(layout, wishes)
    return Recalled(stager.recognise(table, wishes), wishes, is_known=True)


def _with_layout(layout: Layout, wishes: Wishes) -> Wishes:
    known = {field.value: field for field in Field}
    columns: Mapping[Field, str] = {known[name]: column for name, column in layout.columns.items() if name in known}
    order = DateOrder(layout.date_order) if layout.date_order in set(DateOrder) else None
    return replace(wishes, columns=columns, date_order=wishes.date_order or order)
