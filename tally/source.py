"""A source folder: everything that a build reads, as bytes, and the only module that reads the disk.

Nothing is interpreted here. Output folders, caches and editors' leftovers are passed over; a template in
the site's own `templates/` stands before the engine's of the same name.
"""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tally.problem import Faulty, Problem

MAX_BYTES = 5_000_000
_BASIC = Path("node_modules/plotly.js-basic-dist-min")


@dataclass(frozen=True)
class Bundle:
    """The Plotly.js that pages load: which one it is and its bytes."""

    name: str
    version: str
    script: bytes


@dataclass(frozen=True)
class Folder:
    """What is on the disk: `files` under data/ and content/ by path, `templates` by name, the bundle."""

    files: Mapping[str, bytes]
    templates: Mapping[str, bytes]
    bundle: Bundle


def load(root: Path, engine: Path, modules: Path | None = None) -> Folder:
    """Read the site at `root` with the templates of `engine`; raises `Faulty` where there is no site.

    `modules` is the folder whose `node_modules` may hold the basic Plotly bundle; `engine` when left out.
    """
    if not (root / "data").is_dir():
        raise Faulty([Problem(str(root), 1, 1, "", "no folder data/ here; --root names the folder that holds data/ and content/")])
    files = {**_tree(root, "data"), **_tree(root, "content")}
    templates = {name.removeprefix("templates/"): raw
                 for base in (engine, root) for name, raw in _tree(base, "templates").items()}
    return Folder(files, templates, _bundle(modules or engine))


def _tree(root: Path, name: str) -> dict[str, bytes]:
    found = {}
    problems = []
    for path in sorted((root / name).rglob("*")):
        relative = path.relative_to(root)
        if not path.is_file() or any(part.startswith(".") or part.endswith("~") for part in relative.parts):
            continue
        try:
            if path.stat().st_size > MAX_BYTES:
                raise OSError(f"larger than {MAX_BYTES // 1_000_000} MB")
            found[relative.as_posix()] = path.read_bytes()
        except OSError as error:
            problems.append(Problem(relative.as_posix(), 1, 1, "", f"cannot be read: {error.strerror or error}"))
    if problems:
        raise Faulty(problems)
    return found


def _bundle(modules: Path) -> Bundle:
    """The basic bundle from npm at the version that plotly carries, else the full one inside plotly."""
    package, version = _full(), plotly_version()
    basic = modules / _BASIC
    script = basic / "plotly-basic.min.js"
    if script.is_file() and f'"version": "{version}"' in (basic / "package.json").read_text("utf-8"):
        return Bundle("plotly.js-basic-dist-min", version, script.read_bytes())
    return Bundle(f"plotly {importlib.metadata.version('plotly')}", version, package.read_bytes())


def _full() -> Path:
    import plotly  # here, because only its folder is wanted

    return Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


def plotly_version() -> str:
    """The version of the Plotly.js inside the plotly package, as its first comment says."""
    with _full().open(encoding="utf-8") as lines:
        match = re.search(r"plotly\.js v([\d.]+)", lines.read(400))
    return match.group(1) if match else "unknown"
