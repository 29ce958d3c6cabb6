// How a chart comes to life, in the site's own pages and in an embed; put in front of `tally.js` and `embed-page.js`.
//
// Every chart stands in the page as a drawing. Plotly is asked for only when a reader points at one, touches it
// or comes to it by keyboard, and lays the live chart over the drawing; if it cannot, the drawing stays as it is.
// PALETTE, each colour's name by its value, is put in front of this file. Figures are drawn in the light
// colours and their values then exchanged for the style sheet's variables, so that dark mode and a reader's
// own colours need no second drawing.
(() => {
  "use strict";
  const INTENT = ["pointerenter", "pointerdown", "touchstart", "focusin"];
  const CONFIG = { displayModeBar: false, responsive: false, scrollZoom: false, doubleClick: false, showTips: false };
  const own = document.currentScript;
  const waiting = new Map();
  const scripts = new Map();

  // ---- loading

  function load(address) {
    if (!scripts.has(address)) {
      scripts.set(address, new Promise((done, fail) => {
        const script = document.createElement("script");
        script.src = address;
        script.onload = done;
        script.onerror = () => {
          scripts.delete(address); // the next reader's intent may have better luck
          fail(new Error(`${address} could not be loaded`));
        };
        document.head.append(script);
      }));
    }
    return scripts.get(address);
  }

  // What is seldom opened brings its script when it is.
  for (const part of document.querySelectorAll("details[data-script]")) {
    part.addEventListener("toggle", () => load(part.dataset.script), { once: true });
  }

  // What a page asks for comes in scripts that call this, each chart's figures in one of its own: a page read from a
  // disk may not fetch JSON.
  window.tally = { ...window.tally, load, received: waiting, receive: (name, content) => waiting.set(name, content) };

  async function figures(frame) {
    await Promise.all([load(own.dataset.plotly), load(frame.dataset.script)]);
    if (!window.Plotly) {
      throw new Error("Plotly did not start");
    }
    return waiting.get(frame.dataset.chart);
  }

  // ---- drawing

  // The style sheet decides which drawing is shown; the live chart follows it.
  const shapeOf = (frame) => (frame.querySelector(".wide.drawing").clientWidth ? "wide" : "narrow");
  const pictureOf = (frame) => frame.querySelector(".chart-picture");
  const liveOf = (frame) => frame.querySelector(".chart-live");

  async function draw(frame) {
    const shape = shapeOf(frame);
    if (frame.dataset.shape === shape) {
      return fit(frame);
    }
    remove(frame);
    frame.dataset.shape = shape;
    const found = (await figures(frame))[shape];
    if (frame.dataset.shape !== shape) {
      return; // the page was turned meanwhile
    }
    const canvas = document.createElement("div");
    canvas.className = "chart-live";
    canvas.setAttribute("aria-hidden", "true");
    pictureOf(frame).append(canvas);
    fit(frame);
    await plot(canvas, found, pictureOf(frame).classList);
  }

  // First only what answers a reader who points, unseen over the drawing. Words and lines are most of Plotly's work:
  // they come after that, and then the live chart is shown in the drawing's place.
  async function plot(canvas, { data, layout }, state) {
    const { annotations, shapes, ...bare } = layout;
    await Plotly.newPlot(canvas, data, still(bare), CONFIG);
    if (canvas.isConnected) {
      state.add("answering");
      await frameShown();
    }
    if (canvas.isConnected) {
      await Plotly.relayout(canvas, { annotations, shapes });
      recolour(canvas);
    }
    if (canvas.isConnected) {
      state.replace("answering", "live");
    }
  }

  const frameShown = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

  function remove(frame) {
    pictureOf(frame).classList.remove("answering", "live");
    delete frame.dataset.shape;
    const canvas = liveOf(frame);
    if (canvas) {
      canvas.remove();
      Plotly.purge(canvas);
    }
  }

  // The live chart keeps its own size, and is scaled as a whole to the drawing's.
  function fit(frame) {
    const canvas = liveOf(frame);
    if (canvas) {
      const drawing = frame.querySelector(`.${frame.dataset.shape}.drawing > svg`);
      canvas.style.transform = `scale(${drawing.clientWidth / drawing.viewBox.baseVal.width})`;
    }
  }

  const still = (layout) => ({
    ...layout,
    dragmode: false,
    xaxis: { ...layout.xaxis, fixedrange: true },
    yaxis: { ...layout.yaxis, fixedrange: true },
  });

  const computed = (hex) => `rgb(${[1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join(", ")})`;
  const inks = new Map(Object.entries(PALETTE).map(([hex, name]) => [computed(hex), `var(--${name})`]));

  function recolour(canvas) {
    for (const mark of canvas.querySelectorAll(".main-svg [style]")) {
      for (const property of ["fill", "stroke"]) {
        const ink = inks.get(mark.style[property]);
        if (ink) {
          mark.style[property] = ink;
        }
      }
    }
  }

  // ---- when

  const resized = new ResizeObserver((seen) => seen.forEach(({ target }) => enliven(target)));

  function awaitIntent(frame) {
    const begin = () => {
      INTENT.forEach((kind) => frame.removeEventListener(kind, begin));
      resized.observe(frame); // reports once at the start, which draws
    };
    INTENT.forEach((kind) => frame.addEventListener(kind, begin, { passive: true }));
  }

  async function enliven(frame) {
    try {
      await draw(frame);
    } catch (error) {
      console.warn(`${frame.dataset.chart}: ${error.message}`);
      resized.unobserve(frame);
      remove(frame);
      awaitIntent(frame);
    }
  }

  // By keyboard a reader comes to a stop over the drawing and walks its points from there.
  function awaitFocus(frame, stop) {
    const begin = () => Promise.all([load(stop.dataset.script), load(frame.dataset.script)]).then(
      () => tally.walk(frame, waiting.get(frame.dataset.chart).readings), wait);
    const wait = () => stop.addEventListener("focus", begin, { once: true });
    wait();
  }

  function charts() {
    for (const frame of document.querySelectorAll(".chart-frame")) {
      const stop = frame.querySelector(".chart-walk");
      stop.hidden = false; // without this script there is nothing to come to
      stop.tabIndex = 0;
      awaitFocus(frame, stop);
      if (!document.documentElement.classList.contains("static")) { // what an embed may be asked to stay
        awaitIntent(frame);
      }
    }
  }

  try {
    charts();
  } catch (error) {
    console.warn(error);
  }
})();
