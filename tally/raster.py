"""A raster: a poster as PNG, made without a browser.

Each text is given to the first face that has its letters; a poster with letters that no face has is not made at
all, for it would show empty boxes. Pictures that are `known` by their key are not made again: the key is that of
everything a picture depends on. What stands on a poster is `poster`'s, which faces there are `font`'s.
"""

from __future__ import annotations

import hashlib
import html
import io
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING, cast

from tally import crew
from tally.progress import UNWATCHED, Progress

if TYPE_CHECKING:  # a process that only rasters has no need of what posters are made with
    from resvg import usvg

    from tally.font import Face, Faces
    from tally.poster import Poster
    from tally.source import FontFile

_TEXT = re.compile(r"<text([^>]*)>(.*?)</text>", re.DOTALL)
_FACE = re.compile(r' font-family="[^"]*"')
_TAG = re.compile(r"<[^>]+>")
_APOSTROPHE = re.compile("(?<=[A-Za-z0-9])’")
_WORTH = 6
"""From so many pictures on, other processes are asked to help."""
_COLOURS = 128
"""A chart has a few inks and their edges; the rest of a true-colour picture is waste."""
_SETTING = f"1 {_COLOURS}"
"""What a picture depends on besides; the number grows when it is made in another way."""


@dataclass(frozen=True)
class Rasters:
    """What came of the posters, by path: the pictures, the letters that are wanting, and the key of all that a picture depends on."""

    pictures: Mapping[str, bytes] = field(default_factory=dict)
    gaps: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)


def render(posters: Mapping[str, Poster], faces: Faces, known: Mapping[str, bytes], progress: Progress = UNWATCHED) -> Rasters:
    """Each poster as PNG, by its path, except where letters are wanting."""
    keys = {path: key(poster, faces) for path, poster in posters.items()}
    texts: dict[str, str] = {}
    gaps: dict[str, str] = {}
    for path, poster in posters.items():
        if keys[path] not in known:
            texts[path], wanting = lettered(poster.svg, poster.script, faces)
            gaps |= {path: wanting} if wanting else {}
    jobs = {keys[path]: _scaled(text, posters[path]) for path, text in texts.items() if path not in gaps}
    made = dict(zip(jobs, progress.over("pictures", _many(list(jobs.values()), faces.files), len(jobs)), strict=True))
    every = {**known, **made}
    keys = {path: word for path, word in keys.items() if path not in gaps}
    return Rasters({path: every[word] for path, word in keys.items()}, gaps, keys)


def key(poster: Poster, faces: Faces) -> str:
    """The name of everything that the picture depends on."""
    return hashlib.sha256("\n".join([_versions(), *_fonts(faces, poster.script), str(poster.scale), poster.svg]).encode()).hexdigest()


def _fonts(faces: Faces, script: str) -> list[str]:
    return [f"{face.family} {file.stamp}" for face in (*faces.sans[script], *faces.serif[script]) for file in face.files]


@cache
def _versions() -> str:
    import importlib.metadata  # here, because it loads slowly, and a build without pictures has no need of it

    return " ".join([_SETTING, *(importlib.metadata.version(name) for name in ("resvg", "pillow"))])


# ---- which face writes what

def lettered(svg: str, script: str, faces: Faces) -> tuple[str, str]:
    """The drawing with the face of every text named, and the letters that are wanting."""
    wanting: dict[str, None] = {}

    def write(text: re.Match[str]) -> str:
        letters = html.unescape(_TAG.sub("", text[2]))
        order = (faces.serif if _FACE.search(text[1]) else faces.sans)[script]
        face, lacks = min(((face, _lacks(face, letters)) for face in order), key=lambda one: len(one[1]), default=(None, letters))
        wanting.update(dict.fromkeys(lacks))
        if face is None:
            return text[0]
        inside = _APOSTROPHE.sub("'", text[2]) if face.han else text[2]
        return f'<text{_FACE.sub("", text[1])} font-family="\'{face.family}\'">{inside}</text>'

    return _TEXT.sub(write, svg), "".join(wanting)


def _lacks(face: Face, letters: str) -> str:
    return "".join(letter for letter in letters if ord(letter) not in face.letters and not letter.isspace())


# ---- pictures

def _scaled(svg: str, poster: Poster) -> str:
    width, height = (round(size * poster.scale) for size in (poster.width, poster.height))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width / poster.scale:g} {height / poster.scale:g}">{svg}</svg>')


def _many(texts: Sequence[str], fonts: tuple[FontFile, ...]) -> Iterator[bytes]:
    """The pictures in order, by as many processes as there are cores, where that pays."""
    one = partial(_png, fonts)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(texts) < _WORTH or cores == 1:
        yield from map(one, texts)
        return
    with crew.gathered(min(cores, len(texts))) as pool:
        yield from pool.map(one, texts, chunksize=4)


def _png(fonts: tuple[FontFile, ...], text: str) -> bytes:
    from PIL import Image  # both here, because most builds have their pictures already
    from resvg import render, usvg

    raw = render(usvg.Tree.from_str(text, _options(fonts)), (1, 0, 0, 0, 1, 0))
    picture = Image.open(io.BytesIO(raw)).convert("RGB")
    small = picture.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette = small.getpalette() or []
    ground = cast(int, small.getpixel((0, 0)))
    palette[3 * ground:3 * ground + 3] = cast(tuple[int, ...], picture.getpixel((0, 0)))  # else it is off by a hair, which large fields show
    small.putpalette(palette)
    small.save(out := io.BytesIO(), "PNG", compress_level=7)
    return out.getvalue()


@cache
def _options(fonts: tuple[FontFile, ...]) -> usvg.Options:
    """The renderer's settings with its fonts, which a process loads once; the machine's other fonts stay out of it.

    Given as files they would be opened again for every text, which takes half of all the time.
    """
    from resvg import usvg

    options = usvg.Options.default()
    for font in fonts:
        options.load_font_data(font.read())
    return options


# ---- what is wanting

HAN_FONTS = "fonts-noto-cjk on Debian and Ubuntu, elsewhere Noto Sans HK and Noto Serif HK"
OTHER_FONTS = "fonts-liberation and fonts-dejavu-core on Debian and Ubuntu, elsewhere Arial or Liberation Sans and DejaVu Sans"
_NAMED = 6


def told(gaps: Mapping[str, str], posters: Mapping[str, Poster]) -> list[str]:
    """One line for each language with pictures left out: which, for want of which letters, and what mends it."""
    lines = []
    for language in dict.fromkeys(posters[path].language for path in gaps):
        own = {path: letters for path, letters in gaps.items() if posters[path].language == language}
        letters = "".join(dict.fromkeys("".join(own.values())))
        names = list(dict.fromkeys(posters[path].subject for path in own))
        fonts = HAN_FONTS if any(letter >= "\u2e80" for letter in letters) else OTHER_FONTS
        lines.append(f"No PNG in {language} of {_some(names, ', ')}: no font here has {_some(list(letters), '', 12)}; install {fonts}")
    return lines


def _some(names: Sequence[str], between: str, most: int = _NAMED) -> str:
    return between.join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
