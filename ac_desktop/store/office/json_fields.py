"""The fields of a JSON object from a file, each of the type that it should have."""

from ac_desktop.model.outside import number, parsed, text
from ac_desktop.store.office.roles import Role

_LONGEST_CA = 1024 * 1024
_HIGHEST_PORT = 65_535


class JsonFields:
    """An object's fields. Raise ValueError for one that is missing or of another type."""

    def __init__(self, content: str) -> None:
        value = parsed(content)
        if not isinstance(value, dict):
            raise ValueError("not an object")  # noqa: TRY004  as for every other wrong content
        self._fields: dict[object, object] = value

    def has(self, name: str, value: object) -> bool:
        """Whether a field has this value."""
        return self._fields.get(name) == value

    def text(self, name: str) -> str:
        """Return a text that is not empty."""
        value = self._fields.get(name)
        if not isinstance(value, str) or not text(value):
            raise ValueError(name)
        return text(value)

    def text_or_nothing(self, name: str) -> str:
        """Return a text, "" where the field is missing."""
        value = self._fields.get(name)
        if value is not None and not isinstance(value, str):
            raise ValueError(name)
        return text(value)

    def whole_number(self, name: str) -> int:
        """Return a whole number."""
        found = number(self._fields.get(name))
        if found is None:
            raise ValueError(name)
        return found

    def port(self) -> int:
        """Return the field `port`, a port's number."""
        found = number(self._fields.get("port"), _HIGHEST_PORT, least=1)
        if found is None:
            raise ValueError("port")
        return found

    def role(self) -> Role:
        """Return the field `role`."""
        return Role(self.text("role"))

    def certificates(self) -> str:
        """Return the field `ca`: the text of certificates, or ""."""
        value = self._fields.get("ca")
        if not isinstance(value, str) or len(value) > _LONGEST_CA:
            raise ValueError("ca")
        return value
