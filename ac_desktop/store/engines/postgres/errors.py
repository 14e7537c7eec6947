"""What the driver's errors mean for the office's database."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final

import psycopg

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.office_address import OfficeAddress

_BY_STATE: Final[Mapping[str, tuple[StoreProblem, StoreMessage]]] = MappingProxyType(
    {
        "08": (StoreProblem.AWAY, StoreMessage.OFFICE_AWAY),
        "57P": (StoreProblem.AWAY, StoreMessage.OFFICE_AWAY),
        "53300": (StoreProblem.AWAY, StoreMessage.OFFICE_AWAY),
        "25P03": (StoreProblem.AWAY, StoreMessage.OFFICE_AWAY),
        "28": (StoreProblem.REFUSED, StoreMessage.OFFICE_REFUSED),
        "42501": (StoreProblem.REFUSED, StoreMessage.OFFICE_NO_RIGHT),
        "3D000": (StoreProblem.FOREIGN, StoreMessage.OFFICE_NO_DATABASE),
        "42P01": (StoreProblem.FOREIGN, StoreMessage.OFFICE_FOREIGN),
        "3F000": (StoreProblem.FOREIGN, StoreMessage.OFFICE_FOREIGN),
        "55P03": (StoreProblem.LOCKED, StoreMessage.OFFICE_LOCKED),
        "40P01": (StoreProblem.LOCKED, StoreMessage.OFFICE_LOCKED),
        "53100": (StoreProblem.FULL, StoreMessage.OFFICE_FULL),
        "ACD01": (StoreProblem.REFUSED, StoreMessage.OFFICE_MOVED_OUT),
        "25006": (StoreProblem.READ_ONLY, StoreMessage.OFFICE_READ_ONLY),
    }
)
"""Problems by the beginning of the server's code, SQLSTATE."""
_BY_TEXT: Final = (
    ("certificate verify failed", StoreProblem.REFUSED, StoreMessage.OFFICE_CERTIFICATE),
    ("does not match host name", StoreProblem.REFUSED, StoreMessage.OFFICE_CERTIFICATE),
    ("root certificate", StoreProblem.REFUSED, StoreMessage.OFFICE_CERTIFICATE),
    ("authentication method requirement", StoreProblem.REFUSED, StoreMessage.OFFICE_CERTIFICATE),
    ("server does not support SSL", StoreProblem.REFUSED, StoreMessage.OFFICE_NO_TLS),
    ("password authentication failed", StoreProblem.REFUSED, StoreMessage.OFFICE_REFUSED),
    ("no password supplied", StoreProblem.REFUSED, StoreMessage.OFFICE_REFUSED),
    ("no pg_hba.conf entry", StoreProblem.REFUSED, StoreMessage.OFFICE_REFUSED),
    ("is not permitted to log in", StoreProblem.REFUSED, StoreMessage.OFFICE_REFUSED),
    ("unsupported startup parameter", StoreProblem.FOREIGN, StoreMessage.OFFICE_POOLER),
)
"""Problems of a connection that is not made by a part of the text: the driver has no code for them."""
_NO_DATABASE: Final = re.compile(r'database "[^"]*" does not exist')

_NO_ANSWER: Final = re.compile(r"FATAL:  [a-z][ -~]*\Z|closed|timeout|could not|SSL|SYSCALL|reset", re.IGNORECASE)
"""A text of an English server, which is known, or of the driver, which is English."""


@contextmanager
def translated_errors(address: OfficeAddress) -> Iterator[None]:
    """Raise StoreError, with a sentence that names the server, where the server and not the program is at fault."""
    try:
        yield
    except psycopg.Error as error:
        problem = store_error(error, address)
        if problem is None:
            raise
        raise problem from error


def store_error(error: psycopg.Error, address: OfficeAddress) -> StoreError | None:
    """Return the problem behind a driver's error, or None where it is a fault of our own."""
    found = _found(error)
    if found is None:
        return None
    problem, message = found
    detail = " ".join((error.diag.message_primary or str(error)).replace(address.password or "\0", "…").split())
    return StoreError(
        problem, message, server=server_name(address), database=address.database, user=address.user, detail=detail
    )


def server_name(address: OfficeAddress) -> str:
    """Return the server as people know it."""
    return address.host if address.host.startswith("/") else f"{address.host}:{address.port}"


def _found(error: psycopg.Error) -> tuple[StoreProblem, StoreMessage] | None:
    if error.sqlstate:
        return next((found for start, found in _BY_STATE.items() if error.sqlstate.startswith(start)), None)
    if not isinstance(error, psycopg.OperationalError):
        return None
    text = str(error)
    if _NO_DATABASE.search(text):
        return StoreProblem.FOREIGN, StoreMessage.OFFICE_NO_DATABASE
    by_text = next(((problem, message) for part, problem, message in _BY_TEXT if part in text), None)
    if by_text is None and _is_answer_to_a_password(error, text):
        return StoreProblem.REFUSED, StoreMessage.OFFICE_REFUSED
    return by_text or (StoreProblem.AWAY, StoreMessage.OFFICE_AWAY)


def _is_answer_to_a_password(error: psycopg.Error, text: str) -> bool:
    """Whether a server refused a login in its own language: its text alone says so, and no code comes with it."""
    return error.pgconn is not None and error.pgconn.used_password and not _NO_ANSWER.search(text)
