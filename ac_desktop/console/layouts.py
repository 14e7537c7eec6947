"""layouts: which columns people once matched, and their names; one exported as a profile, or removed."""

import argparse
from collections.abc import Mapping

from ac_desktop.console.terminal import ConsoleError, ExitCode, print_json, print_line, table
from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.profiles.columns import Field
from ac_desktop.importing.profiles.profiles import own_profile_folders, profile_toml, write_profile
from ac_desktop.model.wording import tr
from ac_desktop.platform.local_time import local_day, local_time
from ac_desktop.services import Services
from ac_desktop.store.imports.layouts import LONGEST_NAME, KnownLayout


def layouts(services: Services, args: argparse.Namespace) -> ExitCode:
    """List the known layouts, or do with one of them what the command says."""
    match args.action:
        case "rename":
            known = _named(services, args.name)
            if not services.layouts.rename(known.fingerprint, args.new_name):
                text = tr(
                    "“{name}” can't be the name. It must be new, and have 1 to {longest} characters.",
                    name=args.new_name,
                    longest=LONGEST_NAME,
                )
                raise ConsoleError(ExitCode.WRONG_USE, text)
        case "export":
            _export(_named(services, args.name), args)
        case "remove":
            services.layouts.remove(_named(services, args.name).fingerprint)
        case _:
            _list(services.layouts.all(), as_json=args.json)
    return ExitCode.OK


def _named(services: Services, name: str) -> KnownLayout:
    wanted = " ".join(name.split()).casefold()
    found = next((one for one in services.layouts.all() if one.name.casefold() == wanted), None)
    if found is None:
        text = tr("There is no layout “{name}”. “ac-desktop layouts” lists them.", name=name)
        raise ConsoleError(ExitCode.WRONG_USE, text)
    return found


def _list(known: list[KnownLayout], *, as_json: bool) -> None:
    if as_json:
        print_json({"layouts": [_as_json(one) for one in known]})
    elif not known:
        print_line(tr("No layout is known yet. AC Desktop remembers the columns that you match."))
    else:
        rows: list[Mapping[str, str]] = [
            {
                tr("NAME"): one.name,
                tr("CHANGED"): local_day(one.changed_at),
                tr("COLUMNS"): ", ".join(f"{field}={heading}" for field, heading in _matched(one).items()),
            }
            for one in known
        ]
        for line in table(rows).splitlines():
            print_line(line)


def _matched(known: KnownLayout) -> dict[str, str]:
    columns = known.layout.columns
    return {field.value: columns[field.value] for field in Field if columns.get(field.value)}


def _as_json(known: KnownLayout) -> dict[str, object]:
    return {
        "name": known.name,
        "profile": known.layout.profile,
        "columns": _matched(known),
        "dates": known.layout.date_order,
        "changed_at": local_time(known.changed_at).isoformat(timespec="seconds"),
    }


def _export(known: KnownLayout, args: argparse.Namespace) -> None:
    try:
        if args.out is None:
            for line in profile_toml(known).splitlines():
                print_line(line)
            return
        write_profile(args.out, known)
    except ImportFileError as error:
        raise ConsoleError(ExitCode.WRONG_USE, str(error)) from error
    print_line(
        tr(
            "“{name}” was saved as {file}. To use it on another computer, copy it there into {folder}.",
            name=known.name,
            file=args.out,
            folder=own_profile_folders()[0],
        )
    )
