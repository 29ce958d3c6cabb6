"""A site: the six stages, one after the other.

This is the whole build. Each stage is a function of what the one before returned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tally import (
    audit,
    book,
    cache,
    citation,
    correction,
    crosscheck,
    figure,
    label,
    output,
    pin,
    review,
    source,
    stray,
    twin,
    verdict,
)
from tally import impact as impacts
from tally import project as projects
from tally.cache import Known
from tally.draft import Draft
from tally.file import filed, listed
from tally.notation import Notation
from tally.problem import Faulty, Problem, nearest
from tally.progress import UNWATCHED, Progress
from tally.project import Project
from tally.prose import Prose
from tally.publication import Publication
from tally.source import load
from tally.task import Memory

if TYPE_CHECKING:
    from tally import raster, verification, view
    from tally.page import Pages
    from tally.poster import Poster, Posters
    from tally.press import Press


@dataclass(frozen=True)
class Checked(Publication):
    """An input with nothing wrong in it: the publication, what the search covered, and what is worth a look."""

    coverage: stray.Coverage
    warnings: Sequence[Problem]
    known: Known
    """what the next check may use again"""


@dataclass(frozen=True)
class Built:
    """What a build made, for the summary."""

    checked: Checked
    pages: int
    files: int
    bytes: int
    folder: source.Folder
    """what was read"""
    pictures: int
    wanting: Sequence[str]
    """which pictures were left out, and why"""
    changes: output.Changes


def build(root: Path, engine: Path, destination: Path, *, strict: bool = False, base_url: str = "", pictures: bool = True, compress: bool = False,
          progress: Progress = UNWATCHED, folder: source.Folder | None = None) -> Built:
    """Build the site at `root` into `destination`; raises `Faulty` and leaves the old site if anything is wrong.

    `base_url` stands before the address in `data/site.yaml`; `pictures` makes PNG, which takes seconds. A `folder` that
    was read just now is not read again, unless another build took its time in between.
    """
    progress.at("start")
    destination = output.settled(destination, root, engine)
    with output.claimed(destination, progress) as waited:
        read = folder if folder and not waited else load(root, engine)
        past = cache.opened(source.cached(destination), read.engine)
        checked = located(check(read, strict=strict, progress=progress, past=past.known), base_url)
        with output.drafted(destination, past.names) as draft:
            return _made(checked, read, past, draft, pictures, compress, progress)


def _made(checked: Checked, folder: source.Folder, past: cache.Cache, draft: Draft, pictures: bool, compress: bool, progress: Progress) -> Built:
    """The site of an input, drafted and published."""
    # Here, because only a build fills templates, draws pictures and writes workbooks, and their libraries load slowly.
    from tally import asset, compression, page, raster
    from tally.press import Press

    progress.at("pictures")
    drawn = _pictured(checked, past, draft, progress) if pictures else _drawn_only(checked, past)
    progress.at("render")
    codes = dict(past.codes)
    press = Press.of(checked, folder, drawn.posters, drawn.rasters.pictures, codes)
    pages, names = _rendered(press, past, draft, progress)
    loose = [filed(file, draft.put) for file in page.loose(press, drawn.rasters.pictures)]
    files = listed([*(replace(file, path=names.get(file.path, file.path)) for file in page.made(pages)), *loose])
    progress.at("write")
    draft.fill(files)
    if compress:
        for path, raw in compression.compressed(files, draft.read):
            draft.put(path, raw)
    stamps = draft.stamps()
    kept = cache.Cache(checked.known, drawn.takeaways, drawn.cards, pages, codes, names, stamps)
    keys = {f"{stem}.png": key for stem, key in drawn.rasters.keys.items()}
    changes = output.publish(draft, files, stamps, keys, partial(cache.pack, kept, folder.engine), asset.unaddressed)
    return Built(checked, sum(path.endswith(".html") for path in files), len(files), sum(stamps[path][0] for path in files), folder,
                 len(drawn.rasters.pictures), raster.told(drawn.rasters.gaps, drawn.posters), changes)


@dataclass(frozen=True)
class _Pictures:
    """What is drawn to be taken away or shared, and what of it there is as PNG."""

    takeaways: Posters
    cards: Posters
    rasters: raster.Rasters
    posters: Mapping[str, Poster]
    """those that this site has"""


def _drawn_only(checked: Checked, past: cache.Cache) -> _Pictures:
    """Without PNG; the cards of the build before are kept for the next."""
    from tally import poster, raster

    takeaways = poster.takeaways(checked, past.takeaways)
    return _Pictures(takeaways, past.cards, raster.Rasters(), takeaways)


def _pictured(checked: Checked, past: cache.Cache, draft: Draft, progress: Progress) -> _Pictures:
    """With PNG, of which those that stay the same come from the site that stands."""
    from tally import font, poster, raster

    takeaways, cards = poster.takeaways(checked, past.takeaways), poster.cards(checked, past.cards)
    posters = {**takeaways, **cards}
    rasters = raster.render(posters, font.choose(source.fonts()), source.pictures(draft.old), progress)
    return _Pictures(takeaways, cards, rasters, posters)


def _rendered(press: Press, past: cache.Cache, draft: Draft, progress: Progress) -> tuple[Pages, dict[str, str]]:
    """What all tasks made, and the names of late assets, by what pages hold in place of them until they are put away."""
    from tally import page

    if not past.codes:
        press.compile()
    intact = draft.intact(past.stamps)
    still = past.pages.less(name for name, files in past.pages.items() if not all(past.names.get(file.path, file.path) in intact for file in files))
    late = page.render(press, draft.put, still, worth=2, only=press.assets.late)
    names = page.names(late)
    draft.name(names)
    return page.render(press, draft.put, still, late, progress=progress), names


def located(checked: Checked, base_url: str) -> Checked:
    """The same at another address, where one is given."""
    project = checked.project
    return replace(checked, project=replace(project, site=project.site.model_copy(update={"base_url": base_url}))) if base_url else checked


def check(folder: source.Folder, *, strict: bool = False, progress: Progress = UNWATCHED, past: Known | None = None) -> Checked:
    """Everything that can be wrong is found here; raises `Faulty` with all of it.

    Words that compare without a condition, translations that nobody confirmed, figures that changed since a release
    without a correction, and what is left of a skeleton are warnings, and problems where the build is `strict`.
    """
    past = past or Known()
    progress.at("validate")
    readings = projects.read(folder, past.readings)
    project = projects.validate(folder, readings)
    citations = citation.cited(project, folder.files, past.citations)
    findings = crosscheck.check(project, folder.templates, folder.files, past.findings)
    unfit = _all(citations, findings)
    if any(problem.path in _GROUND or problem.path.startswith(_DATA) for problem in unfit):
        raise Faulty(unfit)  # without its figures nothing else can be told about the project
    sound = project.without({problem.path for problem in unfit})
    progress.at("derive")
    derived = book.derive(project)
    voices = speak(project, derived)
    progress.at("check")
    reviews = review.review(sound, folder.files, voices, past.reviews)
    problems = [*unfit, *correction.check(project, derived), *audit.unsound(sound, derived), *label.shown(sound),
                *(problem for one in reviews.values() for problem in one.problems)]
    warnings = sorted(problem for one in reviews.values() for problem in one.warnings)
    if strict:
        problems, warnings = problems + warnings, []
    progress.at("figure")
    drawings, undrawn = _drawn(sound.without({problem.path for problem in problems}), derived, voices, past.drawings)
    if problems + undrawn:
        raise Faulty(problems + undrawn)
    pins = pin.thaw(project.releases, past.pins)
    unsaid = correction.unexplained(project, derived, voices, drawings)
    if strict and unsaid:
        raise Faulty(unsaid)
    coverage = sum((one.coverage for one in reviews.values()), stray.NOTHING)
    return Checked(project, derived, voices, verdict.judge(project, derived), drawings, pins, coverage, [*warnings, *unsaid],
                   Known(readings, citations, findings, reviews, drawings, pins))


def _all(*found: Memory[tuple[Problem, ...]]) -> list[Problem]:
    return [problem for memory in found for problems in memory.values() for problem in problems]


_GROUND = ("data/site.yaml", "data/units.yaml", "data/sources.yaml", "data/paper.yaml", "content/interface.yaml")
_DATA = ("data/tables/", "data/figures/")
"""What every figure stands on."""


def _drawn(project: Project, derived: book.Book, voices: Mapping[str, Prose],
           before: Memory[figure.Drawing] | None) -> tuple[Memory[figure.Drawing], list[Problem]]:
    """Every chart's drawings, or why some cannot be drawn."""
    try:
        return figure.draw(project, derived, voices, before), []
    except Faulty as error:
        return Memory(), error.problems


def confirm(root: Path, engine: Path, slug: str) -> Path:
    """Record what a story's translations were made from; the path of the record."""
    project = validate(load(root, engine))
    if slug not in project.stories:
        raise Faulty([Problem(f"content/stories/{slug}", 1, 1, "", f"no story is called {slug}; {nearest(slug, project.stories)}")])
    path = root / "content" / "stories" / slug / twin.RECORD
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

    text = spreadsheet.decoded(str(article), source.read(article), encoding)
    if clipping.enclosed(text):
        raise Faulty([Problem(str(article), 1, 1, "", "this is a mail as it travels, encoded; open it and save its text or HTML")])
    found = clipping.read(text)
    if not found:
        raise Faulty([Problem(str(article), 1, 1, "", "nothing of this site is quoted here: no address has quote= in it")])
    return verification.judge(found, verification.known(views(check(load(root, engine)))))


def views(checked: Checked) -> list[view.View]:
    """Each language's surroundings, of no page of their own."""
    from tally.asset import Assets
    from tally.view import View

    return [View("index.html", language, checked, voice, Assets({}, {})) for language, voice in checked.voices.items()]


def validate(folder: source.Folder) -> Project:
    """The project, typed and cross-checked."""
    checked = projects.validate(folder)
    if problems := _all(citation.cited(checked, folder.files), crosscheck.check(checked, folder.templates, folder.files)):
        raise Faulty(problems)
    return checked


def speak(project: Project, derived: book.Book) -> dict[str, Prose]:
    """Each language's prose."""
    return {id: Prose(derived, Notation(id, language, project.units, {word: texts[id] for word, texts in project.words.items()}))
            for id, language in project.site.languages.items()}
