"""A cable that is pulled, with data on the way that nobody ever acknowledges: who is cut off starts nothing."""

import random
import threading
import time
from typing import Final

from psycopg.sql import SQL, Literal

from tests.office import checker
from tests.office.network import Network, can_have_networks
from tests.office.office import Office, office
from tests.office.proof import Extent, Findings
from tests.office.proxy import Proxy
from tests.office.workstations import PATIENCE, Workstation

NAME: Final = "Spring"
_SHORTEST: Final = 8
_LONG: Final = 30
_BEYOND: Final = 150
"""Seconds after which the office has taken the cut-off workstation for gone, and freed its claims."""
_POLL: Final = 0.05
_DONORS_A_SECOND: Final = 3


def partitions(extent: Extent) -> Findings:
    """Show that a workstation behind a pulled cable asks the account nothing, and that nobody is lost or doubled."""
    findings = Findings(extent)
    if not can_have_networks():
        findings.count("not tried: needs root, iproute2 and nftables")
        return findings
    dice = random.Random(extent.seed)  # noqa: S311  repeatable, not a secret
    seconds = [dice.randint(_SHORTEST, extent.of(12, _LONG)) for _ in range(extent.of(1, 10))]
    if extent.is_long:
        seconds.append(_BEYOND)
    network = Network(1)
    try:
        with office([0.0]) as opened:
            _prove(opened, network, seconds, findings)
    finally:
        network.remove()
    return findings


def _prove(opened: Office, network: Network, seconds: list[int], findings: Findings) -> None:
    far = behind_a_cable(opened, network)
    opened.connect(NAME)
    imported = opened.queue(NAME, 40 + _DONORS_A_SECOND * sum(seconds) + 20 * len(seconds))
    for workstation in opened.workstations:
        workstation.start("relay", NAME)
    cut_off: list[checker.Kill] = []
    for length in seconds:
        _wait_for(opened, far.name)
        begun, on_its_way = time.monotonic(), _sending(opened, far.name)
        network.cut(opened.server.port)
        threading.Event().wait(length)
        ended = time.monotonic()
        network.mend()
        asked = [one for one in opened.account.requests() if one.who == far.name]
        late = [one for one in asked if begun + checker.FENCE < one.at < ended]
        findings.found([f"{len(late)} requests behind a pulled cable"] if late else [])
        if length == _BEYOND:
            cut_off.append(checker.Kill(far.name, begun, on_its_way))
    findings.found(opened.wait_for_relays())
    findings.found(opened.faults())
    rows = opened.rows("SELECT email, state FROM record")
    tally = {row["state"]: int(row["number"]) for row in opened.rows("SELECT state, number FROM tally")}
    requests = opened.account.requests()
    findings.found(checker.kept(imported, rows, tally) + checker.sent_is_true(rows, opened.account.members()))
    findings.found(checker.sent_once(requests, cut_off))
    unsent = len([row for row in rows if row["state"] != "sent"])
    findings.found([f"{unsent} donors are not sent"] if unsent else [])
    shares = [len([one for one in requests if one.who == workstation.name]) for workstation in opened.workstations]
    findings.count(f"{len(imported)} donors, cable pulled for {', '.join(map(str, seconds))} s")
    findings.count(f"requests of each workstation {shares}, asked again {checker.times_asked_again(requests)}")


def behind_a_cable(opened: Office, network: Network) -> Workstation:
    """Let a workstation join whose way to the server is a cable."""
    to_account = Proxy(opened.account.port, host=network.host, own_port=opened.account.port)
    network.lay(opened.server.port, opened.account.port)
    _listen_to(opened, network.host)
    return opened.add(within=network.within, to_account=to_account.start())


def _listen_to(opened: Office, host: str) -> None:
    """Let the server listen at the cable's end, too."""
    with opened.server.connect() as sql:
        found = sql.execute("SHOW hba_file").fetchone()
        assert found is not None
        rule = SQL("COPY (SELECT 'host all all all scram-sha-256') TO {}")
        sql.execute(rule.format(Literal(found[0])))
        sql.execute(SQL("ALTER SYSTEM SET listen_addresses = {}").format(Literal(f"127.0.0.1,{host}")))
    opened.server.restart()


def _wait_for(opened: Office, who: str) -> None:
    """Wait until a workstation asks the account again."""
    begun = time.monotonic()
    while not any(one.at > begun and one.who == who for one in opened.account.requests()[-20:]):
        if time.monotonic() > begun + PATIENCE:
            outputs = "\n".join(workstation.output for workstation in opened.workstations)
            raise AssertionError(f"{who} asks nothing more:\n{outputs}")
        threading.Event().wait(_POLL)


def _sending(opened: Office, who: str) -> frozenset[str]:
    last = {one.email: one.who for one in opened.account.requests() if one.email}
    rows = opened.rows("SELECT email FROM record WHERE state = 'sending'")
    return frozenset(row["email"] for row in rows if last.get(row["email"], who) == who)
