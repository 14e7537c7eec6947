"""The columns a person once chose for files of a layout, applied to the options of another: for both front ends."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ac_desktop.importing.detection.detection import Detection
from ac_desktop.importing.detection.fields import Field
from ac_desktop.importing.formats.table import Table
from ac_desktop.importing.options import ImportOptions
from ac_desktop.importing.staging import TableStager
from ac_desktop.importing.validation.dates import DateOrder
from ac_desktop.store.imports.layouts import Layout, Layouts


@dataclass(frozen=True)
class Recalled:
    """How a table is read, and whether a person has chosen that before."""

    detection: Detection
    options: ImportOptions
    is_known: bool


def recall(layouts: Layouts, stager: TableStager, table: Table, options: ImportOptions) -> Recalled:
    """Detect a table as files with the same headings were read before; columns named in the options take precedence."""
    detection = stager.detect(table, options)
    layout = layouts.of(detection.fingerprint) if options.columns is None else None
    if layout is None:
        return Recalled(detection, options, is_known=False)
    options = _with_layout(layout, options)
    return Recalled(stager.detect(table, options), options, is_known=True)


def _with_layout(layout: Layout, options: ImportOptions) -> ImportOptions:
    known = {field.value: field for field in Field}
    columns: Mapping[Field, str] = {known[name]: column for name, column in layout.columns.items() if name in known}
    order = DateOrder(layout.date_order) if layout.date_order in set(DateOrder) else None
    return replace(options, columns=columns, date_order=options.date_order or order)
