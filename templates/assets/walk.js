// Walking through a chart by keyboard, from point to point: a ring marks the point, a label says it, and a screen
// reader reads the label out. Where a point stands is what the drawing knows, which stays in its place beneath the
// live chart; so it makes no difference whether that has come. `chart.js` loads this when a chart's stop is focused.
"use strict";
(() => {
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const APART = 10; // px between a point and its label
  const STEP = 4;
  const COVERED = 1; // a square pixel of a covered word is as bad as so many pixels of distance
  const OUTSIDE = 100; // and so is standing above or below the picture

  function part(stop, kind) {
    const made = document.createElement("div");
    made.className = kind;
    stop.append(made);
    return made;
  }

  // Around all marks of a point, as parts of the drawing's size: a range has two of them.
  function place(svg, marks) {
    const boxes = marks.map((mark) => mark.getBBox());
    const { width, height } = svg.viewBox.baseVal;
    return {
      left: Math.min(...boxes.map((box) => box.x)) / width,
      top: Math.min(...boxes.map((box) => box.y)) / height,
      right: Math.max(...boxes.map((box) => box.x + box.width)) / width,
      bottom: Math.max(...boxes.map((box) => box.y + box.height)) / height,
    };
  }

  // Where a label may stand: the nearest place that covers no word and no mark, in the picture or just above or below
  // it; or where it covers little, if that is much nearer.
  function free(point, label, taken, room) {
    const shared = (low, high, start, end) => Math.max(0, Math.min(high, end) - Math.max(low, start));
    const rows = [-label.height - APART, room.height + APART];
    for (let top = 0; top <= room.height - label.height; top += STEP) {
      rows.push(top);
    }
    let best = { cost: Infinity };
    for (let left = Math.max(0, room.width - label.width); left >= 0; left -= STEP) {
      for (const top of rows) {
        const [right, bottom] = [left + label.width, top + label.height];
        const covered = taken.reduce((sum, box) => sum + shared(left, right, box.left, box.right) * shared(top, bottom, box.top, box.bottom), 0);
        const gap = Math.hypot(Math.max(0, point.left - right, left - point.right), Math.max(0, point.top - bottom, top - point.bottom));
        const askew = Math.abs(left + right - point.left - point.right) / 100;
        const cost = covered * COVERED + gap + askew + (top < 0 || bottom > room.height ? OUTSIDE : 0);
        if (cost < best.cost) {
          best = { cost, left, top };
        }
      }
    }
    return best;
  }

  // `readings` are the titles of the points' marks with what is said of them, in the order of the walk.
  tally.walk = (frame, readings) => {
    const stop = frame.querySelector(".chart-walk");
    const ring = part(stop, "chart-ring");
    const said = part(stop, "chart-said");
    let at = -1; // nowhere yet
    ring.hidden = true;
    said.setAttribute("role", "status");

    function show() {
      const [title, words] = readings[at];
      const svg = [...frame.querySelectorAll(".drawing > svg")].find((drawing) => drawing.clientWidth);
      if (!svg) {
        return; // nothing of the chart is shown for the moment
      }
      const marks = [...svg.querySelectorAll("[data-cell]")].filter((mark) => mark.textContent === title);
      const { left, top, right, bottom } = place(svg, marks);
      const percent = (share) => `${100 * share}%`;
      ring.classList.toggle("round", marks[0].localName === "circle");
      Object.assign(ring.style, {
        left: percent(left), top: percent(top), width: percent(right - left), height: percent(bottom - top),
      });
      ring.hidden = false;
      if (said.textContent !== words) {
        said.textContent = words;
      }
      const room = stop.getBoundingClientRect();
      const taken = [...svg.querySelectorAll("text, [data-cell]")].map((part) => part.getBoundingClientRect())
        .map((box) => ({ left: box.left - room.left, top: box.top - room.top, right: box.right - room.left, bottom: box.bottom - room.top }));
      const point = { left: left * room.width, top: top * room.height, right: right * room.width, bottom: bottom * room.height };
      taken.push({ left: point.left - APART, top: point.top - APART, right: point.right + APART, bottom: point.bottom + APART });
      const spot = free(point, said.getBoundingClientRect(), taken, room);
      Object.assign(said.style, { left: `${spot.left}px`, top: `${spot.top}px` });
    }

    function go(to) {
      at = Math.max(0, Math.min(to, readings.length - 1));
      show();
      const [point, label] = [ring, said].map((part) => part.getBoundingClientRect());
      const [above, below] = [point.top - label.top, label.bottom - point.bottom].map((far) => Math.max(0, far));
      const both = above + point.height + below < innerHeight; // a chart may be taller than the screen
      Object.assign(ring.style, { scrollMarginTop: `${both ? above : 0}px`, scrollMarginBottom: `${both ? below : 0}px` });
      ring.scrollIntoView({ block: "nearest" });
    }

    function leave() {
      at = -1;
      ring.hidden = true;
      said.textContent = "";
    }

    stop.addEventListener("keydown", (event) => {
      const { key } = event;
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
        return;
      }
      if (key in STEPS) {
        go(at < 0 && STEPS[key] < 0 ? readings.length : at + STEPS[key]);
      } else if (key === "Home" || key === "End") {
        go(key === "Home" ? 0 : readings.length);
      } else if (key === "Escape" && at >= 0) {
        leave();
      } else {
        return;
      }
      event.preventDefault();
    });
    stop.addEventListener("blur", leave);
    new ResizeObserver(() => at < 0 || show()).observe(stop); // wide and narrow drawings place their points differently
  };
})();
