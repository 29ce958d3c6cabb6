"""A memo: what a function made of values that never change, so that a server need not make it again after each save.

Values are known by identity, which takes no time however large they are; strings are compared. Nothing of a memo
outlives its process; what builds keep for each other is `task`'s and `cache`'s.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

Result = TypeVar("Result")
Key = tuple[object, ...]

_MOST, _LAST = 100_000, 8


def remembered(function: Callable[..., Result]) -> Callable[..., Result]:
    """The same function, which makes only once what it makes of the very same arguments: for what is small, and many."""
    known: dict[Key, tuple[Key, Result]] = {}

    @wraps(function)
    def made(*given: Any) -> Result:
        key = tuple([one if isinstance(one, str) else id(one) for one in given])
        found = known.get(key)
        if found is None:
            if len(known) >= _MOST:
                known.clear()
            found = known[key] = given, function(*given)  # with the arguments, or their ids could be given to others
        return found[1]

    return made


def latest(function: Callable[..., Result]) -> Callable[..., Result]:
    """The same, which keeps only the few results that were asked for last: for what is made of everything that there is.

    While the arguments stay, the result is the very same thing, and what follows need not look through it for changes.
    """
    known: dict[Key, tuple[Key, Result]] = {}

    @wraps(function)
    def made(*given: Any) -> Result:
        key = tuple([one if isinstance(one, str) else id(one) for one in given])
        found = known.pop(key, None)
        known[key] = found = found or (given, function(*given))
        if len(known) > _LAST:
            del known[next(iter(known))]
        return found[1]

    return made
