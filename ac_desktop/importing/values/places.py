"""Whether the values of a column called State are parts of addresses."""

from typing import Final

from ac_desktop.importing.values.cells import plain

_LONGEST_CODE: Final = 3
_NAMES: Final = frozenset({
    "alabama", "alaska", "arizona", "arkansas", "california", "colorado", "connecticut", "delaware", "florida",
    "georgia", "hawaii", "idaho", "illinois", "indiana", "iowa", "kansas", "kentucky", "louisiana", "maine",
    "maryland", "massachusetts", "michigan", "minnesota", "mississippi", "missouri", "montana", "nebraska",
    "nevada", "new hampshire", "new jersey", "new mexico", "new york", "north carolina", "north dakota", "ohio",
    "oklahoma", "oregon", "pennsylvania", "rhode island", "south carolina", "south dakota", "tennessee", "texas",
    "utah", "vermont", "virginia", "washington", "west virginia", "wisconsin", "wyoming", "district of columbia",
    "washington dc", "puerto rico", "guam", "american samoa", "us virgin islands", "northern mariana islands",
    "alberta", "british columbia", "manitoba", "new brunswick", "newfoundland and labrador", "nova scotia",
    "ontario", "prince edward island", "quebec", "saskatchewan", "northwest territories", "nunavut", "yukon",
})  # fmt: skip
_HEADINGS: Final = frozenset({
    "city", "zip", "zip code", "postal code", "postcode", "post code", "address", "address line 1", "address 1",
    "street", "street address", "town", "country", "county", "ciudad", "codigo postal", "direccion", "pais",
    "ville", "code postal", "adresse", "pays", "ort", "stadt", "plz", "land", "strasse", "cidade", "cep",
    "endereco",
})  # fmt: skip


def is_place(value: str) -> bool:
    """Whether a value is the name of a state or province, or as short as its code."""
    words = plain(value)
    return len(words) <= _LONGEST_CODE or words in _NAMES


def is_place_heading(heading: str) -> bool:
    """Whether a heading is that of another part of an address."""
    words = plain(heading)
    return words in _HEADINGS or any(
        words.endswith(f" {name}") for name in ("city", "zip", "address", "postal code", "country")
    )
