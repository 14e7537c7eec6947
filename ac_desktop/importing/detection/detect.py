"""Detects which service a table comes from and which column is which field, with the evidence for it."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default
from types import MappingProxyType
from typing import Final

from ac_desktop.importing.detection.detection import BoundRule, Detection, ImportQuestion, OpenQuestion, OtherEmail
from ac_desktop.importing.detection.status_columns import RowRule, StatusColumns, status_columns
from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.formats.layout import holds_email
from ac_desktop.importing.formats.table import FileKind, Table
from ac_desktop.importing.profiles.columns import (
    RELAYED,
    Field,
    distinct,
    fingerprint,
    fits_name,
    normalised,
    of_somebody_else,
)
from ac_desktop.importing.profiles.profiles import ExportProfile, load_profiles
from ac_desktop.importing.profiles.report_columns import ReportColumn
from ac_desktop.importing.values.consent_words import CONSENT_VALUES
from ac_desktop.importing.values.dates import DateOrder, order_of, parse_moment
from ac_desktop.importing.values.email_address import check_email
from ac_desktop.importing.values.file_consent import ConsentColumn
from ac_desktop.model.wording import profile_label, quoted, tr

_PHONE = re.compile(r"^[\s'+\d().\-/]{7,}(?:\s*(?:x|ext\.?)\s*\d+)?$", re.IGNORECASE)
_MOST_CELLS: Final = 0.6
_CONSENT_KINDS: Final[Mapping[Field, ConsentColumn]] = MappingProxyType(
    {
        Field.STATUS: ConsentColumn.ANY_STATUS,
        Field.CONSENT: ConsentColumn.OPT_IN,
        Field.DO_NOT_CONTACT: ConsentColumn.OPT_OUT,
    }
)
"""What the columns of these fields hold, where their headings do not say it."""
_PHONE_DIGITS: Final = 7
_NEARLY_ALL: Final = 0.9
_OF_MANY_MEANINGS: Final[Mapping[Field, frozenset[str]]] = MappingProxyType(
    {
        Field.EMAIL: frozenset({"mail", "correo"}),
        Field.PHONE: frozenset({"mobile", "cell", "móvil", "movil", "celular", "portable", "handy", "mobil"}),
    }
)
"""Headings that mean a field only where most of the cells look like it: “Mobile” may say t or f."""
_PARTNERS: Final[Mapping[str, tuple[Field, frozenset[str]]]] = MappingProxyType(
    {
        "name": (Field.LAST_NAME, frozenset({"vorname", "vornamen"})),
        "nom": (Field.LAST_NAME, frozenset({"prénom", "prénoms", "prenom", "prenoms"})),
        "nombre": (Field.FIRST_NAME, frozenset({"apellidos", "apellido", "apellido paterno", "primer apellido"})),
        "nome": (Field.FIRST_NAME, frozenset({"sobrenome", "apelido", "último nome", "ultimo nome"})),
    }
)
"""Headings of a whole name that mean one half of it beside the heading of the other half."""


def detect(
    table: Table,
    profiles: Sequence[ExportProfile],
    overrides: Mapping[Field, str] | None = None,
    *,
    date_order: DateOrder | None = None,
    chosen: str = "",
) -> Detection:
    """Return the service and the columns of a table.

    `overrides` name columns by heading or as “Column 7”; `""` removes a field. `chosen` names the profile where a
    person knows better than the headings.

    Raises ImportFileError where an override names a column that the file has not.
    """
    headings = tuple(normalised(heading) for heading in table.header)
    known = frozenset((*headings, *map(normalised, distinct(table.header))))
    fallback = _fallback(profiles) or _fallback(load_profiles()) or ExportProfile("none", "")
    is_json = table.kind is FileKind.WEBHOOK
    found = next((one for one in profiles if one.signature and one.matches(known, is_json=is_json)), fallback)
    profile = next((one for one in profiles if chosen and one.name == chosen), found)
    finder = _Detector(table, headings, tuple(map(normalised, distinct(table.header))), profile, fallback)
    finder.find()
    finder.override(overrides or {})
    return finder.detection(date_order)


def _fallback(profiles: Iterable[ExportProfile]) -> ExportProfile | None:
    return next((profile for profile in profiles if profile.is_fallback), None)


@dataclass(slots=True)
class _Detector:
    """Collects columns, evidence and questions of one table."""

    table: Table
    headings: tuple[str, ...]
    distinct_headings: tuple[str, ...]
    profile: ExportProfile
    fallback: ExportProfile
    columns: dict[Field, int] = default(default_factory=dict)
    evidence: list[str] = default(default_factory=list)
    questions: list[OpenQuestion] = default(default_factory=list)
    chosen_by_hand: set[Field] = default(default_factory=set)

    def find(self) -> None:
        """Assign the profile's columns, else the common headings, else columns by the format of their cells."""
        self._add_origin_evidence()
        self._assign(self.profile.columns)
        if self.profile.synonyms:
            self._assign(self.fallback.columns)
        self._assign_half_names()
        if not self._has_header:
            self._assign_by_content()

    def override(self, overrides: Mapping[Field, str]) -> None:
        """Replace what was found by what a person chose."""
        for field, heading in overrides.items():
            self.chosen_by_hand.add(field)
            if heading.strip():
                self.columns[field] = self._index_of(heading)
                self.evidence.append(
                    tr("You chose “{column}” for {field}.", column=self._named(self.columns[field]), field=field.value)
                )
            else:
                self.columns.pop(field, None)

    def detection(self, date_order: DateOrder | None) -> Detection:
        """Return what was found, with the questions that are left."""
        if {Field.FIRST_NAME, Field.LAST_NAME} & self.columns.keys() and Field.NAME not in self.chosen_by_hand:
            self.columns.pop(Field.NAME, None)
        self._ask_email_column()
        self._ask_name_split()
        order = date_order or self.profile.date_order or self._date_order()
        relayed = {self.columns[field] for field in RELAYED if field in self.columns}
        emails = self._emails()
        relayed.update(email.column for email in emails)
        own_rules = tuple(self._rules())
        return Detection(
            profile=self.profile,
            columns=MappingProxyType(dict(self.columns)),
            evidence=tuple(self.evidence),
            open_questions=tuple(self.questions),
            not_relayed=tuple(name for place, name in enumerate(distinct(self.table.header)) if place not in relayed),
            fingerprint=fingerprint(self.table.header),
            leave_out=own_rules,
            statuses=self._statuses(relayed, own_rules),
            emails=emails,
            date_order=order,
        )

    def _add_origin_evidence(self) -> None:
        proof = [word for word in (*self.profile.signature, *self.profile.any_of) if word in self.headings]
        if proof:
            names = ", ".join(quoted(self._named(self.headings.index(word))) for word in proof)
            self.evidence.append(
                tr(
                    "Recognized as {label} by its columns {names}.",
                    label=profile_label(self.profile.label),
                    names=names,
                )
            )
        else:
            self.evidence.append(
                tr("The source of this file isn't known. Its columns were matched by common headings.")
            )

    def _assign(self, wanted: Mapping[Field, tuple[str, ...]]) -> None:
        for field, names in wanted.items():
            if field in self.columns:
                continue
            places = [place for name in names for place in self._places_of(name)]
            places = [place for place in places if self._fits(field, place)]
            if not places:
                continue
            self.columns[field] = places[0]
            if len(places) > 1 and field in RELAYED and not (field is Field.EMAIL and self.profile.bad_marks):
                self.evidence.append(
                    tr(
                        "Several columns could be {field}. AC Desktop uses “{taken}”, not {others}.",
                        field=field.value,
                        taken=self._named(places[0]),
                        others=", ".join(quoted(self._named(place)) for place in places[1:]),
                    )
                )

    def _places_of(self, name: str) -> Iterator[int]:
        """Return the columns with a profile's name for a heading, which may also be one such as “Email (2)”."""
        for place, (heading, own) in enumerate(zip(self.headings, self.distinct_headings, strict=True)):
            if fits_name(heading, name) or own == name:
                yield place

    def _fits(self, field: Field, place: int) -> bool:
        if field in RELAYED and of_somebody_else(self.headings[place]):
            return False
        if self.headings[place] in _OF_MANY_MEANINGS.get(field, ()):
            return self._share(place, _is_phone if field is Field.PHONE else _is_email) > _MOST_CELLS
        return True

    def _assign_half_names(self) -> None:
        """Assign a heading that means the whole name, or half of it where the other half has a heading of its own."""
        place = self.columns.get(Field.NAME, -1)
        half, partners = _PARTNERS.get(self.headings[place] if place >= 0 else "", (None, frozenset()))
        if half is not None and half not in self.columns and not partners.isdisjoint(self.headings):
            self.columns[half] = place

    def _assign_by_content(self) -> None:
        """Assign columns by their cells, where there is no header."""
        places = range(len(self.headings))
        emails = [place for place in places if self._share(place, _is_email) >= _MOST_CELLS / 2]
        if emails:
            self.columns[Field.EMAIL] = emails[0]
        phones = [place for place in places if place not in emails and self._share(place, _is_phone) > _MOST_CELLS]
        if phones:
            self.columns[Field.PHONE] = phones[0]
        names = [
            place for place in places if place not in {*emails, *phones} and self._share(place, _is_name) > _MOST_CELLS
        ]
        if len(names) == 1:
            self.columns[Field.NAME] = names[0]
        elif names:
            self.columns[Field.FIRST_NAME], self.columns[Field.LAST_NAME] = names[:2]
        if names:
            self._ask(
                ImportQuestion.BY_CONTENT,
                tr("There is no header row. The columns were identified by their contents. Are they correct?"),
            )

    def _share(self, place: int, fits: Callable[[str], bool]) -> float:
        cells = [cell for cell in self._cells(place) if cell.strip()]
        return sum(map(fits, cells)) / len(cells) if cells else 0.0

    def _cells(self, place: int) -> list[str]:
        return [row.cells[place] for row in self.table.sample if place < len(row.cells)]

    def _index_of(self, heading: str) -> int:
        wanted = normalised(heading)
        names = [normalised(name) for name in distinct(self.table.header)]
        columns = [f"column {place}" for place in range(1, len(names) + 1)]
        for choice in (names, columns):
            if wanted in choice:
                return choice.index(wanted)
        raise ImportFileError(
            tr(
                "“{name}” has no column “{column}”. Its columns are: {columns}.",
                name=self.table.file_name,
                column=heading,
                columns=", ".join(distinct(self.table.header)),
            )
        )

    def _named(self, place: int) -> str:
        return " ".join(distinct(self.table.header)[place].split())

    def _ask(self, kind: ImportQuestion, text: str, candidates: Iterable[int] = ()) -> None:
        self.questions.append(OpenQuestion(kind, text, tuple(self._named(place) for place in candidates)))

    def _ask_email_column(self) -> None:
        if Field.EMAIL in self.columns:
            return
        places = [
            place
            for place, heading in enumerate(self.headings)
            if not of_somebody_else(heading) and self._share(place, _is_email) > _MOST_CELLS
        ]
        sure = [place for place in places if self._share(place, _is_whole_email) >= _NEARLY_ALL]
        self.questions.append(
            OpenQuestion(
                ImportQuestion.EMAIL_COLUMN,
                tr("Which column contains the donors' email addresses?"),
                tuple(map(self._named, places)),
                proposed=self._named(sure[0]) if len(sure) == 1 else "",
            )
        )

    def _ask_name_split(self) -> None:
        if Field.NAME in self.columns and not self.profile.split_names and Field.NAME not in self.chosen_by_hand:
            self._ask(
                ImportQuestion.NAME_SPLIT,
                tr("Full names are in one column. They will be split at the last space. Is that correct?"),
                [self.columns[Field.NAME]],
            )

    def _date_order(self) -> DateOrder:
        place = self.columns.get(Field.DATE)
        if place is None:
            return DateOrder.UNKNOWN
        cells = [cell for cell in self._cells(place) if cell.strip()]
        order = order_of(cells)
        if order is DateOrder.UNKNOWN:
            self._ask(
                ImportQuestion.DATE_ORDER,
                tr("Do dates start with the day or the month? Until you choose, the later row counts as newer."),
                [place],
            )
        elif cells and not any(parse_moment(cell, order or DateOrder.UNKNOWN) for cell in cells):
            self._ask(
                ImportQuestion.DATE_UNREAD,
                tr("The dates can't be read (“{sample}”), so the later row counts as newer.", sample=cells[0].strip()),
                [place],
            )
        return order or DateOrder.UNKNOWN

    def _emails(self) -> tuple[OtherEmail, ...]:
        """Return the e-mail columns of a service that marks bad ones."""
        if not self.profile.bad_marks or Field.EMAIL in self.chosen_by_hand:
            return ()
        found = []
        for name in self.profile.columns.get(Field.EMAIL, ()):
            if name in self.headings:
                mark = self.profile.bad_marks.get(name, "")
                found.append(
                    OtherEmail(self.headings.index(name), self.headings.index(mark) if mark in self.headings else -1)
                )
        return tuple(found)

    def _rules(self) -> Iterable[BoundRule]:
        for rule in self.profile.leave_out:
            for place, heading in enumerate(self.headings):
                if heading in rule.columns:
                    yield BoundRule(place, rule, self._named(place))

    def _statuses(self, relayed: Collection[int], rules: Iterable[BoundRule]) -> StatusColumns:
        """Return the columns that hold a status; the report's own columns are ignored."""
        ignored = self.profile.ignore | {*self.profile.bad_marks.values()}
        own = len(ReportColumn) if self.table.is_report else 0
        read: dict[int, list[RowRule]] = {}
        for bound in rules:
            read.setdefault(bound.column, []).append(bound.rule)
        return status_columns(
            self.table.header,
            relayed=relayed if self._has_header else {self.columns.get(Field.EMAIL, -1)},
            ignored={place for place, heading in enumerate(self.headings) if place < own or heading in ignored},
            read=read,
            consent_kinds=dict(self._kinds_of_consent()),
        )

    @property
    def _has_header(self) -> bool:
        return bool(self.table.header_row) or self.table.opened.header is not None

    def _kinds_of_consent(self) -> Iterator[tuple[int, ConsentColumn]]:
        """Return the kind of columns known by their cells, by the profile or by a person, the surest last."""
        for place in range(len(self.headings)):
            if not self._has_header or not CONSENT_VALUES.isdisjoint(
                cell.strip().casefold() for cell in self._cells(place)
            ):
                yield place, ConsentColumn.ANY_STATUS
        for field, kind in _CONSENT_KINDS.items():
            if field in self.columns:
                yield self.columns[field], kind


def _is_email(cell: str) -> bool:
    return holds_email((cell,))


def _is_whole_email(cell: str) -> bool:
    return check_email(cell).ok


def _is_phone(cell: str) -> bool:
    return bool(_PHONE.match(cell)) and sum(character.isdigit() for character in cell) >= _PHONE_DIGITS


def _is_name(cell: str) -> bool:
    return not any(character.isdigit() or character == "@" for character in cell)
