"""A place: the file and line on which a figure is typed, or the formula that gives it."""

from __future__ import annotations

from tally.document import Path
from tally.project import Project
from tally.site import Checked


def places(checked: Checked) -> dict[str, str]:
    """`data/tables/targets.yaml:42` for every figure, by name."""
    return {name: of(name, checked.project) for name in checked.book.cells}


def of(name: str, project: Project) -> str:
    """Where one figure is typed."""
    path, where = _key(name, project)
    return f"{path}:{project.documents[path].key_mark(where).line}"


def _key(name: str, project: Project) -> tuple[str, Path]:
    """The file, and the key of the cell in it, or of the formula that makes it."""
    group, key, *rest = name.split(".")
    if not rest:
        return f"data/figures/{group}.yaml", ("figures", key)
    (column,) = rest
    printed = column in project.tables[group].rows[key].cells
    return f"data/tables/{group}.yaml", ("rows", key, "cells", column) if printed else ("columns", column, "formula")
