"""The password of an office: in the environment or the OS keyring, never in a file."""

import os

from ac_desktop.model.connection import KeyLocation
from ac_desktop.model.redact import Redactor
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.platform.paths import OFFICE_PASSWORD_VARIABLE
from ac_desktop.store.connections.keys import KeyringKeys
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.office.membership import OfficeMembership


def password_of(membership: OfficeMembership, given: str | None, redactor: Redactor | None = None) -> str:
    """Return the password of a membership: the given one, that of the environment, or that of the keyring.

    Raise StoreError where there is none.
    """
    known = redactor or Redactor()
    password = given or os.environ.get(OFFICE_PASSWORD_VARIABLE) or KeyringKeys(known).get(key_name(membership))
    if not password:
        raise StoreError(StoreProblem.REFUSED, StoreMessage.OFFICE_PASSWORD_MISSING, variable=OFFICE_PASSWORD_VARIABLE)
    known.learn(password)
    return password


def keep_password(membership: OfficeMembership, password: str) -> KeyLocation:
    """Store a password in the keyring; return where it is, which is this process alone without a keyring."""
    return KeyringKeys(Redactor()).set(key_name(membership), password)


def forget_password(membership: OfficeMembership) -> None:
    """Delete a password from the keyring."""
    KeyringKeys(Redactor()).delete(key_name(membership))


def key_name(membership: OfficeMembership) -> str:
    """Return the name of a membership's password in the keyring."""
    return f"office:{membership.user}@{membership.server}/{membership.database}"
