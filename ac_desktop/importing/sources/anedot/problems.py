"""Why a fetch from Anedot brought nothing: a closed set of codes, and the sentences for people."""

from enum import StrEnum

from ac_desktop.model.wording import tr


class FetchProblem(StrEnum):
    """Why nothing was fetched. Nothing is taken in then, also not of the days that were read before."""

    NOT_SET_UP = "not_set_up"
    NO_KEY = "no_key"
    KEY_REFUSED = "key_refused"
    WRONG_ACCOUNT = "wrong_account"
    TOO_MANY_REQUESTS = "too_many_requests"
    NO_REQUESTS_LEFT = "no_requests_left"
    TOO_SOON = "too_soon"
    ANSWER_CHANGED = "answer_changed"
    ANSWER_TOO_LONG = "answer_too_long"
    REDIRECTED = "redirected"
    SERVER_TROUBLE = "server_trouble"
    TIMED_OUT = "timed_out"
    UNREACHABLE = "unreachable"
    TLS_FAILED = "tls_failed"
    NOT_IMPORTED = "not_imported"
    """Anedot's donations cannot be read as a file; the text of the outcome says why."""


def problem_text(problem: FetchProblem) -> str:
    """Return what happened, what it means for the donors, and what to do next."""
    return " ".join((_what_happened(problem), tr("Nothing was queued."), _what_to_do(problem)))


def _what_happened(problem: FetchProblem) -> str:
    return {
        FetchProblem.NOT_SET_UP: tr("This connection has no Anedot account yet."),
        FetchProblem.NO_KEY: tr("There is no Anedot API key for this connection."),
        FetchProblem.KEY_REFUSED: tr("Anedot rejected this API key."),
        FetchProblem.WRONG_ACCOUNT: tr("Anedot doesn't know this account UID."),
        FetchProblem.TOO_MANY_REQUESTS: tr("Anedot accepts no more requests at the moment."),
        FetchProblem.NO_REQUESTS_LEFT: tr("This account has too few requests left this month."),
        FetchProblem.TOO_SOON: tr("AC Desktop fetched from this account less than an hour ago."),
        FetchProblem.ANSWER_CHANGED: tr("Anedot's response isn't in the form that AC Desktop knows."),
        FetchProblem.ANSWER_TOO_LONG: tr("Anedot's response is too long."),
        FetchProblem.REDIRECTED: tr("Anedot sent the request to another address."),
        FetchProblem.SERVER_TROUBLE: tr("Anedot has a problem on its side."),
        FetchProblem.TIMED_OUT: tr("Anedot took too long to respond."),
        FetchProblem.UNREACHABLE: tr("AC Desktop can't reach Anedot."),
        FetchProblem.TLS_FAILED: tr("AC Desktop can't connect to Anedot securely."),
        FetchProblem.NOT_IMPORTED: tr("AC Desktop can't read Anedot's donations."),
    }[problem]


def _what_to_do(problem: FetchProblem) -> str:
    return {
        FetchProblem.NOT_SET_UP: tr("Enter your Anedot account UID."),
        FetchProblem.NO_KEY: tr("Enter the API key that Anedot gave you."),
        FetchProblem.KEY_REFUSED: tr("Check the API key, and ask Anedot whether your account is approved."),
        FetchProblem.WRONG_ACCOUNT: tr("Copy the UID of the account that the donations belong to."),
        FetchProblem.TOO_MANY_REQUESTS: tr("Fetch again later."),
        FetchProblem.NO_REQUESTS_LEFT: tr("Choose fewer days, or fetch again next month."),
        FetchProblem.TOO_SOON: tr("AC Desktop fetches again later."),
        FetchProblem.ANSWER_CHANGED: tr("Export the donations from Anedot and import the file."),
        FetchProblem.ANSWER_TOO_LONG: tr("Fetch fewer days at a time, or import a file from Anedot."),
        FetchProblem.REDIRECTED: tr("Check whether this network requires you to sign in."),
        FetchProblem.SERVER_TROUBLE: tr("Fetch again later."),
        FetchProblem.TIMED_OUT: tr("Fetch again later."),
        FetchProblem.UNREACHABLE: tr("Check the internet connection, then fetch again."),
        FetchProblem.TLS_FAILED: tr("Check the date of this computer, then ask your IT staff."),
        FetchProblem.NOT_IMPORTED: tr("Export the donations from Anedot and import the file."),
    }[problem]
