"""Finds the connection that a command names, and its key."""

import argparse

from ac_desktop.console.terminal import ConsoleError, ExitCode, ask_hidden, is_interactive
from ac_desktop.model.address import AddressError, clean_key
from ac_desktop.model.connection import Connection
from ac_desktop.model.wording import quoted, tr
from ac_desktop.platform.paths import KEY_VARIABLE
from ac_desktop.services import Services


def connection_named(services: Services, name: str) -> Connection:
    """Return the connection of this name. Raises ConsoleError where there is none."""
    connection = services.connections.named(name)
    if connection is None:
        known = ", ".join(quoted(other.name) for other in services.connections.all())
        hint = (
            tr("Available connections: {names}.", names=known) if known else tr("Create one with “ac-desktop connect”.")
        )
        raise ConsoleError(
            ExitCode.WRONG_USE, tr("There is no connection named “{name}”. {hint}", name=name, hint=hint)
        )
    return connection


def connection_of(services: Services, args: argparse.Namespace) -> Connection:
    """Return the connection of the command. Raises ConsoleError where there is none."""
    return connection_named(services, args.name)


def key_of(services: Services, connection: Connection) -> str:
    """Return a connection's key: from the environment, the keyring, or a person. Raises ConsoleError without one."""
    key_name = services.connections.key_name(connection.id)
    key = services.keys.get(key_name)
    if key is None:
        key = ask_for_key()
        services.keys.set(key_name, key)
    return key


def ask_for_key() -> str:
    """Ask for a key without echoing it. Raises ConsoleError where the terminal is not interactive."""
    if not is_interactive():
        raise ConsoleError(
            ExitCode.WRONG_USE,
            tr(
                "No API key is saved for this connection. Set it in the environment variable {variable}.",
                variable=KEY_VARIABLE,
            ),
        )
    return ask_key_hidden(tr("API key (hidden as you type):"))


def ask_key_hidden(question: str) -> str:
    """Ask for a key without echoing it. Raises ConsoleError where it cannot be one."""
    try:
        return clean_key(ask_hidden(question))
    except AddressError as error:
        raise ConsoleError(ExitCode.WRONG_USE, str(error)) from error
