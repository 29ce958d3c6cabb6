"""An asset: a file that pages load besides themselves, under a name that changes with its content.

Style sheets and scripts come from `templates/assets/`, the colours of the theme are put in front of the
style sheet and of the script that draws the charts, and each chart's live figure is a small script,
because a page read from a disk may load scripts but not JSON.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tally import theme
from tally.figure import Drawing
from tally.source import Folder

_FOLDER = "assets/"


@dataclass(frozen=True)
class Assets:
    """Each asset's path in the site by its plain name, and its bytes by path."""

    paths: Mapping[str, str]
    files: Mapping[str, bytes]


def collect(folder: Folder, drawings: Iterable[Drawing]) -> Assets:
    """Every asset of the site."""
    plain = {name.removeprefix(_FOLDER): raw for name, raw in folder.templates.items() if name.startswith(_FOLDER)}
    plain["style.css"] = theme.css().encode() + plain.get("style.css", b"")
    plain["tally.js"] = _palette().encode() + plain.get("tally.js", b"")
    plain["plotly.js"] = folder.bundle.script
    plain |= {live(drawing.id, drawing.language): _script(drawing).encode() for drawing in drawings}
    paths = {name: _FOLDER + _hashed(name, raw) for name, raw in plain.items()}
    return Assets(paths, {paths[name]: raw for name, raw in plain.items()})


def live(chart: str, language: str) -> str:
    """The plain name of a chart's live figure."""
    return f"live/{language}/{chart}.js"


def _hashed(name: str, raw: bytes) -> str:
    stem, ending = posixpath.splitext(name)
    return f"{stem}.{hashlib.sha256(raw).hexdigest()[:10]}{ending}"


def _palette() -> str:
    """What the script exchanges in a drawn figure: each colour's name in the style sheet by its value."""
    names = {colour: name.replace("_", "-") for name, colour in theme.PALETTE.items()}
    return f"const PALETTE={json.dumps(names, separators=(',', ':'))};\n"


def _script(drawing: Drawing) -> str:
    return f'tally.receive("{drawing.language}/{drawing.id}",{{"wide":{drawing.wide.json},"narrow":{drawing.narrow.json}}});\n'
