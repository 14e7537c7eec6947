"""A kill of a workstation, with the donors that it had on their way."""

import time

from tests.office import checker
from tests.office.office import Office
from tests.office.workstations import Workstation


def kill(opened: Office, workstation: Workstation) -> checker.Kill:
    """Kill a workstation; return whose relay was on its way, by the account's record and the office's rows.

    That no donor whose relay had ended is sent again is told by the attempts: one that was sent has one.
    """
    begun = time.monotonic()
    workstation.kill()
    requests = [request for request in opened.account.requests() if request.email]
    own = [request for request in requests if request.who in {workstation.name, ""}]
    at = max([begun, *(request.at for request in own[-1:])])
    # Whose request it was cannot be seen any more where its process was killed meanwhile.
    last = {request.email: request.who or workstation.name for request in requests if request.at <= at}
    # Another workstation may see the death at once, and have asked again before this one could look.
    newest = list(dict.fromkeys(request.email for request in reversed(own)))[: checker.MOST_IN_FLIGHT]
    again = {request.email for request in requests if request.at > at} & set(newest)
    sending = {row["email"] for row in opened.rows("SELECT email FROM record WHERE state = 'sending'")}
    found = frozenset(one for one in sending | again if last.get(one, workstation.name) == workstation.name)
    return checker.Kill(workstation.name, at, found)
