"""A live figure: the small script that hands a chart's figures to Plotly in the reader's browser.

It is a script because a page read from a disk may load scripts but not JSON. What is in the figures is `forms`' to
say, and which page loads the script `view`'s.
"""

from __future__ import annotations

import json
from collections.abc import Iterable


def name(chart: str, language: str) -> str:
    """The plain name of a chart's script among the assets."""
    return f"live/{language}/{chart}.js"


def script(chart: str, language: str, wide: str, narrow: str, readings: Iterable[tuple[str, str]]) -> str:
    """The script; `wide` and `narrow` are Plotly's own JSON, `readings` what is said of each point."""
    said = json.dumps([*readings], ensure_ascii=False, separators=(",", ":"))
    return f'tally.receive("{language}/{chart}",{{"wide":{wide},"narrow":{narrow},"readings":{said}}});\n'
