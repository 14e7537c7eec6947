"""URIs of files, as SQLite takes them to open a file in a way of its own (https://sqlite.org/uri.html)."""

from pathlib import PurePath
from urllib.parse import quote


def file_uri(path: PurePath, parameters: str) -> str:
    """Return the URI of a file with an absolute path.

    The server of a Windows share belongs to the path: SQLite refuses any authority but localhost, where `as_uri` puts
    it.
    """
    posix = quote(path.as_posix(), safe="/:")
    return f"file://{posix if posix.startswith('/') else f'/{posix}'}?{parameters}"
