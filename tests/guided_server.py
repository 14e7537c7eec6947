"""A PostgreSQL server of our own as the guide to an office sets it up: its commands are read there, and carried out."""

import re
import shlex
import subprocess
from pathlib import Path
from typing import Final

from tests.postgres_server import PostgresServer

GUIDE: Final = Path(__file__).parents[1] / "docs" / "office.md"
SERVER: Final = "localhost"
DATABASE: Final = "donors"
OWNER: Final = "owner"
_SETTING: Final = re.compile(r'-c "(ALTER SYSTEM SET (\w+) = [^"]+)"')
_PLACED: Final = frozenset({"ssl_cert_file", "ssl_key_file", "listen_addresses", "ssl"})
"""Settings that a server of the tests has otherwise: its files are elsewhere, and it stays on loopback."""
_WHO_MAY_CONNECT: Final = re.compile(r'echo "(hostssl [^"]+)" \|')


def commands(program: str) -> list[str]:
    """Return the guide's commands of a program, with the name of the tests' server."""
    blocks = re.findall(r"```sh\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [line.replace("db.example.org", SERVER) for line in lines if program in line.split()]


def certified_server(folder: Path) -> PostgresServer:
    """Return a server with the certificate that the guide's commands make in a folder, and the guide's settings."""
    asked = commands("openssl")
    assert len(asked) == 3
    for command in asked:
        subprocess.run(shlex.split(command), cwd=folder, check=True, capture_output=True)
    running = PostgresServer(is_small=True)
    running.encrypt((folder / "server.crt").read_bytes(), (folder / "server.key").read_bytes())
    with running.connect() as sql:
        settings = {found[2]: found[1] for found in _SETTING.finditer(_line_with("ssl_cert_file"))}
        assert settings.keys() > _PLACED
        for line in (line for name, line in settings.items() if name not in _PLACED):
            sql.execute(line.encode())
    return running


def guided_server(folder: Path, password: str) -> PostgresServer:
    """Return such a server with the guide's empty database, whose owner has this password, for all who come by TLS."""
    running = certified_server(folder)
    for line in (_line_with("CREATE ROLE"), _line_with(r"\password")):
        words = shlex.split(line)
        running.program("psql", *words[words.index("psql") + 1 :], typed=f"{password}\n{password}\n")
    found = _WHO_MAY_CONNECT.search(_line_with("hostssl"))
    assert found is not None
    with running.connect() as sql:
        asked = sql.execute("SHOW hba_file").fetchone()
    assert asked is not None
    with Path(asked[0]).open("a", encoding="utf-8") as file:
        file.write(f"{found[1]}\n")
    running.restart()
    return running


def _line_with(words: str) -> str:
    (line,) = (line for line in commands("psql") if words in line)
    return line
