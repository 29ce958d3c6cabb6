"""The drawing and the live chart, side by side in a real Chromium: the same marks, words, inks and places.

Every chart of the published site and every sample, in each language and frame, one page for all of them.
"""

from __future__ import annotations

import json
from collections import Counter

import plotly.offline
import pytest

from tally import figure, svg, theme
from tally.forms import FRAMES, draw

from .chart_samples import LANGUAGES, SAMPLES

NEAR = 2
"""How far from each other, in px, a thing may stand in the two."""

DRAW = """async (charts) => {
  for (const [name, chart, drawing] of charts) {
    const { width, height } = chart.layout;
    for (const kind of ["static", "live"]) {
      const box = document.createElement("div");
      box.className = kind;
      box.style.cssText = `position:relative;width:${width}px;height:${height}px`;
      document.body.append(box);
      if (kind === "static") box.innerHTML = drawing;
      else await Plotly.newPlot(box, chart.data, chart.layout, { staticPlot: false, displayModeBar: false });
    }
  }
}"""

READ = """() => {
  const round = (number) => Math.round(number * 100) / 100;
  const look = (part, ...keys) => keys.map((key) => getComputedStyle(part)[key]).join(" ");
  const stroke = (part) => look(part, "stroke", "strokeWidth");
  // The path's own points, in pixels of the box: a stroke's width is no part of where it stands.
  function stretches(path, origin) {
    const matrix = path.getScreenCTM();
    const found = [];
    let [x, y] = [0, 0];
    for (const [, letter, numbers] of path.getAttribute("d").matchAll(/([MLHV])([^MLHVZ]*)/g)) {
      const given = numbers.match(/-?[\\d.]+/g).map(Number);
      if (letter === "H") [x] = given; else if (letter === "V") [y] = given;
      else [x, y] = given.slice(-2);
      const at = new DOMPoint(x, y).matrixTransform(matrix);
      if (letter === "M") found.push([]);
      found.at(-1).push([at.x - origin.left, at.y - origin.top]);
    }
    return found.map((points) => {
      const [xs, ys] = [points.map((one) => one[0]), points.map((one) => one[1])];
      return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    });
  }
  function read(box, parts) {
    const origin = box.getBoundingClientRect();
    const found = [];
    const add = (kind, note, place) => found.push([kind, note, place.map(round)]);
    const placed = (part) => {
      const { left, top, right, bottom } = part.getBoundingClientRect();
      return [left - origin.left, top - origin.top, right - origin.left, bottom - origin.top];
    };
    for (const part of box.querySelectorAll(parts.bars)) add("bar", look(part, "fill") + " " + stroke(part), placed(part));
    for (const part of box.querySelectorAll(parts.dots)) add("dot", look(part, "fill"), placed(part));
    for (const part of box.querySelectorAll(parts.fields)) add("field", look(part, "fill"), placed(part));
    for (const part of box.querySelectorAll(parts.rules))
      for (const place of stretches(part, origin)) add("line", stroke(part), place);
    for (const part of box.querySelectorAll(parts.words))
      add("text", `${part.textContent} ${look(part, "fill", "fontSize", "fontWeight", "fontFamily")}`, placed(part));
    return found;
  }
  const drawn = { bars: "rect[data-cell]", dots: "circle", fields: "rect:not([data-cell])", rules: "path", words: "text" };
  const live = {
    bars: ".barlayer .point > path", dots: ".scatterlayer .points > path", fields: '.shapelayer path[d$="Z"]',
    rules: '.scatterlayer .js-line, .shapelayer path:not([d$="Z"])', words: ".annotation-text" };
  const boxes = (kind, parts) => [...document.querySelectorAll(`body > .${kind}`)].map((box) => read(box, parts));
  return [boxes("static", drawn), boxes("live", live)];
}"""


def published(paper, language, frame):
    for (id, spoken), drawing in figure.draw(paper.project, paper.book, paper.voices).items():
        if spoken == language:
            picture = getattr(drawing, frame.name)
            yield id, json.loads(picture.json), picture.svg


def samples(paper, language, frame):
    for name, table in SAMPLES.items():
        if table.language == language:
            chart = draw(table, frame)
            yield name, chart, svg.draw(chart, title=name, description="", id_prefix=f"{name}-{frame.name}")


def difference(ours, theirs):
    """What one of the two has alone, and the things that stand apart."""
    missing = Counter((kind, look) for kind, look, _ in theirs)
    missing.subtract((kind, look) for kind, look, _ in ours)
    found = [f"{kind} {look}: {-count:+}" for (kind, look), count in missing.items() if count]
    left = list(theirs)
    for kind, look, place in ours:
        alike = [other for other in left if other[:2] == [kind, look]]
        if alike:
            best = min(alike, key=lambda other: apart(place, other[2]))
            left.remove(best)
            if apart(place, best[2]) > NEAR:
                found.append(f"{kind} {look}: {place} and {best[2]}")
    return found


def apart(one, other):
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("source", [published, samples], ids=["published", "samples"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.name)
def test_a_drawing_is_what_plotly_draws(browser, paper, source, language, frame):
    charts = list(source(paper, language, frame))
    family = charts[0][1]["layout"]["font"]["family"]
    page = browser.new_page()
    try:
        page.set_content(f'<html lang="{language}"><style>{theme.css()} .static {{ font: 400 20px {family} }}'
                         ".static > svg { display: block }</style><body>")
        page.add_script_tag(content=plotly.offline.get_plotlyjs())
        page.evaluate(DRAW, charts)
        drawn, live = page.evaluate(READ)
    finally:
        page.close()
    assert len(drawn) == len(live) == len(charts) > 0
    assert {name: found for (name, _, _), ours, theirs in zip(charts, drawn, live, strict=True)
            if (found := difference(ours, theirs))} == {}
