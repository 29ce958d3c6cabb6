"""The budgets, all of them and nowhere else. How a thing is measured is `pages`', `builds`' and `editor`'s affair.

A budget binds: breaking it fails the benchmark. A goal is printed beside what was measured and binds nobody yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Budget:
    """The most that something may be: in its own unit, or as a multiple of the naive build's."""

    most: float
    of_naive: bool = False
    binds: bool = True

    def holds(self, ours: float, naive: float | None) -> bool | None:
        """Whether it is kept; None where there is nothing to compare with."""
        if not self.of_naive:
            return ours <= self.most
        return ours <= self.most * naive if naive else None


PAGE: Mapping[str, Budget] = {
    "bytes": Budget(40),
    "requests": Budget(5),
    "html": Budget(20),
    "script": Budget(5),
    "lag": Budget(0),
    "shift": Budget(0),
    "blocking": Budget(0),
    "work": Budget(300),
}
"""A page with charts, on the reader's side: KB in Brotli, requests, milliseconds on the slowed processor."""

EMBED: Mapping[str, Budget] = {**PAGE, "bytes": Budget(15), "requests": Budget(3)}
"""A chart in a frame on somebody else's page."""

PROJECT: Mapping[str, Budget] = {
    "clean": Budget(1, of_naive=True, binds=False),
    "unchanged": Budget(1 / 5, of_naive=True),
    "changed": Budget(1 / 3, of_naive=True, binds=False),
    "check": Budget(0.5, binds=False),
}
"""A build of the project's own site, a new process each: as a share of the naive build, or in seconds."""

MADE_UP: Mapping[str, Budget] = {
    "clean": Budget(1 / 2, of_naive=True, binds=False),
    "changed": Budget(1 / 2, of_naive=True, binds=False),
    "memory": Budget(1024, binds=False),
}
"""A build of a made-up site of many charts; memory is the largest process's, in MiB."""

SERVED: Mapping[str, Budget] = {
    "story": Budget(150, binds=False),
    "chart": Budget(150, binds=False),
}
"""From the save of another figure to the new chart on screen, in milliseconds: the project's own site."""

SERVED_MADE_UP: Mapping[str, Budget] = {
    "story": Budget(1000, binds=False),
    "memory": Budget(1024, binds=False),
}
"""The same on a made-up site of many charts; memory is the server's, in MiB."""
