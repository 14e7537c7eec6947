"""A table that was opened and detected: how it is read for a connection, and what a person has to say first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ac_desktop.importing.detection.detect import detect
from ac_desktop.importing.detection.detection import Detection, ImportQuestion, OpenQuestion, asked_questions
from ac_desktop.importing.formats.table import Table
from ac_desktop.importing.options import ImportOptions, ImportSource
from ac_desktop.importing.profiles.columns import MATCHED, Field, distinct, fingerprint
from ac_desktop.importing.profiles.profiles import ExportProfile
from ac_desktop.importing.validation.table_validator import RequiredInput, TableValidator, validate_table
from ac_desktop.importing.values.dates import DateOrder
from ac_desktop.model.connection import Connection
from ac_desktop.model.scope import ScopeKind
from ac_desktop.store.imports.layouts import Layout, Layouts

_OF_NAMES = frozenset({Field.NAME, Field.FIRST_NAME, Field.LAST_NAME})


@dataclass(frozen=True, kw_only=True)
class DetectedTable:
    """A table as it will be validated; `rows` validates them, and is None for reports and without an e-mail column.

    `open_questions` are those that a person has to answer, `needs_page` whether none of the rows can be judged before
    the person names a page (rule 12).
    """

    source: ImportSource
    table: Table
    detection: Detection
    options: ImportOptions
    rows: TableValidator | None = None
    open_questions: tuple[OpenQuestion, ...] = ()
    needs_page: bool = False

    @property
    def chosen_columns(self) -> Mapping[Field, str]:
        """The columns by their headings, as a person who agrees with them chooses them."""
        headings, columns = distinct(self.table.header), self.detection.columns
        return {field: headings[columns[field]] for field in MATCHED if field in columns}

    @property
    def needs_answers(self) -> bool:
        """Whether a person has to say anything before the rows are staged."""
        return not self.table.is_report and bool(self.open_questions or self.lacks_answers)

    @property
    def lacks_answers(self) -> bool:
        """Whether the rows cannot be staged without an answer."""
        return not self.table.is_report and (self.needs_page or Field.EMAIL not in self.detection.columns)


def detect_table(
    source: ImportSource,
    table: Table,
    options: ImportOptions,
    *,
    connection: Connection,
    profiles: Sequence[ExportProfile],
    layouts: Layouts | None,
) -> DetectedTable:
    """Detect a table, as a person once chose for files with the same headings; named columns take precedence.

    Raises ImportFileError where the options name a column that the table has not.
    """
    remembered = None
    if layouts is not None and options.columns is None:
        remembered = layouts.of(fingerprint(table.header))
    if remembered is not None:
        options = _with_layout(remembered, options)
    detection = detect(table, profiles, options.columns, date_order=options.date_order, chosen=options.profile)
    rows = None
    if not table.is_report and Field.EMAIL in detection.columns:
        settings = connection.settings
        rows = validate_table(
            table,
            detection,
            scope=settings.scope,
            phone_style=settings.phone_style,
            page=options.page,
            team=options.team,
        )
    questions = () if table.is_report else _open_questions(detection, options)
    return DetectedTable(
        source=source,
        table=table,
        detection=detection,
        options=options,
        rows=rows,
        open_questions=questions if remembered is None else _unanswered(questions, options),
        needs_page=_needs_page(table, rows, connection, options),
    )


def layout_of(options: ImportOptions, header: Sequence[str], profile: str) -> Layout:
    """Return the columns and the order of dates that a person chose, for the next file with the same headings.

    `header` are these headings, each under a name of its own; `profile` is the name of the one detected.
    """
    columns = {field.value: heading for field, heading in (options.columns or {}).items()}
    return Layout(columns, options.date_order.value if options.date_order else "", tuple(header), profile)


def named_layout(detected: DetectedTable) -> Layout:
    """Return the layout of a table whose columns were named in part: with those detected, but for what is in doubt."""
    options, kinds = detected.options, {question.kind for question in detected.open_questions}
    doubtful = {Field.DATE} if ImportQuestion.DATE_ORDER in kinds else set()
    doubtful |= _OF_NAMES if kinds & {ImportQuestion.NAME_SPLIT, ImportQuestion.BY_CONTENT} else set()
    sure = {field: heading for field, heading in detected.chosen_columns.items() if field not in doubtful}
    whole = replace(options, columns={**sure, **(options.columns or {})})
    return layout_of(whole, distinct(detected.table.header), detected.detection.name)


def _unanswered(questions: Iterable[OpenQuestion], options: ImportOptions) -> tuple[OpenQuestion, ...]:
    """Return the questions that a remembered layout does not answer."""
    columns = (options.columns or {}).keys()
    answered = {ImportQuestion.DATE_ORDER} if Field.DATE in columns or options.date_order else set()
    answered |= {ImportQuestion.NAME_SPLIT, ImportQuestion.BY_CONTENT} if _OF_NAMES & columns else set()
    return tuple(one for one in questions if one.kind not in answered)


def _open_questions(detection: Detection, options: ImportOptions) -> tuple[OpenQuestion, ...]:
    """Return the questions to ask; whoever names the columns of names has said that they are right."""
    asked = asked_questions(detection.open_questions)
    if options.columns is not None and _OF_NAMES & options.columns.keys():
        return tuple(one for one in asked if one.kind is not ImportQuestion.BY_CONTENT)
    return asked


def _needs_page(table: Table, rows: TableValidator | None, connection: Connection, options: ImportOptions) -> bool:
    if rows is not None:
        return RequiredInput.PAGE in rows.required
    return not table.is_report and connection.settings.scope.kind is not ScopeKind.ALL and not options.page


def _with_layout(layout: Layout, options: ImportOptions) -> ImportOptions:
    known = {field.value: field for field in Field}
    columns: Mapping[Field, str] = {known[name]: column for name, column in layout.columns.items() if name in known}
    order = DateOrder(layout.date_order) if layout.date_order in set(DateOrder) else None
    return replace(options, columns=columns, date_order=options.date_order or order)
