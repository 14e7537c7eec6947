"""A property that is computed once, on first access, by whichever thread comes first."""

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")

_GUARD = threading.RLock()
"""One lock for all: properties read each other while they are computed, on several threads at once."""


class lazy_property(Generic[T]):  # noqa: N801  used as a decorator
    """Makes a method's result an attribute; unlike functools.cached_property, safe between threads on any Python."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self._name = make.__name__
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> "lazy_property[T]": ...

    @overload
    def __get__(self, owner: object, kind: type) -> T: ...

    def __get__(self, owner: object | None, kind: type) -> "T | lazy_property[T]":
        """Return the value, computed on first access."""
        if owner is None:
            return self
        with _GUARD:
            if not is_made(owner, self._name):
                owner.__dict__[self._name] = self._make(owner)
            made: T = owner.__dict__[self._name]
        return made


def is_made(owner: object, name: str) -> bool:
    """Whether a property has been computed."""
    return name in owner.__dict__
