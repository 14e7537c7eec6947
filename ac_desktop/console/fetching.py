"""fetch: queue the donations that Anedot has."""

import argparse
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from ac_desktop.console.connections import ask_key_hidden, connection_of
from ac_desktop.console.importing import answer, before_queueing, leftovers_exit_code, print_imported
from ac_desktop.console.terminal import ConsoleError, ExitCode, is_interactive, print_json, print_line, warn
from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.pipeline import import_source
from ac_desktop.importing.profiles.profiles import load_profiles, own_profile_folders
from ac_desktop.importing.sources.anedot_api import FetchProblem, parse_uid, problem_text
from ac_desktop.importing.sources.anedot_fetch import FailedFetch, FetchedDonations
from ac_desktop.model.address import AddressError
from ac_desktop.model.connection import Connection, KeyPlace
from ac_desktop.model.wording import source_name, tr
from ac_desktop.platform.local_time import local_time
from ac_desktop.platform.paths import ANEDOT_KEY_VARIABLE
from ac_desktop.services import Services

_OF_THE_COMMAND = frozenset(
    {FetchProblem.NOT_SET_UP, FetchProblem.NO_KEY, FetchProblem.WRONG_ACCOUNT, FetchProblem.NO_REQUESTS_LEFT}
)


def fetch(services: Services, args: argparse.Namespace) -> ExitCode:
    """Queue the donations of some days that are not in the queue yet, and print the import result."""
    connection = connection_of(services, args)
    from_day, to_day = _days(services, args)
    try:
        fetched = _fetched(services, connection, args, from_day, to_day)
    except AddressError as error:
        raise ConsoleError(ExitCode.WRONG_USE, str(error)) from error
    days = f"{from_day.isoformat()}/{to_day.isoformat()}"
    if fetched.source is None:
        _print_nothing_new(fetched, days, as_json=args.json)
    else:
        _import(services, args, connection, fetched)
    if not args.json:
        print_line(tr("Requests left this month: {count}.", count=fetched.requests_left))
    return leftovers_exit_code(services, connection)


def _days(services: Services, args: argparse.Namespace) -> tuple[date, date]:
    today = local_time(services.clock.now()).date()
    to_day: date = args.until or today
    from_day: date = args.since or min(to_day, today - timedelta(days=1))
    if from_day > to_day:
        raise ConsoleError(ExitCode.WRONG_USE, tr("The first day is after the last day."))
    return from_day, to_day


def _fetched(
    services: Services, connection: Connection, args: argparse.Namespace, from_day: date, to_day: date
) -> FetchedDonations:
    """Fetch with the key of the environment or the keyring, else with one that is typed, which is kept if it works."""
    anedot = services.anedot
    uid = parse_uid(args.account) if args.account else ""
    attempt = partial(anedot.fetch.fetch, connection, from_day, to_day, by_itself=False, uid=uid)
    typed, found = "", attempt()
    if isinstance(found, FailedFetch) and found.problem in {FetchProblem.NO_KEY, FetchProblem.KEY_REFUSED}:
        typed = _ask_for_key(services, found)
        found = attempt(key=typed)
    if isinstance(found, FailedFetch):
        raise _failed(found)
    if uid or typed:
        account = anedot.accounts.of(connection.id)
        location = anedot.keep(connection.id, uid or (account.uid if account is not None else ""), typed)
        if location is not None and location.place is KeyPlace.SESSION:
            warn(tr("This computer has no keyring, so the API key is used for this command only and isn't saved."))
        elif location is not None:
            warn(location.text)
    return found


def _ask_for_key(services: Services, failed: FailedFetch) -> str:
    """Ask a person for another key. Raises ConsoleError where nobody is there, or the environment names one."""
    if not is_interactive() or services.anedot_options.key:
        raise _failed(failed)
    if failed.problem is FetchProblem.KEY_REFUSED:
        warn(problem_text(failed.problem))
    return ask_key_hidden(tr("Anedot API key (hidden as you type):"))


def _failed(failed: FailedFetch) -> ConsoleError:
    text = problem_text(failed.problem)
    if failed.problem is FetchProblem.NOT_SET_UP:
        text = tr("{told} Add --account UID.", told=text)
    elif failed.problem is FetchProblem.NO_KEY:
        text = tr("{told} A script passes the key in {variable}.", told=text, variable=ANEDOT_KEY_VARIABLE)
    code = ExitCode.WRONG_USE if failed.problem in _OF_THE_COMMAND else ExitCode.UNREACHABLE
    return ConsoleError(code, text)


def _print_nothing_new(fetched: FetchedDonations, days: str, *, as_json: bool) -> None:
    name = source_name("fetch", days)
    if as_json:
        counts = dict.fromkeys(("rows", "waiting", "held", "skipped"), 0)
        print_json({"batch": None, "file": days, **counts, "unread_columns": [], "problems": []})
    elif fetched.known:
        print_line(tr("{name}: no new donations. Known from earlier imports: {count}.", name=name, count=fetched.known))
    else:
        print_line(tr("{name}: no donations. If you expected some, check the account UID.", name=name))


def _import(services: Services, args: argparse.Namespace, connection: Connection, fetched: FetchedDonations) -> None:
    if fetched.source is None:
        return
    try:
        imported = import_source(
            services.queue,
            services.row_hashes,
            connection,
            fetched.source,
            load_profiles(*own_profile_folders()),
            now=services.clock.now(),
            layouts=services.layouts,
            answer=answer,
            before_queueing=partial(before_queueing, services, args),
        )
    except ImportFileError as error:
        raise ConsoleError(ExitCode.WRONG_USE, str(error)) from error
    if args.json:
        imported = replace(imported, file_name=fetched.source.fetched)
    print_imported(services, connection, [imported], as_json=args.json, several=False)
    if fetched.known and not args.json:
        print_line(tr("Known from earlier imports: {count}.", count=fetched.known))
