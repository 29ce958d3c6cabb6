"""A reckoning: a formula or condition as readers see it.

In figures, `targets.hk-firms.2022 < 9000` is “Hong Kong-funded firms, 2022 8,274 firms < 9000”; as code it stays as it
is, and its lines break at signs and dots and never inside a name. What a name leads to is `view`'s, working a
formula out is `formula`'s.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from tally.formula import NAME

_PARTS = re.compile(f"({NAME.pattern})")
_SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠", "*": "×", "/": "÷", "-": "−"}
_SIGN = re.compile(r"<=|>=|!=|[*/-]| and ")


def named(text: str, name: Callable[[str], Markup]) -> Markup:
    """A formula with each of its names replaced."""
    return Markup("").join(name(part) if index % 2 else escape(part) for index, part in enumerate(_PARTS.split(text)))


def figured(text: str, joint: str, figure: Callable[[str], Markup]) -> Markup:
    """A formula with figures in place of names, and signs in place of what is typed for them; `joint` stands for “and”."""
    signs = _SIGNS | {" and ": joint}
    return Markup("").join(figure(part) if index % 2 else escape(_SIGN.sub(lambda sign: signs[sign[0]], part))
                           for index, part in enumerate(_PARTS.split(text)))


def broken(name: str) -> Markup:
    """A name that breaks behind its dots."""
    return Markup(".<wbr>").join(name.split("."))


def code(text: str) -> Markup:
    """A formula as it is typed, whose lines break behind its spaces and dots."""
    return Markup("").join(broken(part) if index % 2 else Markup(" <wbr>").join(part.split(" "))
                           for index, part in enumerate(_PARTS.split(text)))
