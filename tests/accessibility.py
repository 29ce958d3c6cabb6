"""What axe finds on a page, and which of its words cannot be read, for the tests that hold pages to both.

axe cannot tell what lies under a word that a button covers or that stands in a chart; `pale` can, as it asks
each character of a drawing which marks were painted before it at its place.
"""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Page

from .validity import MODULES

AXE = MODULES / "axe-core/axe.min.js"

ENOUGH = 4.5
"""The contrast of any word against what is behind it."""

COLOUR = ("color-contrast", "link-in-text-block")
"""The rules of axe that look at colours."""

_RUN = """async (only) => {
  const rules = only && { runOnly: { type: "rule", values: only } };
  const found = await axe.run({ exclude: ["svg text"] }, { resultTypes: ["violations"], ...rules });
  return found.violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target}`));
}"""

_PALE = """(enough) => {
  const number = /[\\d.]+/g;
  function parsed(colour) {
    if (!colour.startsWith("rgb")) throw new Error(`what colour is ${colour}?`);
    const [red, green, blue, alpha = 1] = colour.match(number).map(Number);
    return { parts: [red, green, blue], alpha };
  }
  const over = (top, alpha, below) => top.map((part, at) => part * alpha + below[at] * (1 - alpha));
  function luminance(colour) {
    const [red, green, blue] = colour.map((part) => part / 255).map(
      (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
  function contrast(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }
  function ground(element) {
    if (!element) return [255, 255, 255];
    const { parts, alpha } = parsed(getComputedStyle(element).backgroundColor);
    return alpha === 1 ? parts : over(parts, alpha, ground(element.parentElement));
  }
  function opacity(element) {
    return element ? Number(getComputedStyle(element).opacity) * opacity(element.parentElement) : 1;
  }

  const MARKS = "rect, circle, ellipse, polygon, path";
  const THICK = 6; // a thinner line crosses a word and is no ground of it
  const places = new Map();
  function marks(drawing) {
    if (!places.has(drawing)) {
      places.set(drawing, [...drawing.querySelectorAll(MARKS)].filter((mark) => mark.getScreenCTM()).map((mark) => {
        const look = getComputedStyle(mark);
        const shade = (paint, alpha) => (paint === "none" ? null
          : { colour: parsed(paint).parts, alpha: parsed(paint).alpha * Number(alpha) * opacity(mark) });
        return { mark, box: mark.getBoundingClientRect(), matrix: mark.getScreenCTM().inverse(), fill: shade(look.fill, look.fillOpacity),
          stroke: parseFloat(look.strokeWidth) < THICK ? null : shade(look.stroke, look.strokeOpacity) };
      }));
    }
    return places.get(drawing);
  }
  function below(text) {
    const { left, top, right, bottom } = text.getBoundingClientRect();
    return marks(text.closest(".chart-live") || text.ownerSVGElement).filter(({ mark, box, fill, stroke }) => (fill || stroke)
      && box.left < right + THICK && box.right > left - THICK && box.top < bottom + THICK && box.bottom > top - THICK
      && mark.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING);
  }
  function behind(text, at, painted, found) {
    const box = text.getExtentOfChar(at);
    const point = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2).matrixTransform(text.getScreenCTM());
    for (const { mark, matrix, fill, stroke } of painted) {
      const here = point.matrixTransform(matrix);
      if (fill && mark.isPointInFill(here)) found = over(fill.colour, fill.alpha, found);
      if (stroke && mark.isPointInStroke(here)) found = over(stroke.colour, stroke.alpha, found);
    }
    return found;
  }

  const seen = { words: 0, pale: [] };
  function judge(words, colour, alpha, under) {
    const ratio = contrast(over(parsed(colour).parts, parsed(colour).alpha * alpha, under), under);
    if (ratio < enough) seen.pale.push(`${words}: ${ratio.toFixed(2)}`);
  }
  const visible = (element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: parent, data } = walker.currentNode;
    if (!data.trim() || parent instanceof SVGElement || parent.matches("script, style") || !visible(parent)) continue;
    seen.words += 1;
    judge(data.trim(), getComputedStyle(parent).color, opacity(parent), ground(parent));
  }
  for (const text of document.querySelectorAll("svg text")) {
    if (!visible(text)) continue;
    const { fill, fillOpacity } = getComputedStyle(text);
    const [alpha, painted, paper] = [Number(fillOpacity) * opacity(text), below(text), ground(text.closest(":not(svg, svg *)"))];
    for (let at = 0; at < (painted.length ? text.getNumberOfChars() : 1); at += 1) {
      judge(text.textContent, fill, alpha, painted.length ? behind(text, at, painted, paper) : paper);
    }
  }
  return seen;
}"""


_SHAPE = """() => [...document.querySelectorAll("*")].map((element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return [element.localName, ...element.getAttributeNames().map((name) => `${name}=${element.getAttribute(name)}`),
    element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }), x, y, width, height].join(" ");
}).join("\\n")"""


def ready(page: Page) -> None:
    """Let axe come with each page that is opened from now on, which takes less time than to bring it to each."""
    page.add_init_script(path=AXE)


def violations(page: Page, rules: Sequence[str] | None = None) -> list[str]:
    """What axe finds wrong on the page as it stands, by all rules or only by these."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found: list[str] = page.evaluate(_RUN, rules)
    return found


def faults(page: Page) -> dict[str, list[str]]:
    """What is wrong by day and by lamp: by all rules, and again by those of colours where nothing else is another."""
    page.emulate_media(color_scheme="light")
    found = {"light": violations(page) + pale(page)}
    page.evaluate(f"() => {{ window.shape = ({_SHAPE})(); }}")
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(f"window.shape === ({_SHAPE})()"), "only colours may depend on the scheme"
    found["dark"] = violations(page, COLOUR) + pale(page)
    return {scheme: wrong for scheme, wrong in found.items() if wrong}


def pale(page: Page) -> list[str]:
    """The words on the page, those in drawings too, that do not stand out enough from what is behind them."""
    seen = page.evaluate(_PALE, ENOUGH)
    assert seen["words"], "no words were looked at"
    return sorted(set(seen["pale"]))
