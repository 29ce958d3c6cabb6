"""An asset: a file that pages load besides themselves, under a name that changes with its content.

Style sheets and scripts come from `templates/assets/`, the colours of the theme are put in front of the
style sheet and of the script that draws the charts, and each chart's live figure is a small script,
because a page read from a disk may load scripts but not JSON.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tally import theme
from tally.figure import Drawing
from tally.memo import remembered
from tally.source import Folder

_FOLDER = "assets/"
EMBED = "embed.js"
"""The script that other people's pages load. It alone keeps its name, and stands at the top of the site."""
_MARK = b"~pending~"
"""Stands in pages where the digest of an asset does once all are made: no page has to be made again for it."""
_NAMED = re.compile(rb"(assets/(?!live/)[a-z/-]+)\.[0-9a-f]{10}\.")
_EAGER = b"//# allFunctionsCalledOnLoad\n"
"""Asks the browser to compile a whole script while it arrives, beside the page's own work; where it is not known, a
comment. Without it Plotly.js is compiled function by function when a reader is already waiting for the chart."""


@dataclass(frozen=True)
class Assets:
    """Each asset's path in the site by its plain name, and its bytes by path."""

    paths: Mapping[str, str]
    files: Mapping[str, bytes]
    late: frozenset[str] = frozenset()
    """the plain names of those that are made beside the pages"""


def collect(folder: Folder, drawings: Iterable[Drawing], late: Iterable[str]) -> Assets:
    """Every asset of the site. Those that are `late` are made beside the pages, which hold a mark in place of their digest."""
    plain = {name.removeprefix(_FOLDER): raw for name, raw in folder.templates.items() if name.startswith(_FOLDER)}
    shared = theme.css().encode() + plain.pop("drawing.css", b"")
    plain |= {name: shared + plain.get(name, b"") for name in ("style.css", "embed.css")}
    charts = _palette().encode() + plain.pop("chart.js", b"")
    plain |= {name: charts + plain.get(name, b"") for name in ("tally.js", "embed-page.js")}
    copying = plain.pop("copying.js", b"")
    plain |= {name: copying + plain.get(name, b"") for name in ("embed-box.js", "quoting.js")}
    plain["plotly.js"] = _EAGER + folder.bundle.script
    own = {name: (name if name == EMBED else _FOLDER + _hashed(name, raw), raw) for name, raw in plain.items()}
    own |= {live(drawing.id, drawing.language): _lively(drawing) for drawing in drawings}
    late = frozenset(late)
    paths = {name: path for name, (path, _) in own.items()}
    return Assets({**paths, **{name: _pending(name) for name in late}}, dict(own.values()), late)


def settled(late: Mapping[str, bytes]) -> dict[str, str]:
    """Where late assets stand, by what pages hold in place of it."""
    return {_pending(name): _FOLDER + _hashed(name, raw) for name, raw in late.items()}


def addressed(content: bytes, paths: Mapping[str, str]) -> bytes:
    """A file with the addresses of late assets."""
    if paths and _MARK in content:
        for mark, path in paths.items():
            content = content.replace(mark.encode(), path.encode())
    return content


def unaddressed(content: bytes) -> bytes:
    """A page without the digests of what it loads, less those of live charts, which are its own content."""
    return _NAMED.sub(rb"\1.", content)


def _pending(name: str) -> str:
    stem, ending = posixpath.splitext(name)
    return f"{_FOLDER}{stem}.{_MARK.decode()}{ending}"


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


@remembered
def _lively(drawing: Drawing) -> tuple[str, bytes]:
    """Where a chart's live figure stands, and its script."""
    raw = _script(drawing).encode()
    return _FOLDER + _hashed(live(drawing.id, drawing.language), raw), raw


def _script(drawing: Drawing) -> str:
    readings = json.dumps(drawing.readings, ensure_ascii=False, separators=(",", ":"))
    return (f'tally.receive("{drawing.language}/{drawing.id}",'
            f'{{"wide":{drawing.wide.json},"narrow":{drawing.narrow.json},"readings":{readings}}});\n')
