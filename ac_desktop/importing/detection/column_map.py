"""The map of fields to columns, as it is typed on the command line."""

from collections.abc import Iterable, Mapping

from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.profiles.fields import Field
from ac_desktop.model.wording import tr


def parse_map(entries: Iterable[str]) -> Mapping[Field, str]:
    """Parse `field=COLUMN` as it is typed on the command line.

    Raises ImportFileError for an unknown field, or one given twice.
    """
    found: dict[Field, str] = {}
    for entry in entries:
        name, equals, column = entry.partition("=")
        key = name.strip().lower().replace("-", "_").replace(" ", "_")
        field = next((field for field in Field if field.value == key), None)
        if field is None or not equals:
            raise ImportFileError(
                tr(
                    "“{entry}” isn't of the form FIELD=COLUMN. The fields are: {fields}.",
                    entry=entry,
                    fields=", ".join(field.value for field in Field),
                )
            )
        if field in found:
            raise ImportFileError(
                tr("The field {field} is assigned twice. Choose one column for it.", field=field.value)
            )
        found[field] = column.strip()
    return found
