"""A swap: two folders change places in one step, so that at no moment there is none.

Linux and macOS can, on most file systems. What is done where they cannot is `output`'s.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

_FROM_HERE = -100
"""Linux’s AT_FDCWD: relative paths are those of the process."""
_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS."""


def exchange(one: Path, other: Path) -> bool:
    """Let two paths change places at once; False where that cannot be done, and then nothing was."""
    import ctypes  # here, because only a build swaps

    if sys.platform not in ("linux", "darwin"):
        return False
    library = ctypes.CDLL(None)
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        return bool(library.renameat2(_FROM_HERE, first, _FROM_HERE, second, _EXCHANGE) == 0)
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        return bool(library.renamex_np(first, second, _EXCHANGE) == 0)
    return False
