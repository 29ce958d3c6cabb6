"""A passage: one text that may hold figures, and where it stands.

Stories, pages, and in every YAML file each title, subtitle, note, alt text, annotation and claim. Audits,
the search for figures typed by hand and impact reports all go through the same passages, so that none
overlooks what another sees.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from tally.document import Document, Path
from tally.problem import Problem, in_text
from tally.project import Project
from tally.reading import Text

_WORDLESS = ("data/site.yaml", "data/paper.yaml", "data/sources.yaml", "data/units.yaml", "content/interface.yaml")
"""Files whose texts are names and labels, not sentences about figures."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text in one language. `where` is its key in a YAML file or front matter, empty for a Markdown body."""

    path: str
    language: str
    text: str
    document: Document
    where: Path
    first_line: int = 0
    """where a Markdown body starts; 0 for any other text"""

    @property
    def markdown(self) -> bool:
        """Whether this is the body of a Markdown file."""
        return self.first_line > 0

    @property
    def is_label(self) -> bool:
        """Whether this is a label: a name, or a word that the paper prints in place of a figure and that is data.

        Neither is a sentence about data. A chart's own row or column may be named after a figure, and is then held to it.
        """
        where = self.where
        if self.path.endswith(".md") or (where[0] == "grid" and "{{" in self.text):
            return False
        return self.path in _WORDLESS or (self.path.startswith("data/") and len(where) > 1 and (
            where[-2] == "label" or (where[-2] == "text" and "annotations" not in where) or where[0] == "groups"))

    def problem(self, offset: int, message: str) -> Problem:
        """A problem `offset` characters into the text."""
        if self.markdown:
            return in_text(self.path, self.text, offset, message, self.first_line)
        mark = self.document.within(self.where, self.text[offset:offset + 12].split("\n")[0] or self.text[:12], self.text[:offset])
        return Problem(self.path, mark.line, mark.column, ".".join(map(str, self.where)), message)


def passages(project: Project) -> Iterator[Passage]:
    """Every passage of the project, in the order of the files."""
    return (text for path in project.documents for text in of_file(path, project) if not text.is_label)


def labels(project: Project) -> Iterator[Passage]:
    """Every other text: names, labels and words that are shown as they are."""
    return (text for path in project.documents for text in of_file(path, project) if text.is_label)


def of_file(path: str, project: Project) -> Iterator[Passage]:
    """Every text of one file, of both kinds."""
    document = project.documents[path]
    if not path.endswith(".md"):
        return _localized(path, document, project.languages)
    text = project.text(path)
    return article(text, PurePosixPath(path).stem, document)


def article(text: Text, language: str, front: Document) -> Iterator[Passage]:
    """The headline, the dek and the body of a Markdown file."""
    yield Passage(text.path, language, text.meta.title, front, ("title",))
    yield Passage(text.path, language, text.meta.dek, front, ("dek",))
    yield Passage(text.path, language, text.body, front, (), text.first_line)


def _localized(path: str, document: Document, languages: list[str]) -> Iterator[Passage]:
    """Every string under a language's key."""
    for where in document.places():
        if where and where[-1] in languages and isinstance(text := document.at(where), str):
            yield Passage(path, str(where[-1]), text, document, where)
