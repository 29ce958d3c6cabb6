"""The naive build: the same pages the way most people would make them, for comparison.

    python -m tests.bench.naive DUMP OUTPUT

Plotly's own figures and its `to_html`, Jinja templates, Markdown, and one shared plotly.min.js. It is no straw man:
each chart is made once however many pages show it, and nothing is done that a page does not need. It knows
nothing of Tally, and imports nothing of it.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import jinja2
import markdown
import plotly.graph_objects as go
import plotly.io
from plotly.offline import get_plotlyjs

TEMPLATES = Path(__file__).parent / "templates"
_CHART = re.compile(r"^::chart (\S+)$", re.MULTILINE)


def build(words: dict[str, Any], output: Path) -> None:
    """Write every page in every language."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True)
    write(output / "plotly.min.js", get_plotlyjs())
    write(output / "style.css", (TEMPLATES / "style.css").read_text("utf-8"))
    for language, given in words.items():
        build_language(environment, language, given, output / language)


def build_language(environment: jinja2.Environment, language: str, given: dict[str, Any], output: Path) -> None:
    """The front, the stories, the gallery and a page for each chart."""
    pictures = {id: picture(id, chart["figure"]) for id, chart in given["charts"].items()}
    common = {"language": language, "tag": given["tag"], "site": given["title"], "charts": given["charts"],
              "stories": given["stories"], "pictures": pictures}

    def page(template: str, path: str, **more: Any) -> None:
        up = "../" * (path.count("/") + 1)
        write(output / path, environment.get_template(template).render(**common, **more, up=up))

    front = given["front"]
    page("front.html", "index.html", text=front, body=prose(front["body"], pictures), overview=given["overview"])
    page("gallery.html", "charts/index.html", sections=given["sections"])
    for slug, text in given["stories"].items():
        page("story.html", f"stories/{slug}/index.html", text=text, body=prose(text["body"], pictures))
    for id, chart in given["charts"].items():
        page("chart.html", f"charts/{id}/index.html", id=id, chart=chart)


def picture(id: str, figure: dict[str, Any]) -> str:
    """A chart's HTML."""
    return str(plotly.io.to_html(go.Figure(**figure), full_html=False, include_plotlyjs=False, div_id=f"chart-{id}",
                                 config={"displayModeBar": False}))


def prose(text: str, pictures: dict[str, str]) -> str:
    """A Markdown text as HTML, with its charts."""
    html = markdown.markdown(_CHART.sub(r"<!--chart \1-->", text), extensions=["extra"])
    return re.sub(r"<!--chart (\S+)-->", lambda match: pictures[match[1]], html)


def write(path: Path, text: str) -> None:
    """A file of the site."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    build(json.loads(Path(sys.argv[1]).read_text("utf-8")), Path(sys.argv[2]))
