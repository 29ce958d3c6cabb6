"""The theme: the one home of colour and type.

An account book being checked: warm paper, blue-black ink for what was, ochre ink for what is promised, and
vermilion for the checker's queries alone. Figures hold the light colours only; because each of them occurs
under one name, a page can exchange them for the dark ones by their value. Sizes belong to `forms.frame`.
"""

from __future__ import annotations

from collections.abc import Mapping

PALETTE: dict[str, str] = {
    "paper": "#fbf7ee",
    "ink": "#211d18",
    "soft": "#665d50",
    "rule": "#d8cebb",
    "base": "#1d3b5e",
    "target": "#a35106",
    "plain": "#56646b",
    "emphasis": "#2d2a26",
    "faint": "#978c79",
    "base_wash": "#d3dae3",
    "target_wash": "#f3dcbd",
    "plain_wash": "#e2dfd6",
    "band": "#f2ead9",
    "query": "#c4271b",
}
"""By daylight. `faint` is for marks; words of a faint mark are written in `soft`."""

DARK: dict[str, str] = {
    "paper": "#191714",
    "ink": "#f0e9dc",
    "soft": "#b3a896",
    "rule": "#413b32",
    "base": "#a6c6e8",
    "target": "#d98a3c",
    "plain": "#9aa9b1",
    "emphasis": "#e6dfd3",
    "faint": "#6d6559",
    "base_wash": "#2c3a4b",
    "target_wash": "#4d3418",
    "plain_wash": "#36342f",
    "band": "#26221c",
    "query": "#ff6f5c",
}
"""The same names by lamplight: drawn, not inverted."""

CLEAR = "rgba(0,0,0,0)"
"""The figure's own ground: whatever it lies on."""

# Only faces whose widths `lettering` knows. In the Han stack no `system-ui`: on a computer set to another
# region it would bring that region's forms of the characters before Hong Kong's could be found.
LATIN = '"Helvetica Neue", "Segoe UI", Roboto, Arial, "Liberation Sans"'
HAN = '"PingFang HK", "Noto Sans HK", "Noto Sans CJK HK", "Microsoft JhengHei"'

SANS: dict[str, str] = {
    "latin": f"{LATIN}, {HAN}, sans-serif",
    "han": f"{LATIN}, {HAN}, sans-serif",
}
"""The chart's face for each script; Latin letters and figures look alike in both."""

SERIF: dict[str, str] = {
    "latin": 'Charter, "Bitstream Charter", "Iowan Old Style", "Source Serif 4", "Source Serif Pro", Georgia, '
             '"Liberation Serif", "Songti TC", "Noto Serif HK", "Noto Serif CJK HK", serif',
    "han": '"Songti TC", "Noto Serif HK", "Noto Serif CJK HK", "Source Han Serif HC", "Noto Serif TC", "Noto Serif CJK TC", serif',
}
"""The face of headings for each script."""

WASHES = {"base": "base_wash", "target": "target_wash"}
"""What fills the uncertain part of a range, by the ink of its outline."""


def wash(ink: str) -> str:
    """The name of the pale colour that goes with `ink`."""
    return WASHES.get(ink, "plain_wash")


def lettered(ink: str) -> str:
    """The ink for words about a mark of this `ink`: a faint mark is seen, faint words would not be read."""
    return {"faint": "soft"}.get(ink, ink)


def lettered_on(ink: str) -> str:
    """The ink for words within a mark of this `ink`."""
    return {"faint": "ink"}.get(ink, "paper")


def css() -> str:
    """The colours and faces as CSS variables: by the reader's setting, by `data-theme`, and on paper."""
    light, dark, paper = _variables(PALETTE), _variables(DARK), _variables({**PALETTE, "paper": "#ffffff"})
    faces = "".join(f"--{kind}-{script}:{stack};" for kind, stacks in (("sans", SANS), ("serif", SERIF)) for script, stack in stacks.items())
    return (f":root{{color-scheme:light;{faces}{light}}}\n"
            f"@media (prefers-color-scheme:dark){{:root{{color-scheme:dark;{dark}}}}}\n"
            f":root[data-theme=light]{{color-scheme:light;{light}}}\n"
            f":root[data-theme=dark]{{color-scheme:dark;{dark}}}\n"
            f"@media print{{:root,:root[data-theme]{{color-scheme:light;{paper}}}}}\n")


def _variables(palette: Mapping[str, str]) -> str:
    return "".join(f"--{name.replace('_', '-')}:{colour};" for name, colour in palette.items())
