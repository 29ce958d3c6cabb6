"""A site: the six stages, one after the other.

This is the whole build. Each stage is a function of what the one before returned.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tally import audit, book, crosscheck, figure, output, page, project, source
from tally.notation import Notation
from tally.problem import Faulty
from tally.project import Project
from tally.prose import Prose


@dataclass(frozen=True)
class Built:
    """What a build made, for the summary."""

    pages: int
    charts: int
    files: int
    bytes: int
    bundle: source.Bundle


def build(root: Path, engine: Path, destination: Path) -> Built:
    """Build the site at `root` into `destination`; raises `Faulty` and leaves the old site if anything is wrong."""
    folder = source.load(root, engine)
    checked, derived, voices = check(folder)
    drawings = figure.draw(checked, derived, voices)
    artifacts = page.render(checked, derived, drawings, voices, folder)
    output.write(artifacts, destination)
    return Built(sum(path.endswith(".html") for path in artifacts), len(checked.charts), len(artifacts),
                 sum(map(len, artifacts.values())), folder.bundle)


def check(folder: source.Folder) -> tuple[Project, book.Book, dict[str, Prose]]:
    """Everything that can be wrong is found here: the project, its figures, and prose that is true of them."""
    checked = validate(folder)
    derived = book.derive(checked)
    voices = speak(checked, derived)
    audit.audit(checked, derived, voices)
    return checked, derived, voices


def validate(folder: source.Folder) -> Project:
    """The project, typed and cross-checked."""
    checked = project.validate(folder)
    if problems := crosscheck.check(checked, folder.templates):
        raise Faulty(problems)
    return checked


def speak(checked: Project, derived: book.Book) -> dict[str, Prose]:
    """Each language's prose."""
    return {id: Prose(derived, Notation(id, language, checked.units, {word: texts[id] for word, texts in checked.words.items()}))
            for id, language in checked.site.languages.items()}
