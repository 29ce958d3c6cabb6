"""A review: what the texts of one file are held to, once every figure is known.

Whether phrases are true is `audit`'s, whether figures are typed by hand `stray`'s and `label`'s, whether words compare
without a condition `watch`'s, whether languages say the same `citation`'s and `twin`'s, what a skeleton has left
`skeleton`'s. Here each file is given to all of them, and given again only when a figure has changed that it cites.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from tally import audit, citation, label, skeleton, stray, task, twin, watch
from tally.passage import of_file
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
    """Every file with texts, of a project that `citation` finds nothing wrong with."""
    def watched(asked: set[task.Input]) -> _World:
        return task.Watched("files", files, asked), project, project.watched(asked), {language: voice.watched(asked) for language, voice in voices.items()}

    kinds = {**project.inputs, "files": files, **next(iter(voices.values())).book.kinds}
    return task.run(_work(tuple(project.documents)), watched, task.Inputs(kinds, (project.ground, project.watchwords)), before)


_World = tuple[Mapping[str, bytes], Project, Project, Mapping[str, Prose]]


@lru_cache(maxsize=1)
def _work(paths: tuple[str, ...]) -> Mapping[str, Callable[[_World], Review]]:
    return {path: partial(_review, path) for path in paths}


def _review(path: str, world: _World) -> Review:
    """`whole` is the project that notes nothing; what is taken from it stands in this file, or in that of the original."""
    files, whole, project, voices = world
    original = _original(path, whole)
    files[path]  # where each text stands depends on all that is written before it
    texts = list(of_file(path, whole))
    problems, warnings = list[Problem](), list(skeleton.left(path, whole))
    if original == path:
        problems += citation.unlike(texts, ())
    else:
        for file in (original, f"{path.rpartition('/')[0]}/{twin.RECORD}"):
            files.get(file)
        problems += citation.unlike(texts, of_file(original, whole))
        warnings += twin.stale(whole, path)
    coverage = stray.NOTHING
    for text in texts:
        voice, watchwords = voices[text.language], project.watchwords.get(text.language)
        if text.is_label:
            problems += label.typed(text, project, voice)
            continue
        problems += audit.untrue(text, voice, watchwords)
        found, covered = stray.search(text, voice, watchwords)
        problems, coverage = problems + found, coverage + covered
        warnings += watch.unbound(text, watchwords, project.site.languages[text.language].script == "han")
    return Review(tuple(problems), tuple(warnings), coverage)


def _original(path: str, project: Project) -> str:
    """The file of the same text in the first language; of a file in all languages, itself."""
    folder, _, name = path.rpartition("/")
    return f"{folder}/{project.languages[0]}.md" if name.endswith(".md") else path
