"""Lettering: how wide a text will stand, and where its lines break.

Charts place every text themselves, on a machine that may have no fonts; so widths are estimated from a table
of the common grotesques, a little generously. A Han character is one em. Nothing here knows about charts.
"""

from __future__ import annotations

from functools import lru_cache

LEADING = 1.3
"""From one line to the next, in ems: what Plotly uses for a broken text, and so what every text uses."""

WITHIN = "\u200b<br>"
"""Breaks the line within a part of a mark's label, so that it is told from the break between two parts."""

SLACK = 1.02
TRIFLE = 1.006
"""The same for Latin whose lines a browser breaks itself."""
BOLD = 1.1
"""How much wider bold Latin is; bold Han stays on its em."""
UNKNOWN = 0.62

_WIDTHS = {
    0.222: "ijl'’‘",
    0.278: " !,./:;[\\]|ft\u00a0",
    0.333: "()-`r·“”{}²³",
    0.4: "\"*°",
    0.5: "cksvxyzJ",
    0.556: "0123456789abdeghnopqu#$?_L–€£¥",
    0.611: "FTZ",
    0.584: "+<=>~×−÷±≈",
    0.667: "&ABEKPSVXY",
    0.722: "CDHNRUw",
    0.778: "GOQ",
    0.833: "mM",
    0.889: "%",
    0.944: "W",
    1.0: "—…→←@",
}
_EMS = {letter: ems for ems, letters in _WIDTHS.items() for letter in letters}
_HEAVIER = {**dict.fromkeys("!&':;?ABJKL[]bcdfghijklmnopqrstuvwxy{}’·", 0.056), **dict.fromkeys("“”", 0.167)}
"""What bold adds to a letter, in ems; to any other, nothing."""

_FIRST_WIDE = "\u1100"
"""From here on nearly every character that a chart could hold stands on a full em."""

CLOSING = "。，、；：？！）」』》〉】〕”’…%)]}.,;:!?·"
"""May not begin a line."""
OPENING = "（「『《〈【〔“‘([{"
"""May not end a line."""


def is_wide(letter: str) -> bool:
    """Whether the character is set on a full em and lines may break beside it."""
    return letter >= _FIRST_WIDE and letter not in _EMS


@lru_cache(maxsize=10_000)  # lines are tried in many widths, and in both of a chart's frames
def width(text: str, size: float, weight: int = 400) -> float:
    """The estimated width of one line in pixels."""
    bold = BOLD if weight >= 600 else 1.0
    ems = sum(1.0 if is_wide(letter) else _EMS.get(letter, UNKNOWN) * bold for letter in text)
    return ems * size * SLACK


@lru_cache(maxsize=10_000)
def flowing(text: str, size: float, weight: int = 400) -> float:
    """The width of text that a browser sets and breaks: a Han character exactly on its em, bold letter by letter."""
    heavier = _HEAVIER if weight >= 600 else {}
    han = sum(map(is_wide, text))
    latin = sum(_EMS.get(letter, UNKNOWN) + heavier.get(letter, 0.0) for letter in text if not is_wide(letter))
    return size * (han + latin * TRIFLE)


def extent(lines: list[str], size: float, weight: int = 400) -> tuple[float, float]:
    """Width and height of a block of lines."""
    return max((width(line, size, weight) for line in lines), default=0.0), len(lines) * size * LEADING


@lru_cache(maxsize=1_000)
def pieces(text: str) -> tuple[str, ...]:
    """The parts that a line may break between: Latin words, and Han characters with their punctuation.

    Joined, they are the text again. A figure keeps the character after it (`2022年`).
    """
    parts: list[str] = []
    for letter in text:
        if parts and _joined(parts[-1], letter):
            parts[-1] += letter
        else:
            parts.append(letter)
    return tuple(parts)


def _joined(part: str, letter: str) -> bool:
    last = part[-1]
    if letter == " " or letter in CLOSING or last in OPENING:
        return True
    if last == " ":
        return False
    if last.isascii() and last.isdigit() and is_wide(letter):
        return letter not in OPENING
    return not is_wide(letter) and not is_wide(last) and letter not in OPENING and last not in "，。；：、）」』》"


def fill(text: str, room: float, size: float, weight: int = 400) -> list[str]:
    """Lines that are the text again when joined: each keeps the space that it was broken at."""
    if width(text.rstrip(), size, weight) <= room:
        return [text]
    lines = [""]
    for piece in pieces(text):
        longer = lines[-1] + piece
        if lines[-1] and width(longer.rstrip(), size, weight) > room:
            lines.append(piece)
        else:
            lines[-1] = longer
    return lines


def wrap(text: str, room: float, size: float, weight: int = 400) -> list[str]:
    """Lines no wider than `room`, except where one piece alone is wider. Never empty."""
    return [line.rstrip() for line in fill(text, room, size, weight)]


def balance(text: str, room: float, size: float, weight: int = 400) -> list[str]:
    """As few lines as `wrap` needs, but even ones: no single character left over at the end."""
    lines = wrap(text, room, size, weight)
    if len(lines) == 1:
        return lines
    reach = extent(lines, size, weight)[0]
    while room > size:
        room -= size / 2
        if reach <= room:
            continue  # the same lines
        tighter = wrap(text, room, size, weight)
        reach = extent(tighter, size, weight)[0]
        if len(tighter) > len(lines) or reach > room:
            return lines
        lines = tighter
    return lines
