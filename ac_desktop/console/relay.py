"""relay: runs until nothing is waiting or the connection is not active."""

import argparse
import sys
from dataclasses import asdict

from ac_desktop.console.connections import connection_of, key_of
from ac_desktop.console.importing import leftovers_exit_code
from ac_desktop.console.privacy import doubt_text
from ac_desktop.console.terminal import ConsoleError, ExitCode, print_json, print_line, state_name, warn
from ac_desktop.model.connection import Connection
from ac_desktop.model.relay_texts import (
    bulk_refusal,
    estimate_text,
    list_reading_text,
    offer_text,
    trouble_text,
    what_differs,
)
from ac_desktop.model.states import ConnectionState
from ac_desktop.model.wording import ntr, tr
from ac_desktop.relay.housekeeping import remove_old_data
from ac_desktop.relay.progress import (
    PauseReason,
    Progress,
    can_go_in_bulk,
    estimate_bulk,
    estimate_for,
    may_read_list,
    offer,
)
from ac_desktop.services import Services
from ac_desktop.store.queue.records import StateCounts

_POLL_SECONDS = 0.2


def relay(services: Services, args: argparse.Namespace) -> ExitCode:
    """Relay a connection's records and print the result."""
    connection = connection_of(services, args)
    if args.bulk and not can_go_in_bulk(connection.settings):
        raise ConsoleError(ExitCode.WRONG_USE, bulk_refusal(connection.name))
    if connection.state is ConnectionState.ACTIVE:
        key_of(services, connection)
        _run(services, connection, in_bulk=args.bulk)
    after = services.connections.get(connection.id) or connection
    counts = services.queue.counts(connection.id)
    progress = services.engine.progress(connection.id)
    trouble = trouble_text(progress.trouble, is_own_fault=progress.is_own_fault)
    if not trouble:
        tidied = remove_old_data(services.retention, services.seen_time, services.clock.now())
        if tidied.doubt is not None:
            warn(doubt_text(tidied.doubt))
    if args.json:
        print_json({"state": after.state.value, "streak": after.circuit.streak, "records": asdict(counts)})
    else:
        print_line(_summary(after, counts))
    if trouble:
        raise ConsoleError(ExitCode.WRONG_USE, trouble)
    if after.state is not ConnectionState.ACTIVE:
        raise ConsoleError(ExitCode.NOT_ACTIVE, _not_active_text(services, after, counts))
    return leftovers_exit_code(services, connection)


def _run(services: Services, connection: Connection, *, in_bulk: bool) -> None:
    engine = services.engine
    if sys.stderr.isatty():
        _print_estimate(services, connection, in_bulk=in_bulk)
    engine.start(connection.id, in_bulk=in_bulk)
    if not sys.stderr.isatty():
        while not engine.join(connection.id, _POLL_SECONDS):
            continue
        return
    from tqdm import tqdm

    counts = services.queue.counts(connection.id)
    with tqdm(total=counts.waiting + counts.sending, unit=tr(" donors"), dynamic_ncols=True, leave=False) as bar:
        ended = False
        while not ended:
            ended = engine.join(connection.id, _POLL_SECONDS)
            progress = engine.progress(connection.id)
            bar.total = max(counts.waiting, progress.done + progress.waiting)
            bar.set_postfix_str(_postfix(services, progress), refresh=False)
            bar.update(progress.done - bar.n)


def _print_estimate(services: Services, connection: Connection, *, in_bulk: bool) -> None:
    """Print how long the relay will take, and what bulk relay would save."""
    settings = connection.settings
    waiting = services.queue.counts(connection.id).waiting
    share = services.record_reader.known_share(connection.id)
    bulk_offer = None if in_bulk else offer(waiting, settings, share_known=share)
    if bulk_offer is not None:
        offered = offer_text(bulk_offer.one_by_one_seconds, bulk_offer.bulk_seconds)
        warn(tr("{offer} To choose bulk, add --bulk.", offer=offered))
    elif in_bulk:
        warn(estimate_text(waiting, estimate_bulk(waiting, settings.pace)))
        warn(tr("Differences: {differs}", differs=what_differs()))
    elif waiting:
        warn(estimate_text(waiting, estimate_for(settings, waiting, share_known=share)))
    if not in_bulk and may_read_list(waiting, settings, is_office=services.store.office is not None):
        warn(list_reading_text())


def _postfix(services: Services, progress: Progress) -> str:
    parts = []
    if progress.failed:
        parts.append(ntr("{count} failed", "{count} failed", progress.failed))
    if progress.held:
        parts.append(ntr("{count} held", "{count} held", progress.held))
    if progress.unconfirmed:
        parts.append(tr("{count} to confirm", count=progress.unconfirmed))
    if progress.list_pages is not None:
        parts.append(tr("reading the list, page {page}", page=progress.list_pages.read + 1))
    if progress.pause_reason is not None and progress.paused_until is not None:
        seconds = max(0, round(progress.paused_until - services.clock.now()))
        why = {
            PauseReason.BREATHING: tr("next attempt in {seconds} s", seconds=seconds),
            PauseReason.BUSY: tr("ActiveCampaign is busy, continuing in {seconds} s", seconds=seconds),
            PauseReason.OFFLINE: tr("offline, continues automatically"),
            PauseReason.DATABASE_AWAY: tr("the office's server isn't responding, continues automatically"),
        }
        parts.append(why[progress.pause_reason])
    return ", ".join(parts)


def _summary(connection: Connection, counts: StateCounts) -> str:
    return tr(
        "Sent: {sent}. Waiting: {waiting}. Held: {held}. Failed: {failed}. Skipped: {skipped}. “{name}” is {state}.",
        sent=counts.sent,
        waiting=counts.waiting + counts.sending,
        held=counts.held,
        failed=counts.failed,
        skipped=counts.skipped,
        name=connection.name,
        state=state_name(connection.state),
    )


def _not_active_text(services: Services, connection: Connection, counts: StateCounts) -> str:
    if connection.state is ConnectionState.PAUSED:
        return tr(
            "“{name}” is paused. Waiting: {count}. To continue, run “ac-desktop resume”.",
            name=connection.name,
            count=counts.waiting,
        )
    failures = services.history.streak_attempts(connection.id, 1)
    why = failures[0].reason.text if failures and failures[0].reason else ""
    return tr(
        "“{name}” became inactive after five failed attempts in a row. {why} Still waiting: {count}. No donors "
        "were lost.",
        name=connection.name,
        why=why,
        count=counts.waiting,
    )
