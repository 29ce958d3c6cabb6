"""A citation: whether what the texts of a project cite is there, and whether its articles are whole.

Figures in a passage, units asked of them, the names in an asserted condition, charts and notes in an
article, and the article's twin in the other language. What data files say of each other is `crosscheck`'s,
whether an asserted phrase is true `audit`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache, partial
from itertools import starmap

from tally import article, formula, markup, name, task, wording
from tally.article import Item, Outline
from tally.document import Path
from tally.memo import latest, remembered
from tally.model import Chart, FigureSet, Table, Unit
from tally.passage import Passage, of_file
from tally.problem import Problem, nearest
from tally.project import Project
from tally.quantity import Dimension, Range, dimension, name_dimension
from tally.reading import Text
from tally.twin import asserts, at, cites, disagreements, listed

Declared = tuple[object, str | None]
"""What is printed under a name (None where a formula makes it) and its unit."""
Sort = tuple[str, str | None]
"""The type of what is printed, and its unit."""


@dataclass(frozen=True)
class Register:
    """Every name that the data declares."""

    units: Mapping[str, Unit]
    names: Mapping[str, Declared]
    sorts: Mapping[str, Sort]

    @classmethod
    def of(cls, project: Project) -> Register:
        """The register of a project."""
        return _register(project.units, project.tables, project.sets)

    @property
    def kinds(self) -> dict[str, Mapping[str, object]]:
        """What tasks may ask for, by kind: of a figure only what sort it is of."""
        return {"names": self.sorts}

    def watched(self, asked: set[task.Input]) -> Register:
        """The same register, which notes what is asked of it."""
        return replace(self, names=task.Watched("names", self.names, asked))

    def missing(self, word: str) -> str | None:
        """Why `word` is no name of a figure, or None."""
        if name.stem(word, self.names) in self.names:
            return None
        return f"no figure is called {word}; {nearest(word, self.names)}"

    def unmatched(self, word: str) -> str | None:
        """The same for a name that may be a pattern with `*`."""
        if "*" not in word:
            return self.missing(word)
        return None if name.matching(word, self.names) else f"no figure matches {word}"

    def content(self, word: str) -> Declared:
        """What is known of a figure before anything is worked out."""
        return self.names[name.stem(word, self.names)]

    def kind(self, unit: str | None) -> Dimension | None:
        """The dimension of a unit; None for a unit that is not declared."""
        if unit is None:
            return ()
        return dimension(self.units[unit].base) if unit in self.units else None


@latest
def _register(units: Mapping[str, Unit], tables: Mapping[str, Table], sets: Mapping[str, FigureSet]) -> Register:
    names, sorts = dict[str, Declared](), dict[str, Sort]()
    for declared in (*starmap(_of_table, tables.items()), *starmap(_of_set, sets.items())):
        names |= declared
        sorts |= _sorts(declared)
    return Register(units, names, sorts)


@remembered
def _sorts(names: Mapping[str, Declared]) -> dict[str, Sort]:
    return {word: _sort(type(content).__name__, unit) for word, (content, unit) in names.items()}


@cache
def _sort(kind: str, unit: str | None) -> Sort:
    return kind, unit


@remembered
def _of_table(id: str, table: Table) -> dict[str, Declared]:
    return {name.of(id, row, column): _of_cell(table, row, column) for row, column in name.cells(table)}


def _of_cell(table: Table, row: str, column: str) -> Declared:
    line, head = table.rows[row], table.columns[column]
    cell = line.cells.get(column)
    return (cell.content, cell.unit or line.unit or head.unit) if cell else (None, head.unit or line.unit)


@remembered
def _of_set(id: str, group: FigureSet) -> dict[str, Declared]:
    return {f"{id}.{key}": (single.content, single.unit) for key, single in group.figures.items()}


Citations = task.Memory[tuple[Problem, ...]]
"""What is wrong with the texts of each file, and of each folder's languages beside each other, by path."""


@dataclass(frozen=True)
class _World:
    """What these tasks may ask for; the project itself notes nothing, and what is taken from it stands in a file."""

    files: Mapping[str, bytes]
    register: Register
    charts: Mapping[str, Chart]
    project: Project


def cited(project: Project, files: Mapping[str, bytes], before: Citations | None = None) -> Citations:
    """What is wrong with each text by itself: marks that cannot be read, and figures that are not there."""
    register = Register.of(project)

    def watched(asked: set[task.Input]) -> _World:
        return _World(task.Watched("files", files, asked), register.watched(asked), task.Watched("charts", project.charts, asked), project)

    work = _work(tuple(project.documents), tuple(project.stories), tuple(project.pages))
    kinds = {"files": files, "charts": project.charts, **register.kinds}
    return task.run(work, watched, task.Inputs(kinds, (project.units, project.languages)), before, worth=task.MANY)


@lru_cache(maxsize=1)
def _work(paths: tuple[str, ...], stories: tuple[str, ...], pages: tuple[str, ...]) -> Mapping[str, Callable[[_World], tuple[Problem, ...]]]:
    folders = (*(f"content/stories/{slug}" for slug in stories), *(f"content/pages/{slug}" for slug in pages))
    return {path: partial(_cited, path) for path in paths} | {folder: partial(_twins, folder) for folder in folders}


def _cited(path: str, world: _World) -> tuple[Problem, ...]:
    world.files[path]  # where each text stands depends on all that is written before it
    problems: list[Problem] = []
    for text in of_file(path, world.project):
        problems += _marked(text) if text.is_label else (
            text.problem(offset, message) for offset, message in _misworded(text.text, world.register))
    return tuple(problems)


def unlike(texts: Iterable[Passage], original: Iterable[Passage]) -> Iterator[Problem]:
    """Where the titles, notes and alt texts of a file cite other figures or assert other conditions than those in the
    first language, which stand in the same file or in the `original`.

    For a project that `cited` finds nothing wrong with.
    """
    known: dict[Path, Passage] = {_place(text): text for text in original if not text.markdown}
    for text in texts:
        if not text.markdown and not text.is_label and known.setdefault(_place(text), text) is not text:
            yield from _differing(known[_place(text)], text)


def _place(text: Passage) -> Path:
    """What is the same of a text in every language."""
    return text.where if text.path.endswith(".md") else text.where[:-1]


def _differing(first: Passage, other: Passage) -> Iterator[Problem]:
    for kind, found in (("figures", cites), ("conditions", asserts)):
        ours, theirs = found(first.text), found(other.text)
        if ours != theirs:
            yield other.problem(0, (f"its {kind} differ from those of its twin in {first.language}: "
                                    f"only here {listed(theirs - ours)}; only there {listed(ours - theirs)}"))


def _marked(label: Passage) -> Iterator[Problem]:
    for mark in ("{{", "[["):
        if mark in label.text:
            yield label.problem(label.text.index(mark), "names and labels cite no figures; write plain words here")


def _misworded(text: str, register: Register) -> Iterator[tuple[int, str]]:
    """Offset and complaint of everything wrong in one text."""
    try:
        parts = wording.parse(text)
    except wording.Misworded as error:
        yield error.offset, str(error)
        return
    yield from ((offset, message) for offset, message in markup.misplaced(text))
    for reference in wording.references(parts):
        if message := _unfit(reference, register):
            yield reference.offset, message
    for part in parts:
        if isinstance(part, wording.Assertion):
            yield from ((part.offset, message) for message in _condition(part.condition, register))


def _unfit(reference: wording.Reference, register: Register) -> str | None:
    """Why a figure cannot be cited like this, or None."""
    if missing := register.missing(reference.name):
        return missing
    if reference.unit is None:
        return None
    units = register.units
    if reference.unit not in units:
        return f"no unit is called {reference.unit}; {nearest(reference.unit, units)}"
    content, unit = register.content(reference.name)
    have, want = register.kind(unit), register.kind(reference.unit)
    if not (content is None or isinstance(content, (Decimal, Range))):
        return f"{reference.name} is no number, so it cannot be shown in {reference.unit}"
    if have is not None and want is not None and have != want:
        return f"{reference.name} is in {name_dimension(have)}, and {reference.unit} measures {name_dimension(want)}"
    return None


def _condition(text: str, register: Register) -> Iterator[str]:
    try:
        read = formula.read(text)
    except formula.Unsound as error:
        yield str(error)
        return
    units = register.units
    yield from (f"no unit is called {unit}; {nearest(unit, units)}" for unit in read.units if unit not in units)
    yield from filter(None, map(register.unmatched, read.names))


# ---- articles


def _twins(folder: str, world: _World) -> tuple[Problem, ...]:
    """Where the languages of a story or page do not stand block against block, or cite other figures."""
    _, kind, slug = folder.split("/")
    texts = world.project.stories[slug].texts if kind == "stories" else world.project.pages[slug]
    for text in texts.values():
        world.files[text.path]
    return tuple(_untwinned(folder, texts, world.project.languages, world.charts))


def _untwinned(folder: str, texts: Mapping[str, Text], languages: list[str], charts: Mapping[str, Chart]) -> Iterator[Problem]:
    for language in languages:
        if language not in texts:
            there = ", ".join(f"{one}.md" for one in texts) or "nothing yet"
            yield Problem(f"{folder}/{language}.md", 1, 1, "", f"this translation is missing; it is the twin of {there}")
    for text in texts.values():
        yield from (at(text, offset, message) for offset, message in _incomplete(article.outline(text.body), charts))
    whole = [texts[language] for language in languages if language in texts]
    for twin in whole[1:]:
        with suppress(wording.Misworded):  # said above
            yield from disagreements(whole[0], twin)


def _incomplete(found: Outline, charts: Mapping[str, Chart]) -> Iterator[tuple[int, str]]:
    for chart in found.charts:
        if chart.id not in charts:
            yield chart.offset, f"no chart is called {chart.id}; {nearest(chart.id, charts)}"
    for heading in found.headings:
        if "{#" in heading.text:
            yield heading.offset, "this heading has two anchors; keep one"
        if not heading.id:
            yield heading.offset, "this heading has no anchor; end it with one, such as {#vacancy}, the same in every language"
    for line in found.unread:
        yield line.offset, f"nothing reads this: {line.text}; a chart is shown by ::chart NAME alone on a line, with a blank line above and below"
    defined, cited = {note.id for note in found.notes}, {note.id for note in found.cited}
    for note in found.cited:
        if note.id not in defined:
            offer = nearest(note.id, defined) if defined else f"write it below, as [^{note.id}]: …"
            yield note.offset, f"the note [^{note.id}] has no text; {offer}"
    for note in found.notes:
        if note.id not in cited:
            yield note.offset, f"nothing calls the note [^{note.id}]; {nearest(note.id, cited)}"
    yield from _twice(found.charts, "the chart {} stands here twice; show it once and name it the second time")
    yield from _twice([heading for heading in found.headings if heading.id], "two headings have the anchor {}; rename one")
    yield from _twice(found.notes, "the note [^{}] has two texts; rename or remove one")
    yield from _twice(found.cited, "the note [^{}] is called twice; give the second place a note of its own")


def _twice(items: Iterable[Item], message: str) -> Iterator[tuple[int, str]]:
    """The second and later of items that share an id: on the page each id stands once."""
    seen: set[str] = set()
    for item in items:
        if item.id in seen:
            yield item.offset, message.replace("{}", item.id)
        seen.add(item.id)
