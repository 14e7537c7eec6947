"""Export profiles: what is known of each service's files, read from small TOML files, and written to them."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as default
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.profiles.columns import MATCHED, RELAYED, Field, normalised, of_somebody_else, without_accents
from ac_desktop.importing.values.cells import amount, clean_cell
from ac_desktop.importing.values.dates import DateOrder
from ac_desktop.model.reason_codes import NO_DONATION
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.wording import tr
from ac_desktop.platform.paths import config_folder, resources_folder
from ac_desktop.platform.private_files import write_private
from ac_desktop.store.imports.layouts import KnownLayout

_REASONS: Final = {code.value: code for code in ReasonCode if code in NO_DONATION}
_FIELDS: Final = frozenset(field.value for field in Field)
_DATE_ORDERS: Final = {order.value: order for order in (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST)}
_HOLD_KEYS: Final = frozenset({"columns", "keep"})
_RULE_KEYS: Final = frozenset({"columns", "reason", "drop", "keep", "filled", "positive", "negative"})
_KEYS: Final = frozenset(
    {"name", "label", "signature", "any_of", "columns", "leave_out", "bad_marks", "empty", "synonyms", "split_names"}
    | {"order", "ignore", "hold", "format", "dates", "based_on"}
)
_USUAL_ORDER: Final = 50
FALLBACK: Final = "plain"
"""The name of the profile of files of an unknown service."""


@dataclass(frozen=True, slots=True)
class SkipRule:
    """A rule for rows that are no donations, or may be none: by the value of each of `columns` that the file has.

    `drop` and `keep` are patterns without case; an empty cell is never a reason to leave a row out.
    """

    columns: tuple[str, ...]
    reason: ReasonCode
    drop: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    filled: bool = False
    positive: bool = False
    negative: bool = False

    def leaves_out(self, cell: str) -> bool:
        """Whether a row with this cell is left out."""
        text = clean_cell(cell, marked=True).casefold()
        if not text:
            return False
        if self.filled or any(fnmatchcase(text, pattern) for pattern in self.drop):
            return True
        if self.positive or self.negative:
            money = amount(text) or 0.0
            return (self.positive and money > 0) or (self.negative and money < 0)
        return bool(self.keep) and not any(fnmatchcase(text, pattern) for pattern in self.keep)

    def why(self, cell: str) -> ReasonCode | None:
        """Return why a row with this cell is left out, None where it is not."""
        return self.reason if self.leaves_out(cell) else None


@dataclass(frozen=True, slots=True)
class ExportProfile:
    """How the files of a service are recognised, and what their columns hold; the headings are normalised.

    `ignore` names columns that hold a status, but of neither the donor nor the donation. A profile that is `based_on`
    another one has its rules too; `json_only` is one of webhooks or an API.
    """

    name: str
    label: str
    signature: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    columns: Mapping[Field, tuple[str, ...]] = default(default_factory=dict)
    leave_out: tuple[SkipRule, ...] = ()
    bad_marks: Mapping[str, str] = default(default_factory=dict)
    empty: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    synonyms: bool = False
    split_names: bool = False
    order: int = _USUAL_ORDER
    json_only: bool = False
    date_order: DateOrder | None = None
    based_on: str = ""

    def matches(self, headings: frozenset[str], *, is_json: bool = False) -> bool:
        """Whether a file with these headings is of this service."""
        if self.json_only and not is_json:
            return False
        return headings.issuperset(self.signature) and (not self.any_of or not headings.isdisjoint(self.any_of))

    @property
    def is_fallback(self) -> bool:
        """Whether it is the profile of files of an unknown service."""
        return not self.signature


def built_in_profile_folder() -> Path:
    """Return the folder of the profiles that come with the program."""
    return resources_folder() / "profiles"


def own_profile_folders() -> tuple[Path, ...]:
    """Return the folders in which people keep profiles of their own: the present one, and that of older versions."""
    return config_folder() / "profiles", config_folder() / "recognisers"


def load_profiles(*folders: Path) -> tuple[ExportProfile, ...]:
    """Return the profiles in the order in which they are tried; the user's `folders` come before the built-in one.

    Raises ImportFileError, which names the file that cannot be used.
    """
    found: dict[str, tuple[Path, ExportProfile]] = {}
    own = [file for folder in folders for file in _profiles_in(folder)]
    for path, profile in (*own, *_built_in(built_in_profile_folder())):
        found.setdefault(profile.name, (path, profile))
    known = {name: profile for name, (_, profile) in found.items()}
    whole = [_with_base(path, profile, known) for path, profile in found.values()]
    return tuple(sorted(whole, key=lambda profile: profile.order))


def _profiles_in(folder: Path) -> tuple[tuple[Path, ExportProfile], ...]:
    return tuple((path, _load(path)) for path in sorted(folder.glob("*.toml")))


@lru_cache(maxsize=1)
def _built_in(folder: Path) -> tuple[tuple[Path, ExportProfile], ...]:
    """Return the profiles that come with the program, whose files do not change while it runs: 29 files take 8 ms."""
    return _profiles_in(folder)


@lru_cache(maxsize=1)
def known_headings() -> frozenset[str]:
    """Return every heading that a built-in profile names, to find header rows by."""
    return headings_of(load_profiles())


def headings_of(profiles: tuple[ExportProfile, ...]) -> frozenset[str]:
    """Return every heading that one of these profiles names."""
    words: set[str] = set()
    for profile in profiles:
        words.update(profile.signature, profile.any_of)
        for columns in profile.columns.values():
            words.update(columns)
        for rule in profile.leave_out:
            words.update(rule.columns)
    return frozenset(words)


def _load(path: Path) -> ExportProfile:
    try:
        known = _ProfileSet(path, tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise _unusable(path, str(error)) from error
    except RecursionError as error:
        raise _unusable(path, "it is nested too deep") from error
    return known.profile()


def _with_base(path: Path, profile: ExportProfile, known: Mapping[str, ExportProfile]) -> ExportProfile:
    """Return a profile with the rules of the one that it is based on, and with its columns that no person matches."""
    if not profile.based_on:
        return profile
    others = {name: one for name, one in known.items() if name != profile.name}
    if profile.based_on not in others:
        raise _unusable(path, f"there is no profile “{profile.based_on}” that it could be based on")
    base = _with_base(path, others[profile.based_on], others)
    unmatched: dict[Field, tuple[str, ...]] = {
        field: names for field, names in base.columns.items() if field not in MATCHED
    }
    return replace(
        profile,
        columns=MappingProxyType({**unmatched, **profile.columns}),
        leave_out=(*profile.leave_out, *base.leave_out),
        bad_marks=MappingProxyType({**base.bad_marks, **profile.bad_marks}),
        empty=profile.empty | base.empty,
        ignore=profile.ignore | base.ignore,
        json_only=profile.json_only or base.json_only,
        date_order=profile.date_order or base.date_order,
        order=min(profile.order, base.order) if profile.order == _USUAL_ORDER else profile.order,
    )


def _unusable(path: Path, detail: str) -> ImportFileError:
    return ImportFileError(
        tr(
            "The recognizer file “{name}” can't be used: {detail}. Fix it or remove it from its folder.",
            name=path.name,
            detail=detail.rstrip("."),
        )
    )


class _ProfileSet:
    """Reads one TOML file strictly, so that a misspelt key is an error and not ignored."""

    def __init__(self, path: Path, content: Mapping[str, object]) -> None:
        self._path = path
        self._content = content

    def profile(self) -> ExportProfile:
        self._only(self._content, _KEYS)
        top = self._content
        name, label, order = top.get("name"), top.get("label"), top.get("order", _USUAL_ORDER)
        if not isinstance(name, str) or not isinstance(label, str) or not name or not label:
            raise self._error("it needs a name and a label")
        if not isinstance(order, int):
            raise self._error("order must be a number")
        dates, based_on = top.get("dates", ""), top.get("based_on", "")
        if not isinstance(dates, str) or dates not in {"", *_DATE_ORDERS}:
            raise self._error(f"dates must be one of {', '.join(_DATE_ORDERS)}")
        if not isinstance(based_on, str) or top.get("format", "json") != "json":
            raise self._error("based_on must name a profile, and format can only be json")
        return ExportProfile(
            name=name,
            label=label,
            signature=self._headings(top, "signature"),
            any_of=self._headings(top, "any_of"),
            columns=MappingProxyType(self._columns()),
            leave_out=(*self._rules(), *self._holds()),
            bad_marks=MappingProxyType(
                {normalised(k): normalised(str(v)) for k, v in self._table("bad_marks").items()}
            ),
            empty=frozenset(self._headings(top, "empty")),
            ignore=frozenset(self._headings(top, "ignore")),
            synonyms=self._flag(top, "synonyms"),
            split_names=self._flag(top, "split_names"),
            order=order,
            json_only="format" in top,
            date_order=_DATE_ORDERS.get(dates),
            based_on=based_on,
        )

    def _columns(self) -> dict[Field, tuple[str, ...]]:
        table = self._table("columns")
        columns: dict[Field, tuple[str, ...]] = {}
        for key in table:
            if key not in _FIELDS:
                raise self._error(f"there is no field “{key}”")
            field = Field(key)
            names = self._headings(table, key)
            columns[field] = tuple(dict.fromkeys((*names, *map(without_accents, names))))
            if field in RELAYED and (wrong := next(filter(of_somebody_else, columns[field]), None)):
                raise self._error(
                    f"“{wrong}” belongs to somebody else and is never taken for the donor's {field.value}"
                )
        return columns

    def _rules(self) -> list[SkipRule]:
        return [self._rule(entry) for entry in self._tables("leave_out", _RULE_KEYS)]

    def _holds(self) -> list[SkipRule]:
        """Return the rules that hold a row whose status is none of those known; those that leave it out come first."""
        return [
            SkipRule(self._headings(entry, "columns"), ReasonCode.DONATION_UNCLEAR, keep=self._headings(entry, "keep"))
            for entry in self._tables("hold", _HOLD_KEYS)
        ]

    def _tables(self, key: str, keys: frozenset[str]) -> list[Mapping[str, object]]:
        entries = self._content.get(key, [])
        if not isinstance(entries, list):
            raise self._error(f"{key} must be [[{key}]] tables")
        tables: list[Mapping[str, object]] = []
        for entry in entries:
            if not isinstance(entry, dict):
                raise self._error(f"{key} must be [[{key}]] tables")
            self._only(entry, keys)
            tables.append(entry)
        return tables

    def _rule(self, entry: Mapping[str, object]) -> SkipRule:
        reason = _REASONS.get(str(entry.get("reason")))
        if reason is None:
            raise self._error(f"the reason of a leave_out must be one of {', '.join(_REASONS)}")
        return SkipRule(
            columns=self._headings(entry, "columns"),
            reason=reason,
            drop=self._headings(entry, "drop"),
            keep=self._headings(entry, "keep"),
            filled=self._flag(entry, "filled"),
            positive=self._flag(entry, "positive"),
            negative=self._flag(entry, "negative"),
        )

    def _table(self, key: str) -> Mapping[str, object]:
        table = self._content.get(key, {})
        if not isinstance(table, dict):
            raise self._error(f"{key} must be a table")
        return table

    def _headings(self, table: Mapping[str, object], key: str) -> tuple[str, ...]:
        entries = table.get(key, [])
        if isinstance(entries, str):
            entries = [entries]
        if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
            raise self._error(f"{key} must be a list of texts")
        return tuple(normalised(entry) for entry in entries)

    def _flag(self, table: Mapping[str, object], key: str) -> bool:
        flag = table.get(key, False)
        if not isinstance(flag, bool):
            raise self._error(f"{key} must be true or false")
        return flag

    def _only(self, table: Mapping[str, object], keys: frozenset[str]) -> None:
        if strange := next((key for key in table if key not in keys), None):
            raise self._error(f"there is no key “{strange}”")

    def _error(self, detail: str) -> ImportFileError:
        return _unusable(self._path, detail)


_DELETE: Final = "\x7f"


def profile_toml(known: KnownLayout) -> str:
    """Return a layout as a profile, which has the rules of the profile that its files were recognised as.

    Raises ImportFileError where a column of somebody else is matched with a field of the donor, which no profile may.
    """
    layout = known.layout
    columns = {field: layout.columns[field.value] for field in MATCHED if layout.columns.get(field.value)}
    wrong = next((columns[field] for field in RELAYED if field in columns and of_somebody_else(columns[field])), "")
    if wrong:
        raise ImportFileError(
            tr(
                "“{name}” can't be exported. Its column “{column}” belongs to somebody else.",
                name=known.name,
                column=wrong,
            )
        )
    lines = [
        f"name = {_text(f'layout-{known.fingerprint}')}",
        f"label = {_text(known.name)}",
        f"based_on = {_text(layout.profile or FALLBACK)}",
        f"signature = {_texts(layout.header or columns.values())}",
        "split_names = true",
        *([f"dates = {_text(layout.date_order)}"] if layout.date_order else []),
        "",
        "[columns]",
        *(f"{field.value} = {_texts([heading])}" for field, heading in columns.items()),
    ]
    return "\n".join(lines) + "\n"


def write_profile(path: Path, known: KnownLayout) -> None:
    """Write a layout as a profile. Raises ImportFileError, whose text is a sentence for the person."""
    content = profile_toml(known)
    try:
        write_private(path, content.encode("utf-8", "replace"))
    except OSError as error:
        detail = error.strerror or str(error)
        raise ImportFileError(
            tr("{file} couldn't be saved ({detail}). Choose another folder.", file=path, detail=detail)
        ) from error


def _texts(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"


def _text(text: str) -> str:
    """Return a TOML string: as in JSON, but for one more character that has to be escaped."""
    return json.dumps(text, ensure_ascii=False).replace(_DELETE, "\\u007f")
