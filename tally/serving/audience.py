"""An audience: the pages that are open in browsers, and what each of them is still to be told.

A page that does not listen holds up nobody: it is told only what is newest.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(eq=False)
class Listener:
    """One open page: its path in the site, and the news that it has not been sent yet."""

    path: str
    news: dict[str, object] = field(default_factory=dict)
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, news: dict[str, object]) -> None:
        """Add to what it is to be told; what is newer stands for what is older."""
        self.news |= news
        self.woken.set()

    async def next(self) -> dict[str, object]:
        """Wait for news, and take them."""
        await self.woken.wait()
        self.woken.clear()
        news, self.news = self.news, {}
        return news


class Audience:
    """All open pages."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()

    def __iter__(self) -> Iterator[Listener]:
        return iter([*self._listeners])

    def join(self, listener: Listener) -> None:
        """A page has been opened."""
        self._listeners.add(listener)

    def leave(self, listener: Listener) -> None:
        """A page has been closed, or its browser has gone away."""
        self._listeners.discard(listener)

    @property
    def paths(self) -> list[str]:
        """The pages that somebody has open, each once."""
        return sorted({listener.path for listener in self._listeners})
