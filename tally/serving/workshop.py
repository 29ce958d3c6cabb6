"""A workshop: has the site made anew when the disk has changed, and tells the open pages.

The pages that somebody has open are made and told first. What is wrong goes to them and to the terminal, all of it
at once, and the last good site stays. How a site is made is `studio`'s, what a page does with the news its script's.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from typing import TypeVar

from tally import asset, caret
from tally.file import Filed
from tally.problem import Faulty, Problem
from tally.serving import excerpt
from tally.serving.audience import Audience, Listener
from tally.serving.change import Change, between
from tally.serving.lookout import Lookout
from tally.site import Checked
from tally.studio import Studio, Update

T = TypeVar("T")
GRACE = 0.12
"""seconds in which a faulty file may be saved again before anybody is told: some editors save in two steps"""
FIRST = 0.005
"""seconds for the news to leave before the rest of the site is made"""
CHANGES = ".tally/changes"
"""where the list of what the last change touched stands"""


class Workshop:
    """Keeps what `studio` has made as new as the disk."""

    def __init__(self, studio: Studio, audience: Audience, lookout: Lookout, text: Callable[[str], str | None],
                 say: Callable[[str], None], warn: Callable[[str], None], ready: Callable[[], None]):
        self.studio, self.audience, self.lookout = studio, audience, lookout
        self.text, self.say, self.warn, self.ready = text, say, warn, ready
        self.problems: Sequence[Problem] = ()
        self._round = 0
        self._before: Checked | None = None
        self._touched: frozenset[str] = frozenset()

    @property
    def version(self) -> str:
        """Another for each site that was shown, also by a server that ran before."""
        return f"{os.getpid()}.{self._round}"

    @property
    def change(self) -> Change:
        """What the last change touched."""
        if not self._before or not self.studio.checked:
            return Change()
        return between(self._before, self.studio.checked, self._touched)

    async def run(self) -> None:
        """Make the site, and again at each change, until cancelled."""
        await self.rebuild()
        self.ready()
        while True:
            await self.lookout.changed.wait()
            await self.rebuild()

    async def rebuild(self) -> None:
        """Make the site as the disk is now; whatever is wrong, the server goes on."""
        self.lookout.changed.clear()
        try:
            await self._renew()
        except Faulty as error:
            await self._complain(error.problems)
        except Exception as error:
            self.warn(traceback.format_exc())
            await self._complain([_unforeseen(error)])

    async def _renew(self) -> None:
        start, before, former, touched = perf_counter(), self.studio.checked, self.studio.files, frozenset[str]()
        updates = self.studio.refresh([path for path in self.audience.paths if path != CHANGES])
        while update := await _aside(lambda: next(updates, None)):
            touched |= {path for path in update.changed if path.endswith(".html") and self._says_otherwise(path, former)}
            self._show(update, before, touched)
            if not update.done and self.lookout.changed.is_set():
                return  # what is left would be made twice
            await asyncio.sleep(FIRST)
        gc.collect()
        gc.freeze()  # what was made stays, and to look through all of it for rubbish would take longer than the next save
        self.say(f"{len(touched)} page{'' if len(touched) == 1 else 's'} {'changed' if before else 'made'} in {perf_counter() - start:.2f} s")

    def _says_otherwise(self, path: str, former: Mapping[str, Filed]) -> bool:
        """Whether a page has other words than before, whatever it loads."""
        if path not in former or path not in self.studio.files:
            return True
        before, now = (asset.unaddressed(self.studio.read(files[path])) for files in (former, self.studio.files))
        return before != now

    def _show(self, update: Update, before: Checked | None, touched: frozenset[str]) -> None:
        self.problems = ()
        if update.changed:
            self._before, self._touched = before, touched
            self._round += 1
        for listener in self.audience:
            listener.tell({**self.state, **self.page(listener, update.changed)})

    async def _complain(self, problems: Sequence[Problem]) -> None:
        try:
            await asyncio.wait_for(self.lookout.changed.wait(), GRACE)
            return  # it is being mended
        except TimeoutError:
            pass
        self.problems = problems
        count = len(problems)
        self.warn("\n".join([*(caret.under(problem, self.text(problem.path)) for problem in problems),
                             f"{count} problem{'' if count == 1 else 's'}; the last good site stays"]))
        for listener in self.audience:
            listener.tell(self.state)

    @property
    def state(self) -> dict[str, object]:
        """What every page is told: the version, what is wrong, and how many pages the last change touched."""
        return {"version": self.version, "problems": [excerpt.of(problem, self.text(problem.path)) for problem in self.problems],
                "touched": len(self._touched) if self._before else 0}

    def page(self, listener: Listener, changed: frozenset[str]) -> dict[str, object]:
        """What one page is told besides: its own new HTML, or that it has gone."""
        if listener.path == CHANGES or listener.path not in changed:
            return {}
        if not self.studio.checked:
            return {}  # there is no site yet that it could have gone from
        raw = self.studio.get(listener.path)
        return {"page": raw.decode("utf-8")} if raw is not None else {"gone": True}


def _unforeseen(error: Exception) -> Problem:
    """What went wrong in the builder itself, or in a template in a way that Jinja does not tell."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename == "<template>":
            return Problem("templates", frame.lineno or 1, 1, "", f"a template cannot be filled: {error!r}")
    return Problem("build.py", 1, 1, "", f"the build broke off: {error!r}; the terminal says where")


async def _aside(work: Callable[[], T]) -> T:
    """The result of some work in a thread that nobody waits for when the server stops."""
    loop = asyncio.get_running_loop()
    result: asyncio.Future[T] = loop.create_future()

    def settle(value: T | None, error: BaseException | None) -> None:
        if not result.done():
            result.set_exception(error) if error else result.set_result(value)  # type: ignore[arg-type]

    def run() -> None:
        try:
            value, error = work(), None
        except BaseException as caught:
            value, error = None, caught
        with contextlib.suppress(RuntimeError):  # the server has stopped meanwhile
            loop.call_soon_threadsafe(settle, value, error)

    threading.Thread(target=run, daemon=True).start()
    return await result
