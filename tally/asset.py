"""An asset: a file that pages load besides themselves, under a name that changes with its content.

Style sheets and scripts come from `templates/assets/`, and the colours of the theme are put in front of the
style sheet and of the script that draws the charts. Of each chart's live figure only the name is known here.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from tally import live, theme
from tally.figure import Drawing
from tally.file import digest
from tally.memo import remembered
from tally.source import Folder

_FOLDER = "assets/"
EMBED = "embed.js"
"""The script that other people's pages load. It alone keeps its name, and stands at the top of the site."""
_MARK = "~pending~"
"""Stands in pages where the digest of an asset does once all are made: no page has to be made again for it."""
_NAMED = re.compile(rb"(assets/(?!live/)[a-z/-]+)\.[0-9a-f]{10}\.")
_EAGER = b"//# allFunctionsCalledOnLoad\n"
"""Asks the browser to compile a whole script while it arrives, beside the page's own work; where it is not known, a
comment. Without it Plotly.js is compiled function by function when a reader is already waiting for the chart."""


@dataclass(frozen=True)
class Assets:
    """Each asset's path in the site by its plain name, and by path the bytes of those that no task makes."""

    paths: Mapping[str, str]
    files: Mapping[str, bytes]
    late: frozenset[str] = frozenset()
    """the plain names of those that are made right before the pages"""


def collect(folder: Folder, drawings: Iterable[Drawing], late: Iterable[str]) -> Assets:
    """Every asset of the site. Those that are `late` have a mark in their names in place of their digest until they are made."""
    plain = {name.removeprefix(_FOLDER): raw for name, raw in folder.templates.items() if name.startswith(_FOLDER)}
    shared = theme.css().encode() + plain.pop("drawing.css", b"")
    plain |= {name: shared + plain.get(name, b"") for name in ("style.css", "embed.css")}
    charts = _palette().encode() + plain.pop("chart.js", b"")
    plain |= {name: charts + plain.get(name, b"") for name in ("tally.js", "embed-page.js")}
    copying = plain.pop("copying.js", b"")
    plain |= {name: copying + plain.get(name, b"") for name in ("embed-box.js", "quoting.js")}
    plain["plotly.js"] = _eager(folder.bundle.script)
    own = {name: name if name == EMBED else _named(name, _digest(raw)) for name, raw in plain.items()}
    lively = {name: _named(name, drawing.digest) for drawing in drawings for name in [live.name(drawing.id, drawing.language)]}
    late = frozenset(late)
    return Assets({**own, **lively, **{name: _named(name, _MARK) for name in late}}, {own[name]: raw for name, raw in plain.items()}, late)


def settled(late: Mapping[str, str]) -> dict[str, str]:
    """Where late assets stand, by what pages hold in place of it; given is each one's digest by its plain name."""
    return {_named(name, _MARK): _named(name, digest) for name, digest in late.items()}


def unaddressed(content: bytes) -> bytes:
    """A page without the digests of what it loads, less those of live charts, which are its own content."""
    return _NAMED.sub(rb"\1.", content)


@remembered
def _eager(script: bytes) -> bytes:
    return _EAGER + script


_digest = lru_cache(maxsize=64)(digest)
"""Of Plotly.js too, which is large and stays; most others are put together anew each time."""


def _named(name: str, digest: str) -> str:
    stem, ending = posixpath.splitext(name)
    return f"{_FOLDER}{stem}.{digest[:10]}{ending}"


def _palette() -> str:
    """What the script exchanges in a drawn figure: each colour's name in the style sheet by its value."""
    names = {colour: name.replace("_", "-") for name, colour in theme.PALETTE.items()}
    return f"const PALETTE={json.dumps(names, separators=(',', ':'))};\n"
