"""A studio: a site that is made anew whenever the disk has changed.

What shows a site while it is being written asks here for its files, and hears which of them have become
others. The last good site stays while the input is faulty. Who looks at it, and how, is `serving`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, KeysView, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tally import asset, site, task
from tally.cache import Cache
from tally.file import File, Filed, filed, listed
from tally.press import Press
from tally.shelf import Shelf
from tally.site import Checked
from tally.source import Folder, load


@dataclass(frozen=True)
class Update:
    """Which files have become others, have come or have gone, and whether that is all."""

    changed: frozenset[str]
    done: bool


class Studio:
    """The site at `root`, with the templates of `engine`; it has no PNG pictures, which take seconds."""

    def __init__(self, root: Path, engine: Path, base_url: str = ""):
        self.root, self.engine, self.base_url = root, engine, base_url
        self.checked: Checked | None = None
        """the last good input"""
        self.files: Mapping[str, Filed] = {}
        """the last good site, which never changes: another takes its place"""
        self._shelf = Shelf()
        self._cache = Cache()
        self._folder: Folder | None = None

    def get(self, path: str) -> bytes | None:
        """A file of the last good site."""
        file = self.files.get(path)
        return self.read(file) if file else None

    def read(self, file: Filed) -> bytes:
        """What a file of this site or the one before holds."""
        return self._shelf.read(file.digest)

    def paths(self) -> KeysView[str]:
        """The paths of the last good site."""
        return self.files.keys()

    def refresh(self, first: Sequence[str] = ()) -> Iterator[Update]:
        """Read the disk and make what has changed; raises `Faulty`, and the last good site stays.

        An update comes as soon as the pages in `first` are there with all that they load, and another at the end.
        Whoever stops listening in between may ask again.
        """
        from tally import page, poster

        folder = self._folder = load(self.root, self.engine, before=self._folder)
        checked = site.located(site.check(folder, past=self._cache.known), self.base_url)
        takeaways = poster.takeaways(checked, self._cache.takeaways)
        self._cache = replace(self._cache, known=checked.known, takeaways=takeaways)
        press, put = Press.of(checked, folder, takeaways, {}, self._cache.codes), self._shelf.put
        loose = [self._loose(file) for file in page.loose(press, {})]
        done = None
        if first:
            done = page.render(press, put, self._cache.pages, worth=task.ALONE, only=[*self._making(first), *page.lively(press, self.files)])
            early = {file.path: file for file in (*loose, *page.made(done))}
            yield self._shown({**self.files, **early}, early, checked, done=False)
        pages = page.render(press, put, self._cache.pages, done, worth=task.ALONE)
        self._cache = replace(self._cache, pages=pages)
        whole = listed([*loose, *page.made(pages)])
        former = self.files
        yield self._shown(whole, {*former, *whole}, checked, done=True)
        self._shelf.keep(file.digest for file in (*former.values(), *whole.values()))

    def _loose(self, file: File) -> Filed:
        """A file that no task makes; where it stands says what it holds, but for one."""
        known = self.files.get(file.path)
        return known if known and file.path != asset.EMBED else filed(file, self._shelf.put)

    def _making(self, paths: Sequence[str]) -> list[str]:
        """The tasks that make these files."""
        rest = {path for path in paths if path not in self._cache.pages}
        making = {file.path: name for name, files in self._cache.pages.items() for file in files if file.path in rest} if rest else {}
        return list(dict.fromkeys(making.get(path, path) for path in paths))

    def _shown(self, files: Mapping[str, Filed], made: Iterable[str], checked: Checked, *, done: bool) -> Update:
        """Show these files, of which only those that were `made` can have changed."""
        before, self.files, self.checked = self.files, files, checked
        return Update(frozenset(path for path in made if before.get(path) != files.get(path)), done)
