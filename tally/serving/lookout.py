"""A lookout: says that something has changed in the folders that a site is made from.

A folder may go and come again. What is made of a change is `workshop`'s.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from pathlib import Path

from watchfiles import Change, awatch

_QUIET = 10
"""ms without a change after which those before it are one"""
_LONGEST = 50
"""ms after which a change is told though others follow"""
_GLANCE = 300
"""ms between two looks at whether the folders themselves are still there"""


class Lookout:
    """Watches `folders` and everything below them."""

    def __init__(self, folders: Iterable[Path]):
        self.folders = [folder.absolute() for folder in folders]
        self.changed = asyncio.Event()
        """set when something has changed; cleared by whoever reads the disk then"""

    async def watch(self) -> None:
        """Set `changed` at every change, until cancelled."""
        while True:
            there = self._there()
            if there:
                await self._watch(there)
            else:
                await asyncio.sleep(_GLANCE / 1000)
            if self._there() != there:
                self.changed.set()

    async def _watch(self, there: Mapping[Path, int]) -> None:
        """Watch the folders that are there, until one goes or comes."""
        try:
            async for changes in awatch(*there, watch_filter=self._concerns, debounce=_LONGEST, step=_QUIET,
                                        rust_timeout=_GLANCE, yield_on_timeout=True):
                if changes:
                    self.changed.set()
                if self._there() != there:
                    return
        except FileNotFoundError:
            return  # it went just now

    def _there(self) -> dict[Path, int]:
        """The folders that are there, each with what tells it from another of its name."""
        return {folder: folder.stat().st_ino for folder in self.folders if folder.is_dir()}

    def _concerns(self, _: Change, path: str) -> bool:
        """Whether a file is one that builds read; editors leave others beside it."""
        return not any(part.startswith(".") or part.endswith("~")
                       for folder in self.folders if Path(path).is_relative_to(folder) for part in Path(path).relative_to(folder).parts)
