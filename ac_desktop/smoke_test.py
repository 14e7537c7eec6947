"""The smoke test of an installation: relays three made-up donors of a file to a practice account."""

import os
import platform
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from ac_desktop import __version__
from ac_desktop.console.terminal import ExitCode, print_line, warn
from ac_desktop.fault_reports import FOLDER as FAULTS
from ac_desktop.importing.profiles.profiles import load_profiles
from ac_desktop.model.address import parse_address
from ac_desktop.model.connection import ConnectionSettings
from ac_desktop.model.donor import PhoneStyle
from ac_desktop.model.redact import Redactor
from ac_desktop.model.wording import tr
from ac_desktop.platform.paths import is_bundle, resources_folder
from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.server import PracticeServer
from ac_desktop.services import Services
from ac_desktop.store.connections.keys import KeyringKeys, Keys, SessionKeys

PHONES: Final = {
    "ann@example.org": "+12252501301",
    "bea@example.org": "+442071838750",
    "zoe@example.org": "+12252501303",
}
"""The made-up donors, with their phone numbers as the account must receive them."""
_FILE: Final = """Email,First Name,Last Name,Phone
ann@example.org,Ann,Dot,(225) 250-1301
bea@example.org,Bea,O'Dot,+44 20 7183 8750
zoe@example.org,Zoë,Ñandú,225.250.1303
"""

Build = Callable[[Path, Keys], Services]
RunWindow = Callable[[Services, int, Path], str]
"""Relays a file's donors by a connection; returns why it failed, or ""."""


def run(build: Build, run_window: RunWindow) -> ExitCode:
    """Print what this installation is, and whether its parts work together."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    kind = tr("bundle") if is_bundle() else tr("installed for Python")
    print_line(tr("AC Desktop {version}, {kind}, {program}", version=__version__, kind=kind, program=sys.executable))
    print_line(
        tr("Platform: {platform}, Python {python}", platform=platform.platform(), python=platform.python_version())
    )
    print_line(tr("Keyring: {keyring}", keyring=_keyring()))
    trouble = _missing_resources() or _relayed(build, run_window)
    if trouble:
        warn(tr("This installation isn't working correctly: {trouble}", trouble=trouble))
        return ExitCode.BUG
    print_line(tr("{count} sample donors went from a file to a practice account. Everything works.", count=len(PHONES)))
    return ExitCode.OK


def _keyring() -> str:
    import keyring

    backend = type(keyring.get_keyring())
    location = KeyringKeys(Redactor()).describe()
    return f"{backend.__module__}.{backend.__qualname__} ({location.place}: {location.text})"


def _missing_resources() -> str:
    folder = resources_folder()
    for needed in ("icons/app.svg", "translations/es/LC_MESSAGES/ac_desktop.mo", "samples/anedot-sample.csv"):
        if not (folder / needed).is_file():
            return tr("{file} is missing.", file=folder / needed)
    return "" if load_profiles() else tr("it recognizes no export format.")


def _relayed(build: Build, run_window: RunWindow) -> str:
    account = PracticeAccount()
    with tempfile.TemporaryDirectory(prefix="ac-desktop-smoke-") as name, PracticeServer(account) as server:
        file, folder = Path(name) / "smoke.csv", Path(name) / "data"
        file.write_text(_FILE, encoding="utf-8")
        services = build(folder, SessionKeys(Redactor()))
        try:
            connection = services.connections.create(
                ConnectionSettings(
                    name=tr("Practice"),
                    address=parse_address(server.url),
                    list_id=server.list_id,
                    phone_style=PhoneStyle.E164,
                ),
                services.clock.now(),
            )
            services.keys.set(services.connections.key_name(connection.id), server.key)
            trouble = run_window(services, connection.id, file)
        finally:
            services.close()
        reports = [report.read_text(encoding="utf-8") for report in (folder / FAULTS).glob("fault-*")]
        if reports:
            return "\n".join(reports)
        arrived = {contact.email: contact.phone for contact in account.members(server.list_id)}
        if not trouble and arrived != PHONES:
            return tr("the account has {found} instead of {wanted}.", found=arrived, wanted=PHONES)
    return trouble
