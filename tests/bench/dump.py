"""What the naive build is given: the words and figures of a checked site as one JSON file.

    python -m tests.bench.dump ROOT FILE

So both builds make the same pages of the same charts, and none of Tally's work is charged to the naive one: every
text has its figures written out, every figure is what the forms return, for a wide screen.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tally import site
from tally.figure import Drawing
from tally.project import Text
from tally.prose import Prose
from tests.bench.process import ENGINE


def dump(checked: site.Checked) -> dict[str, Any]:
    """Everything that the pages say, by language."""
    return {language: _language(checked, voice) for language, voice in checked.voices.items()}


def _language(checked: site.Checked, voice: Prose) -> dict[str, Any]:
    project, language = checked.project, voice.language
    return {
        "tag": project.site.languages[language].tag,
        "title": project.site.title[language],
        "overview": project.site.overview,
        "sections": {id: words[language] for id, words in project.site.sections.items()},
        "front": _text(project.pages["front"][language], voice),
        "stories": {slug: _text(story.texts[language], voice) for slug, story in project.stories.items()},
        "charts": {id: _chart(checked, drawing, voice)
                   for (id, spoken), drawing in checked.drawings.items() if spoken == language},
    }


def _text(text: Text, voice: Prose) -> dict[str, str]:
    return {"title": voice.plain(text.meta.title), "dek": voice.plain(text.meta.dek), "body": voice.plain(text.body)}


def _chart(checked: site.Checked, drawing: Drawing, voice: Prose) -> dict[str, Any]:
    chart, language = drawing.chart, voice.language
    return {
        "section": chart.section,
        "title": voice.plain(chart.title[language]),
        "subtitle": voice.plain(chart.subtitle[language]),
        "note": voice.plain(chart.note[language]) if chart.note else "",
        "sources": [checked.project.sources[id].title[language] for id in drawing.sources],
        "columns": [column.label for column in drawing.table.columns],
        "rows": [[row.label, *(point.label if point else "" for point in row.points)] for row in drawing.table.rows],
        "figure": json.loads(drawing.wide.json),
    }


def main(root: str, file: str) -> None:
    """Check the site at `root` and write its dump."""
    found = dump(site.check(site.load(Path(root), ENGINE)))
    Path(file).write_text(json.dumps(found, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
