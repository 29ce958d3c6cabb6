"""A citation: whether what the texts of a project cite is there, and whether its articles are whole.

Figures in a passage, units asked of them, the names in an asserted condition, charts and notes in an
article, and the article's twin in the other language. What data files say of each other is `crosscheck`'s,
whether an asserted phrase is true `audit`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from tally import article, formula, markup, name, task, wording
from tally.article import Item, Outline
from tally.document import Path
from tally.model import Unit
from tally.passage import Passage, by_path, labels, passages
from tally.problem import Problem, nearest
from tally.project import Project
from tally.quantity import Dimension, Range, dimension, name_dimension
from tally.reading import Text
from tally.twin import asserts, at, cites, disagreements, listed


@dataclass(frozen=True)
class Register:
    """Every name that the data declares, with what is printed under it (None where a formula makes it) and its unit."""

    units: Mapping[str, Unit]
    names: Mapping[str, tuple[object, str | None]]

    @classmethod
    def of(cls, project: Project) -> Register:
        """The register of a project."""
        return cls(project.units, {word: _declared(word, project) for word in name.declared(project.tables, project.sets)})

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

    def content(self, word: str) -> tuple[object, str | None]:
        """What is known of a figure before anything is worked out."""
        return self.names[name.stem(word, self.names)]

    def kind(self, unit: str | None) -> Dimension | None:
        """The dimension of a unit; None for a unit that is not declared."""
        if unit is None:
            return ()
        return dimension(self.units[unit].base) if unit in self.units else None


def _declared(word: str, project: Project) -> tuple[object, str | None]:
    parts = word.split(".")
    if len(parts) == 3:
        table = project.tables[parts[0]]
        row, column = table.rows[parts[1]], table.columns[parts[2]]
        cell = row.cells.get(parts[2])
        return (cell.content, cell.unit or row.unit or column.unit) if cell else (None, column.unit or row.unit)
    single = project.sets[parts[0]].figures[parts[1]]
    return single.content, single.unit


Citations = task.Memory[tuple[Problem, ...]]
"""What is wrong with the texts of each file, by path."""


def cited(project: Project, files: Mapping[str, bytes], before: Citations | None = None) -> Citations:
    """What is wrong with each text by itself: marks that cannot be read, and figures that are not there."""
    register, texts = Register.of(project), by_path(passages(project), labels(project))
    work = {path: partial(_cited, path, found) for path, found in texts.items()}
    kinds = {"files": files, "names": {word: (type(content).__name__, unit) for word, (content, unit) in register.names.items()}}

    def watched(asked: set[task.Input]) -> tuple[Mapping[str, bytes], Register]:
        return task.Watched("files", files, asked), replace(register, names=task.Watched("names", register.names, asked))

    return task.run(work, watched, task.Inputs(kinds, (project.units, project.languages)), before, worth=task.MANY)


def _cited(path: str, texts: tuple[Sequence[Passage], Sequence[Passage]], world: tuple[Mapping[str, bytes], Register]) -> tuple[Problem, ...]:
    files, register = world
    files[path]  # where each text stands depends on all that is written before it
    sentences, names = texts
    found = [text.problem(offset, message) for text in sentences for offset, message in _misworded(text.text, register)]
    return (*found, *(problem for label in names for problem in _marked(label)))


def check(project: Project) -> Iterator[Problem]:
    """Where the languages of a story or page do not stand block against block, or cite other figures."""
    for slug, story in project.stories.items():
        yield from _twins(f"content/stories/{slug}", story.texts, project)
    for slug, texts in project.pages.items():
        yield from _twins(f"content/pages/{slug}", texts, project)


def unlike(project: Project) -> Iterator[Problem]:
    """Where the languages of one title, note or alt text cite other figures or assert other conditions.

    For a project that `check` finds nothing wrong with.
    """
    groups: dict[tuple[str, Path], dict[str, Passage]] = {}
    for passage in passages(project):
        if passage.path.endswith(".yaml"):
            groups.setdefault((passage.path, passage.where[:-1]), {})[passage.language] = passage
        elif not passage.markdown:
            groups.setdefault((passage.path.rpartition("/")[0], passage.where), {})[passage.language] = passage
    for twins in groups.values():
        first, *others = (twins[language] for language in project.languages if language in twins)
        yield from (problem for other in others for problem in _differing(first, other))


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


def _twins(folder: str, texts: Mapping[str, Text], project: Project) -> Iterator[Problem]:
    for language in project.languages:
        if language not in texts:
            there = ", ".join(f"{one}.md" for one in texts) or "nothing yet"
            yield Problem(f"{folder}/{language}.md", 1, 1, "", f"this translation is missing; it is the twin of {there}")
    for text in texts.values():
        yield from (at(text, offset, message) for offset, message in _incomplete(article.outline(text.body), project))
    whole = [texts[language] for language in project.languages if language in texts]
    for twin in whole[1:]:
        with suppress(wording.Misworded):  # said above
            yield from disagreements(whole[0], twin)


def _incomplete(found: Outline, project: Project) -> Iterator[tuple[int, str]]:
    for chart in found.charts:
        if chart.id not in project.charts:
            yield chart.offset, f"no chart is called {chart.id}; {nearest(chart.id, project.charts)}"
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
