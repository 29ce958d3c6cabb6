"""A task: a piece of work whose result holds until something that it asked for changes.

The rule of what is made again, and its only home. A task is handed mappings that note each item that is asked for,
in vain too; what it made is kept with those notes, and it is done again once one of these items has another
fingerprint. Whatever is handed over otherwise is the ground, and with another ground everything is done again.
Which tasks there are is `figure`'s, `poster`'s and `page`'s; keeping results between builds is `source`'s and `output`'s.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import threading
from collections.abc import Callable, Hashable, ItemsView, Iterable, Iterator, Mapping, Set, ValuesView
from dataclasses import dataclass, field, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property
from itertools import chain, compress
from operator import is_not
from types import NoneType
from typing import Any, Generic, TypeVar, cast

from tally import crew
from tally.problem import Faulty, Problem

T = TypeVar("T")
V = TypeVar("V")
W = TypeVar("W")

FEW, MANY = 24, 400
"""From so many tasks on a second process is worth its start: of those that take some milliseconds, of those that take less than one."""


class Whole(Enum):
    """What may be asked of a mapping besides one item."""

    NAMES = "which items there are, in order"
    ANY = "whether there is any"


Input = tuple[str, Hashable]
"""A kind of thing and the name of one, or something of the `Whole` kind."""


class Watched(Mapping[Any, V]):
    """A mapping that notes in `asked` what is asked of it, and of a dictionary that it holds."""

    def __init__(self, kind: str, held: Mapping[Any, V], asked: set[Input], part: Hashable = None):
        """`part` is given where each item is only this part of one, such as a text in one language."""
        self._kind, self._held, self._asked, self._part = kind, held, asked, part

    def __getitem__(self, name: Hashable) -> V:
        held: Any = self._held.get(name)
        if isinstance(held, dict):
            return cast(V, Watched(f"{self._kind}/{name}", held, self._asked))
        self._asked.add((f"{self._kind}/{name}", self._part) if self._part else (self._kind, name))
        return self._held[name]

    def __contains__(self, name: object) -> bool:
        self._asked.add((self._kind, name))
        return name in self._held

    def __iter__(self) -> Iterator[Any]:
        self._asked.add((self._kind, Whole.NAMES))
        return iter(self._held)

    def __len__(self) -> int:
        self._asked.add((self._kind, Whole.NAMES))
        return len(self._held)

    def __bool__(self) -> bool:
        self._asked.add((self._kind, Whole.ANY))
        return bool(self._held)


class Inputs:
    """Everything that tasks may ask for, by kind, and its fingerprints as they are now; `ground` is all the rest."""

    def __init__(self, kinds: Mapping[str, Mapping[Any, object]], ground: object = None):
        self.kinds, self.ground = kinds, fingerprint(ground)
        self._found: dict[Input, bytes] = {}

    def fingerprint(self, input: Input) -> bytes:
        """Of one thing that was asked; empty where there is none of the name."""
        if input not in self._found:
            kind, name = input
            first, *within = kind.split("/")
            held: Any = self.kinds[first]
            for one in within:
                held = held.get(one)
            if within and not isinstance(held, dict):
                self._found[input] = b""
            elif isinstance(name, Whole):
                self._found[input] = fingerprint(tuple(held) if name is Whole.NAMES else bool(held))
            else:
                self._found[input] = fingerprint(held[name]) if name in held else b""
        return self._found[input]


def _others(kind: str, now: Mapping[Any, object], before: Mapping[Any, object]) -> Iterator[Input]:
    """What is not the very same thing as before, whether or not it is equal."""
    if now is before:
        return
    names, differing = _differing(now, before)
    for name in names:
        yield kind, name
        within = [held for held in (now.get(name), before.get(name)) if isinstance(held, dict)]
        if len(within) == 2:
            yield from _others(f"{kind}/{name}", *within)
        elif within:
            yield from ((f"{kind}/{name}", part) for part in (*within[0], *Whole))
    if differing:
        yield from ((kind, whole) for whole in Whole)


def _differing(now: Mapping[Any, object], before: Mapping[Any, object]) -> tuple[set[Any], bool]:
    """The names of what is not the very same, and whether other names, or these in another order, are there."""
    if list(now) == list(before):
        return set(compress(now, map(is_not, now.values(), before.values()))), False
    nothing = object()
    return {name for name, value in now.items() if before.get(name, nothing) is not value} | (before.keys() - now.keys()), True


def fingerprint(value: object) -> bytes:
    """Sixteen bytes that differ where values do, by what they show of themselves; values never change."""
    if isinstance(value, _LIGHT):
        return _digest(repr(value))
    if isinstance(value, (list, tuple)):
        return _digest(repr((type(value).__name__, [one if isinstance(one, _LIGHT) else fingerprint(one) for one in value])))
    known = _prints.get(id(value))
    if known and known[0] is value:
        return known[1]
    found = _digest(value if isinstance(value, bytes) else repr(_ordered(value)))
    if len(_prints) >= _MOST:
        _prints.clear()
    _prints[id(value)] = value, found
    return found


def _digest(shown: str | bytes) -> bytes:
    return hashlib.blake2b(shown.encode("utf-8", "surrogatepass") if isinstance(shown, str) else shown, digest_size=16).digest()


_LIGHT = (str, int, float, Decimal, NoneType, Enum)
"""Values that show themselves in no time; lists of heavier ones are made anew more often than these change."""
_prints: dict[int, tuple[object, bytes]] = {}
"""Of values that were met before: each stage asks for the same, and so does the next build of one process."""
_MOST = 100_000


def _ordered(value: object) -> object:
    """Sets show their items in another order in each process; one that lies deeper only costs work that is done again."""
    if isinstance(value, (set, frozenset)):
        return sorted(value, key=repr)
    if is_dataclass(value) and not isinstance(value, type):
        held = [getattr(value, one.name) for one in fields(value) if one.repr]
        return [type(value).__name__, *(_ordered(one) if isinstance(one, (set, frozenset)) else one for one in held)]
    return value


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """What a task made, and what it asked for."""

    value: T
    asked: tuple[Input, ...]


@dataclass(frozen=True)
class Memory(Mapping[Any, T]):
    """What each task of one stage made, by its name, and the fingerprints of all that they asked for."""

    kept: Mapping[Any, Kept[T]] = field(default_factory=dict)
    prints: Mapping[Input, bytes] = field(default_factory=dict)
    ground: bytes = b""
    seen: Mapping[str, Mapping[Any, object]] | None = field(default=None, repr=False, compare=False)
    """the things themselves by kind, where this process has fingerprinted them"""

    def __reduce__(self) -> tuple[Any, ...]:
        return Memory, (self.kept, self.prints, self.ground)

    @cached_property
    def _results(self) -> dict[Any, T]:
        return {name: one.value for name, one in self.kept.items()}

    def __getitem__(self, name: Hashable) -> T:
        return self._results[name]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.kept)

    def __len__(self) -> int:
        return len(self.kept)

    def items(self) -> ItemsView[Any, T]:
        """Each task's name and what it made."""
        return self._results.items()

    def values(self) -> ValuesView[T]:
        """What each task made."""
        return self._results.values()

    def less(self, names: Iterable[Hashable]) -> Memory[T]:
        """The same without some tasks, which are done again."""
        gone = {*names}
        return Memory({name: one for name, one in self.kept.items() if name not in gone}, self.prints, self.ground, self.seen) if gone else self

    def changed(self, inputs: Inputs) -> set[Input]:
        """What was asked for and is another thing now."""
        suspects: Set[Input] = self.prints.keys()
        if self.seen is not None:
            others = (_others(kind, held, self.seen[kind]) for kind, held in inputs.kinds.items())
            suspects = suspects & set(chain.from_iterable(others))
        return {input for input in suspects if inputs.fingerprint(input) != self.prints[input]}

    def fresh(self, name: Hashable, changed: set[Input]) -> bool:
        """Whether a task was done and asked for nothing that has changed."""
        return name in self.kept and (not changed or changed.isdisjoint(self.kept[name].asked))


Work = Mapping[Any, Callable[[W], T]]
"""Each task by its name: a function of a world whose mappings are watched."""


ALONE = float("inf")
"""As what such work is worth: no other process helps."""


def _itself(made: Any) -> Any:
    return made


def run(work: Work[W, V], watched: Callable[[set[Input]], W], inputs: Inputs, before: Memory[T] | None = None,
        worth: float = FEW, done: Memory[T] | None = None, told: Callable[[int, int], object] | None = None,
        kept: Callable[[V], T] = _itself) -> Memory[T]:
    """Do every task, or take what was made `before` where it still holds; raises `Faulty` with the problems of all.

    `watched` gives a world that notes in the set what is asked of it; from `worth` tasks on, other processes help.
    What is `done` of this work already is not done twice; `told` hears how much of how much is. Where a task was done,
    there is `kept` of what it made only what this says, which may put the rest away.
    """
    if before is None or before.ground != inputs.ground:
        before = Memory()
    changed = before.changed(inputs)
    again = [name for name in work if not before.fresh(name, changed)]
    made = dict(done.kept) if done else {}
    problems: list[Problem] = []
    waiting = [name for name in again if name not in made]
    for count, (name, result) in enumerate(_results(waiting, work, watched, worth, kept), 1):
        if told:
            told(count, len(waiting))
        if isinstance(result, Kept):
            made[name] = Kept(result.value, tuple([_asked.setdefault(one, one) for one in result.asked]))
        else:
            problems += result
    if problems:
        raise Faulty(problems)
    prints = dict(before.prints)
    for input in changed:
        del prints[input]
    asked = set[Input]().union(*(made[name].asked for name in again))
    prints |= {input: inputs.fingerprint(input) for input in asked}
    every = {**before.kept, **{name: made[name] for name in again}}
    return Memory(every if list(every) == list(work) else {name: every[name] for name in work}, prints, inputs.ground, inputs.kinds)


_asked: dict[Input, Input] = {}
"""Many tasks ask for the same; one of each is enough."""


def _results(names: list[Hashable], work: Work[W, V], watched: Callable[[set[Input]], W], worth: float,
             kept: Callable[[V], T]) -> Iterator[tuple[Hashable, Kept[T] | list[Problem]]]:
    """What each task makes, the work shared by as many processes as there are cores."""
    global _sharing

    def one(name: Hashable) -> Kept[T] | list[Problem]:
        asked: set[Input] = set()
        try:
            return Kept(kept(work[name](watched(asked))), tuple(asked))
        except Faulty as error:
            return error.problems

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    # A process is forked for it has all that the tasks need; beside other threads that is not safe.
    if len(names) < worth or cores == 1 or threading.active_count() > 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield from ((name, one(name)) for name in names)
        return
    _sharing = one
    try:
        with crew.gathered(cores, multiprocessing.get_context("fork")) as pool:
            yield from zip(names, pool.map(_shared, names, chunksize=-(-len(names) // (4 * cores))), strict=True)
    finally:
        _sharing = None


_sharing: Callable[[Hashable], Any] | None = None
"""What the processes that are forked do: a function that cannot be sent to them."""


def _shared(name: Hashable) -> Any:
    assert _sharing
    return _sharing(name)
