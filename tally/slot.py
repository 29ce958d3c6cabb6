"""A slot: a named place in a sentence of the interface, as `{value}` is, and how it is filled.

Which sentences have slots, and which each must have, is said where the sentences are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_SLOT = re.compile(r"\{([a-z-]+)\}")


def slots(pattern: str) -> list[str]:
    """The names of a pattern's slots: `first` and `last` of `from {first} to {last}`."""
    return sorted(_SLOT.findall(pattern))


def filled(pattern: str, given: Mapping[str, str]) -> str:
    """A pattern with its slots filled."""
    return _SLOT.sub(lambda slot: given[slot[1]], pattern)
