"""A skeleton: the first version of a chart, a table or a story, in every language, which builds as it stands.

Its texts are templates in `templates/new/`, its ids are those of the project, and what a person has to
write says TODO: no figure is made up, and whatever is left of a skeleton is named until it is written. Pure:
the files are returned, and `output` writes them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from tally import name as names
from tally import schema
from tally.citation import Register
from tally.model import is_id
from tally.problem import Faulty, Problem, in_text
from tally.project import Project
from tally.quantity import Dimension, Range

KINDS = ("chart", "table", "story")
_PATHS = {"chart": "data/charts/{}.yaml", "table": "data/tables/{}.yaml", "story": "content/stories/{}/story.yaml"}
_TODO = re.compile(r"(?<![A-Za-z])TODO(?![A-Za-z])")


def make(kind: str, name: str, project: Project, templates: Mapping[str, bytes], day: str) -> dict[str, str]:
    """The files of a new chart, table or story by path; `day` is when a story is first published."""
    path = _PATHS[kind].format(name)
    _refuse(kind, name, path, project)
    words = {"name": name, "schema": schema.first_line(path), "day": day, "languages": project.languages,
             "each": "{" + ", ".join(f"{language}: TODO" for language in project.languages) + "}"} | _ids(kind, project)
    files = {path: _filled(templates[f"new/{kind}.yaml"], words)}
    if kind == "story":
        text = _filled(templates["new/story.md"], words)
        files |= {f"content/stories/{name}/{language}.md": text for language in project.languages}
    return files


def _refuse(kind: str, name: str, path: str, project: Project) -> None:
    if not is_id(name):
        raise _fault(name or kind, f"{name!r} is no id; use small letters, digits and single hyphens")
    if kind == "table" and name in project.sets:
        raise _fault(f"data/figures/{name}.yaml", f"single figures are called {name} already; choose another name")
    if name in {"chart": project.charts, "table": project.tables, "story": project.stories}[kind]:
        raise _fault(path, f"a {kind} is called {name} already; choose another name, or write in this file")


def _fault(path: str, message: str) -> Faulty:
    return Faulty([Problem(path, 1, 1, "", message)])


def _filled(template: bytes, words: Mapping[str, Any]) -> str:
    # Loaded here, because every check asks this module what is left of a skeleton.
    from jinja2 import Environment, StrictUndefined

    # Figures are written {{ … }} in the files of a site, so the templates of those files take other signs.
    environment = Environment(
        undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True, trim_blocks=True,
        variable_start_string="<<", variable_end_string=">>", block_start_string="<%", block_end_string="%>",
        comment_start_string="<#", comment_end_string="#>")
    return environment.from_string(template.decode("utf-8")).render(words)


# ---- ids of the project's own


def _ids(kind: str, project: Project) -> dict[str, Any]:
    if kind == "table":
        return {"source": project.paper.source, "section": next(iter(project.paper.sections), ""),
                "unit": _typed(next(iter(project.units), ""))}
    if kind == "story":
        return {"order": _last(story.meta.order for story in project.stories.values()) + 1,
                "chart": project.site.overview,
                "cell": next(names.declared(project.tables, project.sets), "")}
    cut = _cut(project)
    return {"order": _last(chart.order for chart in project.charts.values()) + 1,
            "heading": next(iter(project.site.sections), None), "form": cut.form, "table": cut.table, "rows": cut.rows,
            "column": cut.column, "cell": f"{cut.table}.{cut.rows[0]}.{cut.column}"}


def _last(orders: Iterable[int]) -> int:
    return max(orders, default=0)


def _typed(text: str) -> str:
    """A text as YAML takes it."""
    return text if re.fullmatch(r"[^\W\d_][\w-]*", text) else json.dumps(text, ensure_ascii=False)


@dataclass(frozen=True)
class _Cut:
    """Cells that a chart can show: rows of one table with numbers of one kind in one column."""

    table: str
    rows: list[str]
    column: str
    form: str


def _cut(project: Project) -> _Cut:
    found = list(_cuts(project))
    if not found:
        raise _fault("data/tables", "no table here holds a number that a chart could show; "
                                    "write one first (build.py new table NAME)")
    return max(found, key=lambda cut: min(len(cut.rows), 2))  # the first with rows to compare


def _cuts(project: Project) -> Iterator[_Cut]:
    register = Register.of(project)
    for id, table in project.tables.items():
        for column in table.columns:
            kinds: dict[Dimension | None, list[str]] = {}
            ranges = False
            for row in (key for key in table.rows if column in table.rows[key].cells):
                content, unit = register.content(f"{id}.{row}.{column}")
                if isinstance(content, (Decimal, Range)):
                    kinds.setdefault(register.kind(unit), []).append(row)
                    ranges |= isinstance(content, Range)
            yield from (_Cut(id, rows, column, "dots" if ranges else "bars") for rows in kinds.values())


# ---- what is left of a skeleton


def left(path: str, project: Project) -> Iterator[Problem]:
    """A file that still says TODO, at the first place."""
    places = list(_places(path, project))
    if places:
        more = f" here and in {len(places) - 1} more places" if len(places) > 1 else ""
        yield replace(min(places), message=f"this still says TODO{more}, as a skeleton does; write what belongs there")


def _places(path: str, project: Project) -> Iterator[Problem]:
    found = project.documents[path]
    if _TODO.search(found.text):
        for where in _todos(found.data, ()):
            mark = found.within(where, "TODO")
            yield Problem(path, mark.line, mark.column, ".".join(map(str, where)), "")
    if path.endswith(".md"):
        text = project.text(path)
        yield from (in_text(path, text.body, match.start(), "", text.first_line) for match in _TODO.finditer(text.body))


def _todos(data: Any, where: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    if isinstance(data, str) and _TODO.search(data):
        yield where
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        yield from _todos(value, (*where, key))
