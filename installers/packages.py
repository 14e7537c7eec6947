"""The packages that a bundle is made of: what the program needs, with what an office needs of it."""

from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from installers.project import COMMAND, EXTRA


def needs(package: str) -> list[str]:
    """Return what a package of the bundle needs here by its own words, without extras that nobody asks for."""
    return _graph().get(package, [])


def needed() -> list[str]:
    """Return all that the program needs here, directly or not."""
    return sorted(set(_graph()) - {COMMAND})


def _graph() -> dict[str, list[str]]:
    """Return the packages of the program and itself, with what each needs."""
    asked: dict[str, set[str]] = {COMMAND: {EXTRA}}
    found: dict[str, list[str]] = {}
    ahead = [COMMAND]
    while ahead:
        package = ahead.pop()
        wanted = _requirements(package, asked[package])
        found[package] = sorted({canonicalize_name(one.name) for one in wanted})
        for one in wanted:
            name = canonicalize_name(one.name)
            if name not in asked or one.extras - asked[name]:
                asked.setdefault(name, set()).update(one.extras)
                ahead.append(name)
    return found


def _requirements(package: str, extras: set[str]) -> list[Requirement]:
    wanted = [Requirement(text) for text in metadata.requires(package) or []]
    return [one for one in wanted if _is_wanted(one, extras)]


def _is_wanted(requirement: Requirement, extras: set[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras))
