"""A site: the six stages, one after the other.

This is the whole build. Each stage is a function of what the one before returned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tally import (
    audit,
    book,
    citation,
    correction,
    crosscheck,
    figure,
    label,
    output,
    pin,
    skeleton,
    source,
    stray,
    twin,
    verdict,
    watch,
)
from tally import impact as impacts
from tally import project as projects
from tally.notation import Notation
from tally.passage import passages
from tally.problem import Faulty, Problem, nearest
from tally.project import Project
from tally.prose import Prose
from tally.source import load

if TYPE_CHECKING:
    from tally import poster, raster, verification


@dataclass(frozen=True)
class Checked:
    """An input with nothing wrong in it: the project, its figures, its voices, and what the search covered."""

    project: Project
    book: book.Book
    voices: Mapping[str, Prose]
    verdicts: Sequence[verdict.Verdict]
    coverage: stray.Coverage
    warnings: Sequence[Problem]
    drawings: Mapping[tuple[str, str], figure.Drawing]
    pins: pin.Pins

    @property
    def shown(self) -> Mapping[tuple[str, str], figure.Drawing]:
        """The drawings less those of withdrawn charts."""
        return {key: drawing for key, drawing in self.drawings.items() if key[0] not in self.project.corrections.withdrawn}


@dataclass(frozen=True)
class Built:
    """What a build made, for the summary."""

    checked: Checked
    pages: int
    files: int
    bytes: int
    bundle: source.Bundle
    pictures: int
    wanting: Sequence[str]
    """which pictures were left out, and why"""


def build(root: Path, engine: Path, destination: Path, *, strict: bool = False, base_url: str = "", pictures: bool = True, compress: bool = False) -> Built:
    """Build the site at `root` into `destination`; raises `Faulty` and leaves the old site if anything is wrong.

    `base_url` stands before the address in `data/site.yaml`; `pictures` makes PNG, which takes seconds.
    """
    # Here, because only a build fills templates, draws pictures and writes workbooks, and their libraries load slowly.
    from tally import compression, page, raster

    destination = output.settled(destination, root, engine)
    folder = load(root, engine)
    checked = check(folder, strict=strict)
    if base_url:
        project = checked.project
        checked = replace(checked, project=replace(project, site=project.site.model_copy(update={"base_url": base_url})))
    posters, rasters = _pictures(checked, pictures, destination)
    artifacts = page.render(checked.project, checked.book, checked.drawings, checked.voices, checked.verdicts, folder,
                            posters, rasters.pictures, checked.pins).artifacts
    output.write({**artifacts, **compression.compressed(artifacts)} if compress else artifacts, destination,
                 {f"{stem}.png": key for stem, key in rasters.keys.items()})
    return Built(checked, sum(path.endswith(".html") for path in artifacts), len(artifacts),
                 sum(map(len, artifacts.values())), folder.bundle, len(rasters.pictures), raster.told(rasters.gaps, posters))


def _pictures(checked: Checked, wanted: bool, before: Path) -> tuple[Mapping[str, poster.Poster], raster.Rasters]:
    """The posters, and those that became PNG; what the site `before` has of them is not made again."""
    from tally import font, poster, raster

    given = checked.project, checked.shown, checked.voices
    posters = poster.takeaways(*given)
    if not wanted:
        return posters, raster.Rasters()
    posters |= poster.cards(*given)
    return posters, raster.render(posters, font.choose(source.fonts()), source.pictures(before))


def check(folder: source.Folder, *, strict: bool = False) -> Checked:
    """Everything that can be wrong is found here; raises `Faulty` with all of it.

    Words that compare without a condition, translations that nobody confirmed, figures that changed since a release
    without a correction, and what is left of a skeleton are warnings, and problems where the build is `strict`.
    """
    project = projects.validate(folder)
    unfit = crosscheck.check(project, folder.templates)
    if any(problem.path in _GROUND or problem.path.startswith(_DATA) for problem in unfit):
        raise Faulty(unfit)  # without its figures nothing else can be told about the project
    sound = project.without({problem.path for problem in unfit})
    derived = book.derive(project)
    voices = speak(project, derived)
    problems = [*unfit, *correction.check(project, derived), *audit.audit(sound, derived, voices), *label.check(sound, derived, voices), *citation.unlike(sound)]
    found, coverage, warnings = _read(sound, voices)
    problems += found
    warnings += [problem for slug in sound.stories for problem in twin.stale(sound, slug)]
    warnings += skeleton.left(sound)
    if strict:
        problems, warnings = problems + warnings, []
    drawings, undrawn = _drawn(sound.without({problem.path for problem in problems}), derived, voices)
    if problems + undrawn:
        raise Faulty(problems + undrawn)
    pins = pin.thaw(project.releases)
    unsaid = correction.unexplained(project, derived, voices, drawings)
    if strict and unsaid:
        raise Faulty(unsaid)
    return Checked(project, derived, voices, verdict.judge(project, derived), coverage, [*warnings, *unsaid], drawings, pins)


_GROUND = ("data/site.yaml", "data/units.yaml", "data/sources.yaml", "data/paper.yaml", "content/interface.yaml")
_DATA = ("data/tables/", "data/figures/")
"""What every figure stands on."""


def _read(project: Project, voices: Mapping[str, Prose]) -> tuple[list[Problem], stray.Coverage, list[Problem]]:
    """Every passage, searched for figures typed by hand and for words that compare without a condition."""
    problems: list[Problem] = []
    warnings: list[Problem] = []
    coverage = stray.Coverage(0, 0, 0, 0)
    for one in passages(project):
        watchwords = project.watchwords.get(one.language)
        found, covered = stray.search(one, voices[one.language], watchwords)
        problems, coverage = problems + found, coverage + covered
        warnings += watch.unbound(one, watchwords, project.site.languages[one.language].script == "han")
    return problems, coverage, warnings


def _drawn(project: Project, derived: book.Book, voices: Mapping[str, Prose]) -> tuple[Mapping[tuple[str, str], figure.Drawing], list[Problem]]:
    """Every chart's drawings, or why some cannot be drawn."""
    try:
        return figure.draw(project, derived, voices), []
    except Faulty as error:
        return {}, error.problems


def confirm(root: Path, engine: Path, slug: str) -> Path:
    """Record what a story's translations were made from; the path of the record."""
    project = validate(load(root, engine))
    if slug not in project.stories:
        raise Faulty([Problem(f"content/stories/{slug}", 1, 1, "", f"no story is called {slug}; {nearest(slug, project.stories)}")])
    path = root / "content" / "stories" / slug / "made-from.yaml"
    output.write_file(path, twin.as_yaml(project, slug))
    return path


def impact(root: Path, engine: Path, what: str) -> impacts.Impact:
    """What depends on a file or a cell, or what `cell=value` would change."""
    impacts.refuse(what)
    folder = load(root, engine)
    project = validate(folder)
    derived = book.derive(project)
    voices = speak(project, derived)
    name, equals, value = what.partition("=")
    cells = impacts.cells_of(name, project, derived)
    if not equals:
        return impacts.readers(cells, project, derived, voices)
    return impacts.attempt(folder, name, value, project, derived, voices, validate, speak)


def verify(root: Path, engine: Path, article: Path, encoding: str | None) -> list[verification.Finding]:
    """Whether what an article quotes is still so, and still what it says; raises `Faulty` where it quotes nothing."""
    from tally import clipping, spreadsheet, verification
    from tally.asset import Assets
    from tally.view import View

    text = spreadsheet.decoded(str(article), source.read(article), encoding)
    if clipping.enclosed(text):
        raise Faulty([Problem(str(article), 1, 1, "", "this is a mail as it travels, encoded; open it and save its text or HTML")])
    found = clipping.read(text)
    if not found:
        raise Faulty([Problem(str(article), 1, 1, "", "nothing of this site is quoted here: no address has quote= in it")])
    checked = check(load(root, engine))
    known = verification.known(View("index.html", language, checked.project, voice, checked.drawings, checked.verdicts, Assets({}, {}))
                               for language, voice in checked.voices.items())
    return verification.judge(found, known)


def validate(folder: source.Folder) -> Project:
    """The project, typed and cross-checked."""
    checked = projects.validate(folder)
    if problems := crosscheck.check(checked, folder.templates):
        raise Faulty(problems)
    return checked


def speak(project: Project, derived: book.Book) -> dict[str, Prose]:
    """Each language's prose."""
    return {id: Prose(derived, Notation(id, language, project.units, {word: texts[id] for word, texts in project.words.items()}))
            for id, language in project.site.languages.items()}
