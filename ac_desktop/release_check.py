"""Whether there is a newer version: one request to the release feed, and nothing is ever installed automatically.

The address is in pyproject.toml as the project's URL “Release feed”, and answers as GitHub's
`/repos/OWNER/NAME/releases/latest` does. A program that was built without one never asks.
"""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from ac_desktop import __version__
from ac_desktop.model.outside import parsed
from ac_desktop.model.wording import tr

PACKAGE: Final = "ac-desktop"
FEED: Final = "release feed"
SECONDS: Final = 10.0
LARGEST: Final = 1024 * 1024


class NoReleaseAnswerError(Exception):
    """Why it is unknown whether there is a newer version, as a sentence."""


@dataclass(frozen=True)
class NewestRelease:
    """The newest version, and the page that describes and offers it."""

    version: str
    page: str

    @property
    def is_newer(self) -> bool:
        """Whether it is newer than the running version."""
        return _numbers(self.version) > _numbers(__version__)


def feed() -> str:
    """Return the address of the feed; "" where this program was built without one."""
    from importlib import metadata

    try:
        urls = metadata.metadata(PACKAGE).get_all("Project-URL") or []
    except metadata.PackageNotFoundError:
        return ""
    named = dict(url.split(", ", 1) for url in urls if ", " in url)
    return next((address for name, address in named.items() if name.lower() == FEED), "")


def host(address: str) -> str:
    """Return the host name of an address."""
    return urlsplit(address).hostname or ""


def ask_for_newest(address: str) -> NewestRelease:
    """Request the newest version; sends this program's own version and nothing else. Raises NotToldError."""
    import requests
    import urllib3

    from ac_desktop.activecampaign.client import TlsAdapter

    if not _is_safe(address):
        raise NoReleaseAnswerError(_no_answer_text(address))
    session = requests.Session()
    # The system's proxy is used, but no name and password of a netrc file.
    session.auth = _nobody
    session.mount("https://", TlsAdapter())
    headers = {"User-Agent": f"AC-Desktop/{__version__}", "Accept": "application/json"}
    try:
        with (
            session,
            session.get(address, headers=headers, timeout=SECONDS, allow_redirects=False, stream=True) as reply,
        ):
            if reply.status_code != requests.codes.ok:
                raise NoReleaseAnswerError(_no_answer_text(address))
            return _read(parsed(reply.raw.read(LARGEST, decode_content=True)), address)
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise NoReleaseAnswerError(_no_answer_text(address)) from error


def _nobody(request: Any) -> Any:  # noqa: ANN401  as requests calls it
    return request


def _read(content: object, address: str) -> NewestRelease:
    """Parse the response, using only the fields that are needed."""
    match content:
        case {"tag_name": str(tag), "html_url": str(page)} if _numbers(tag) and _is_safe(page):
            return NewestRelease(tag.removeprefix("v"), page)
        case _:
            raise NoReleaseAnswerError(_no_answer_text(address))


def _is_safe(address: str) -> bool:
    """Whether an address is HTTPS, or of this computer."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname == "127.0.0.1")


def _no_answer_text(address: str) -> str:
    return tr(
        "Couldn't check for updates: {host} didn't report a version. Try again later. Your donors aren't affected.",
        host=host(address),
    )


def _numbers(version: str) -> tuple[int, ...]:
    """Return a version's numbers for comparing; none where it is no version."""
    parts = version.removeprefix("v").split(".")
    return tuple(map(int, parts)) if all(part.isascii() and part.isdigit() for part in parts) else ()
