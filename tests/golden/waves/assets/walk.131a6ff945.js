// Walking through a chart by keyboard, from point to point: a ring marks the point, a label says it, and a screen
// reader reads the label out. Where a point stands is what the drawing knows, which stays in its place beneath the
// live chart; so it makes no difference whether that has come. `chart.js` loads this when a chart's stop is focused.
"use strict";
(() => {
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const APART = 10; // px between a point and its label

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
      const middle = stop.clientWidth * (left + right) / 2;
      const most = stop.clientWidth - said.offsetWidth;
      const below = top + bottom < 1;
      Object.assign(said.style, {
        left: `${Math.max(0, Math.min(middle - said.offsetWidth / 2, most))}px`,
        top: below ? `calc(${percent(bottom)} + ${APART}px)` : "auto",
        bottom: below ? "auto" : `calc(${percent(1 - top)} + ${APART}px)`,
      });
    }

    function go(to) {
      at = Math.max(0, Math.min(to, readings.length - 1));
      show();
      ring.scrollIntoView({ block: "nearest" }); // a chart may be taller than the screen
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
