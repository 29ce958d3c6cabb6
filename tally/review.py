"""A review: what the texts of one file are held to, once every figure is known.

Whether phrases are true is `audit`'s, whether figures are typed by hand `stray`'s and `label`'s, whether words compare
without a condition `watch`'s. Here each file is given to all of them, and given again only when a figure has changed
that it cites.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from tally import audit, label, stray, task, watch
from tally.passage import Passage, by_path, labels, passages
from tally.problem import Problem
from tally.project import Project
from tally.prose import Prose
from tally.stray import Coverage


@dataclass(frozen=True)
class Review:
    """What is wrong with the texts of a file, what is worth a look, and what was searched."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    coverage: Coverage


Reviews = task.Memory[Review]
"""By path."""


def review(project: Project, files: Mapping[str, bytes], voices: Mapping[str, Prose], before: Reviews | None = None) -> Reviews:
    """Every file with texts."""
    texts = by_path(passages(project), labels(project))

    def watched(asked: set[task.Input]) -> _World:
        return task.Watched("files", files, asked), project.watched(asked), {language: voice.watched(asked) for language, voice in voices.items()}

    work = {path: partial(_review, path, *found) for path, found in texts.items()}
    kinds = {**project.inputs, "files": files, **next(iter(voices.values())).book.kinds}
    return task.run(work, watched, task.Inputs(kinds, (project.ground, project.watchwords)), before)


_World = tuple[Mapping[str, bytes], Project, Mapping[str, Prose]]


def _review(path: str, texts: Sequence[Passage], names: Sequence[Passage], world: _World) -> Review:
    files, project, voices = world
    files[path]  # where each text stands depends on all that is written before it
    problems: list[Problem] = []
    warnings: list[Problem] = []
    coverage = Coverage(0, 0, 0, 0)
    for text in texts:
        voice, watchwords = voices[text.language], project.watchwords.get(text.language)
        problems += audit.untrue(text, voice, watchwords)
        found, covered = stray.search(text, voice, watchwords)
        problems, coverage = problems + found, coverage + covered
        warnings += watch.unbound(text, watchwords, project.site.languages[text.language].script == "han")
    for name in names:
        problems += label.typed(name, project, voices[name.language])
    return Review(tuple(problems), tuple(warnings), coverage)
