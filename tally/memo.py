"""A memo: what a function made of values that never change, so that a server need not make it again after each save.

Values are known by identity, which takes no time however large they are. Nothing of a memo outlives its process;
what builds keep for each other is `task`'s and `cache`'s.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

Result = TypeVar("Result")

_MOST = 100_000


def remembered(function: Callable[..., Result]) -> Callable[..., Result]:
    """The same function, which makes only once what it makes of the very same arguments; strings are compared."""
    known: dict[tuple[object, ...], tuple[tuple[object, ...], Result]] = {}

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
