"""The list of what a bundle is made of, as CycloneDX: `python -m installers.sbom FILE.json`.

It names this environment's packages that the program needs, with Python and the libraries it brings: run it where the
bundle is built.
"""

import platform
import sqlite3
import ssl
import sys
from importlib import metadata
from pathlib import Path
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from installers import packages
from installers.project import COMMAND, TITLE, description, version

_LONGEST_LICENCE: Final = 60


def bill_of_materials() -> Bom:
    """Return the program's parts, each once, with what each needs."""
    bom = Bom()
    program = Component(
        type=ComponentType.APPLICATION, name=TITLE, version=version(), bom_ref=COMMAND, description=description()
    )
    bom.metadata.component = program
    parts = {name: _part(name) for name in packages.needed()}
    for name, part in parts.items():
        bom.components.add(part)
        bom.register_dependency(part, [parts[other] for other in packages.needs(name) if other in parts])
    bom.register_dependency(program, [parts[name] for name in packages.needs(COMMAND) if name in parts])
    for name, number in _beneath():
        bom.components.add(Component(type=ComponentType.LIBRARY, name=name, version=number, bom_ref=f"{name}@{number}"))
    names = sorted(f"{part.name}@{part.version}" for part in bom.components)
    bom.serial_number = uuid5(NAMESPACE_URL, " ".join([COMMAND, version(), *names]))
    return bom


def as_json(bom: Bom) -> str:
    """Write a list as CycloneDX 1.6."""
    return make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2) + "\n"


def _part(name: str) -> Component:
    about = metadata.metadata(name)
    number = metadata.version(name)
    licence = _first(about, "License-Expression") or _first(about, "License")
    licences = [LicenseFactory().make_from_string(licence)] if 0 < len(licence) <= _LONGEST_LICENCE else []
    return Component(
        type=ComponentType.LIBRARY,
        name=name,
        version=number,
        bom_ref=f"{name}@{number}",
        purl=PackageURL("pypi", name=name, version=number),
        description=_first(about, "Summary"),
        licenses=licences,
    )


def _first(about: metadata.PackageMetadata, name: str) -> str:
    return next(iter(about.get_all(name) or []), "")


def _beneath() -> list[tuple[str, str]]:
    """Return Python and the libraries that come with it."""
    return [
        ("cpython", platform.python_version()),
        ("openssl", ssl.OPENSSL_VERSION.split()[1]),
        ("sqlite", sqlite3.sqlite_version),
    ]


def main(arguments: list[str]) -> int:
    """Write the list to the file named; returns the exit code."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m installers.sbom FILE.json\n")
        return 2
    bom = bill_of_materials()
    Path(arguments[0]).write_text(as_json(bom), encoding="utf-8")
    sys.stdout.write(f"{arguments[0]}: {len(bom.components)} parts\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
