"""An impact: what follows from a figure, or would follow if it were another.

Asked about a file or a cell it lists everything that reads it, directly or through formulas; asked about a
value to try it works the whole project out twice and lists what differs: sentences, charts, verdicts, and
assertions that would stop the build. Nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tally import audit, book, figure, verdict, wording
from tally.book import Book
from tally.crosscheck import points
from tally.document import Document, Path
from tally.name import matching, stem
from tally.passage import Passage, passages
from tally.problem import Faulty, Problem, nearest
from tally.project import Project
from tally.prose import Prose
from tally.source import Folder
from tally.twin import cites

_FILE = re.compile(r"(?:.*/)?data/(?:tables|figures)/([\w-]+)\.yaml")
_ASKED = "a figure, such as table.row.column or set.figure, or a file of data/tables or data/figures"
_TYPED = re.compile(r"-?[0-9]+(\.[0-9]+)?|[0-9]{4}-[0-9A-Z-]+", re.ASCII)


@dataclass(frozen=True)
class Impact:
    """What follows, each kind as lines to print."""

    figures: Sequence[str] = ()
    sentences: Sequence[str] = ()
    charts: Sequence[str] = ()
    claims: Sequence[str] = ()
    broken: Sequence[str] = ()
    """assertions that the value to try would break; the build would stop"""

    def lines(self) -> Iterator[str]:
        """The report."""
        for name, found in (("figures", self.figures), ("sentences", self.sentences), ("charts", self.charts),
                            ("claims", self.claims), ("assertions that would break", self.broken)):
            yield f"{name}: {len(found)}"
            yield from (f"  {line}" for line in found)


# ---- what reads a cell


def readers(cells: frozenset[str], project: Project, checked: Book, voices: Mapping[str, Prose]) -> Impact:
    """Everything that reads one of `cells`, directly or through formulas."""
    reached = closure(cells, checked)
    sentences = [f"{_place(passage)}: {_short(voices[passage.language].plain(passage.text))}"
                 for passage in passages(project) if reached & reads(passage.text, checked)]
    charts = [id for id, chart in project.charts.items() if reached & {stem(word, checked.cells) for word in shown(id, project, checked)}]
    claims = [id for _, id, claim in project.claims() if reached & set(verdict.reads(claim, checked))]
    return Impact(sorted(reached), sentences, charts, claims)


def closure(cells: frozenset[str], checked: Book) -> frozenset[str]:
    """The cells and every derived one that reads them."""
    reached = set(cells)
    while more := {name for name, cell in checked.cells.items() if name not in reached and reached & set(cell.uses)}:
        reached |= more
    return frozenset(reached)


def reads(text: str, checked: Book) -> frozenset[str]:
    """The cells that a text cites or that its conditions read."""
    names = list(cites(text))
    for part in wording.parse(text):
        if isinstance(part, wording.Assertion):
            names += audit.names(part.condition, checked)
    return frozenset(stem(name, checked.cells) for name in names)


def shown(id: str, project: Project, checked: Book) -> list[str]:
    """The names of the cells that a chart's marks, lines and bands show."""
    chart = project.charts[id]
    marks = [word for note in chart.annotations for word in (note.line, *((note.band.low, note.band.high) if note.band else ())) if word]
    return [*points(chart, project.tables, checked.cells), *marks]


# ---- a value to try


def attempt(folder: Folder, name: str, value: str, project: Project, checked: Book, voices: Mapping[str, Prose],
            validate: Callable[[Folder], Project], speak: Callable[[Project, Book], Mapping[str, Prose]]) -> Impact:
    """What would change if the cell called `name` were printed as `value`; raises `Faulty` if it cannot be."""
    changed = retyped(folder, name, value, project)
    other = validate(changed)
    derived = book.derive(other)
    others = speak(other, derived)
    return Impact(
        figures=[f"{one}: {_say(one, voices)} → {_say(one, others)}" for one in checked.cells
                 if checked[one].content != derived[one].content],
        sentences=list(_sentences(project, voices, others)),
        charts=[f"{id} ({language})" for (id, language) in _charts(project, checked, voices, other, derived, others)],
        claims=[f"{before.id}: {before.outcome} → {after.outcome}"
                for before, after in zip(verdict.judge(project, checked).values(), verdict.judge(other, derived).values(), strict=True)
                if before.outcome != after.outcome],
        broken=[str(problem) for problem in audit.audit(other, derived, others)])


def refuse(what: str) -> None:
    """Raises `Faulty` for a question that has no answer, whatever the data says."""
    name, equals, _ = what.partition("=")
    if not what.replace("\u3000", "").isprintable():
        said = "a name and a value are plain text; this holds other characters"
    elif not name:
        said = f"name what to ask about: {_ASKED}"
    elif equals and "/" in name:
        said = "only a figure can be tried with another value; name it as table.row.column or set.figure"
    elif equals and "*" in name:
        said = "one figure at a time can be tried; name it without *"
    elif "/" in name and not _FILE.fullmatch(name):
        said = f"what reads this file cannot be asked; ask about {_ASKED}"
    else:
        return
    raise Faulty([Problem(name or "impact", 1, 1, "", said)])


def retyped(folder: Folder, name: str, value: str, project: Project) -> Folder:
    """The folder with another figure typed in a cell's place."""
    document, where = typed_at(name, project)
    if not _TYPED.fullmatch(value):
        raise Faulty([document.problem(where, f"{value!r} is no figure and no date; try one such as 16297.60 or 2023-Q3")])
    mark = document.mark(where)
    lines = document.text.split("\n")
    line, start = lines[mark.line - 1], mark.column - 1
    old = str(document.at(where))
    quote = line[start] if line[start] in "\"'" else ""
    if not line.startswith(quote + old, start):
        raise Faulty([document.problem(where, "this value cannot be tried; type the figure on one line")])
    lines[mark.line - 1] = line[:start] + quote + value + line[start + len(quote + old):]
    return replace(folder, files={**folder.files, document.path: "\n".join(lines).encode()})


def typed_at(name: str, project: Project) -> tuple[Document, Path]:
    """The file and the key under which a printed figure is typed."""
    parts = name.split(".")
    end = parts.pop() if parts[-1] in ("from", "to") else None
    table = project.tables.get(parts[0])
    path = f"data/{'tables' if table else 'figures'}/{parts[0]}.yaml"
    document = project.documents[path]
    where: Path = ("rows", parts[1], "cells", parts[2]) if table else ("figures", parts[1])
    for key in (end,) if end else ("value", "date", None):
        full = (*where, key) if key else where
        if full in document.places() and not isinstance(document.at(full), (dict, list)):
            return document, full
    raise Faulty([document.problem(where, f"{name} is no single printed figure; try one of its ends with .from or .to, or a cell that its formula reads")])


def _say(name: str, voices: Mapping[str, Prose]) -> str:
    voice = next(iter(voices.values()))
    return voice.cell(voice.book[name])


def _sentences(project: Project, voices: Mapping[str, Prose], others: Mapping[str, Prose]) -> Iterator[str]:
    for passage in passages(project):
        for offset, sentence in sentences(passage.text):
            before, after = voices[passage.language].plain(sentence), others[passage.language].plain(sentence)
            if before != after:
                problem = passage.problem(offset, "")
                yield f"{problem.path}:{problem.line}: {_short(before)} → {_short(after)}"


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence with its offset; a mark is never cut in two."""
    for match in re.finditer(r"(?:\{\{.*?\}\}|\[\[.*?\]\]|[^.!?。！？\n]|(?<=\d)\.(?=\d))+[.!?。！？]*", text, re.DOTALL):
        if match[0].strip():
            yield match.start() + len(match[0]) - len(match[0].lstrip()), match[0].strip()


def _charts(project: Project, checked: Book, voices: Mapping[str, Prose], other: Project, derived: Book,
            others: Mapping[str, Prose]) -> Iterator[tuple[str, str]]:
    for id, chart in project.charts.items():
        for language in project.languages:
            before = figure.resolve(id, chart, project, checked, voices[language])
            if before != figure.resolve(id, other.charts[id], other, derived, others[language]):
                yield id, language


def _place(passage: Passage) -> str:
    problem = passage.problem(0, "")
    return f"{problem.path}:{problem.line}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 160 else line[:157] + "…"


def cells_of(target: str, project: Project, checked: Book) -> frozenset[str]:
    """The cells that a file of data/, a pattern or a name means; raises `Faulty` if there are none."""
    if match := _FILE.fullmatch(target):
        found = frozenset(name for name in checked.cells if name.partition(".")[0] == match[1])
    else:
        found = frozenset(matching(target, checked.cells)) or frozenset({stem(target, checked.cells)} & checked.cells.keys())
    if not found:
        raise Faulty([Problem(target, 1, 1, "", f"no figure and no file of figures is called so; {nearest(target, checked.cells)}")])
    return found
