"""A font: which of the fonts on this machine the pictures are lettered from, and which letters each of them has.

A line of a picture is written in one face, the first that has all its letters: a renderer that is left to choose takes
another for single letters, and any country's forms of the characters. Hong Kong's come first here. Only faces that
stand about as wide as `lettering` counts are taken. Where fonts lie on a disk is `source`'s to know.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tally.source import FontFile

Family = tuple[str, ...]
"""A family's name, and the names of the files that hold it, in one system's spelling or another's."""

_SANS_LATIN: tuple[Family, ...] = (
    ("Helvetica Neue", "HelveticaNeue.ttc"),
    ("Arial", "arial.ttf", "arialbd.ttf", "Arial Bold.ttf"),
    ("Liberation Sans", "LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
    ("Noto Sans CJK KR", "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"),
)
_SANS_HAN: tuple[Family, ...] = (
    ("PingFang HK", "PingFang.ttc"),
    ("Noto Sans CJK HK", "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"),
    ("Noto Sans HK", "NotoSansHK-Regular.otf", "NotoSansHK-Bold.otf"),
    ("Microsoft JhengHei", "msjh.ttc", "msjhbd.ttc"),
    ("Noto Sans TC", "NotoSansTC-Regular.otf", "NotoSansTC-Bold.otf"),
)
# Headings are bold. Of Noto's five faces the Korean one has quotation marks of the width that Latin wants; its letters are Source Serif's.
_SERIF_LATIN: tuple[Family, ...] = (
    ("Noto Serif CJK KR", "NotoSerifCJK-Bold.ttc"),
    ("Georgia", "georgiab.ttf", "Georgia Bold.ttf"),
    ("Liberation Serif", "LiberationSerif-Bold.ttf"),
)
_SERIF_HAN: tuple[Family, ...] = (
    ("Songti TC", "Songti.ttc"),
    ("Noto Serif CJK HK", "NotoSerifCJK-Bold.ttc"),
    ("Noto Serif HK", "NotoSerifHK-Bold.otf"),
    ("Noto Serif TC", "NotoSerifTC-Bold.otf"),
)
_SIGNS: tuple[Family, ...] = (("DejaVu Sans", "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),)
"""For circled numbers and arrows, which Latin faces lack, where no Han face is."""


@dataclass(frozen=True)
class Face:
    """A family with the files that hold it."""

    family: str
    files: tuple[FontFile, ...]
    han: bool = False
    """sets quotation marks and apostrophes on a full em"""

    @property
    def letters(self) -> frozenset[int]:
        """The code points that it has."""
        return _letters(self.files[0], self.family)


@dataclass(frozen=True)
class Faces:
    """For each script the faces for text and for headings, in the order in which they are asked."""

    sans: Mapping[str, tuple[Face, ...]]
    serif: Mapping[str, tuple[Face, ...]]

    @property
    def files(self) -> tuple[FontFile, ...]:
        """Every file, once."""
        every = [face for faces in (self.sans, self.serif) for order in faces.values() for face in order]
        return tuple(dict.fromkeys(file for face in every for file in face.files))


def choose(files: Sequence[FontFile]) -> Faces:
    """From each group the first family that is there."""
    known = {file.path.name.lower(): file for file in reversed(files)}
    latin, han, signs = (_first(group, known) for group in (_SANS_LATIN, _SANS_HAN, _SIGNS))
    sans = {"latin": [*latin, *han, *signs], "han": [*han, *latin, *signs]}
    latin, han = (_first(group, known) for group in (_SERIF_LATIN, _SERIF_HAN))
    serif = {"latin": [*latin, *han, *sans["latin"]], "han": [*han, *latin, *sans["han"]]}
    return Faces(*({script: tuple(order) for script, order in faces.items()} for faces in (sans, serif)))


def _first(group: Sequence[Family], known: Mapping[str, FontFile]) -> list[Face]:
    for family, *names in group:
        if files := tuple(known[name.lower()] for name in names if name.lower() in known):
            return [Face(family, files, group in (_SANS_HAN, _SERIF_HAN))]
    return []


@cache
def _letters(file: FontFile, family: str) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # here, because most builds have their pictures already

    number = 0
    with file.open() as raw:
        while True:
            font = TTFont(raw, fontNumber=number, lazy=True)
            last = getattr(font.reader, "numFonts", 1) - 1
            if number >= last or family in {font["name"].getDebugName(id) for id in (1, 16)}:
                return frozenset(font.getBestCmap())
            number += 1
