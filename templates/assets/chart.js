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
    fit(frame, shape);
    if (frame.dataset.shape === shape) {
      return;
    }
    remove(frame);
    frame.dataset.shape = shape;
    const found = (await figures(frame))[shape];
    if (frame.dataset.shape === shape) { // or else the page was turned meanwhile
      await plot(pictureOf(frame), found);
    }
  }

  // First only what answers a reader who points, unseen over the drawing; it is drawn outside the page, so that Plotly
  // never has to wait for a layout. Lines and words are most of its work: they come after that, and then the live
  // chart is shown in the drawing's place.
  async function plot(picture, { data, layout }) {
    const { annotations, shapes, ...bare } = { ...layout, xaxis: unseen(layout.xaxis), yaxis: unseen(layout.yaxis) };
    const canvas = document.createElement("div");
    canvas.className = "chart-live";
    canvas.setAttribute("aria-hidden", "true");
    const drawn = Plotly.newPlot(canvas, data.filter(({ hoverinfo }) => hoverinfo !== "skip"), bare, CONFIG);
    picture.append(canvas);
    await drawn;
    if (canvas.isConnected) {
      picture.classList.add("answering");
      await frameShown();
    }
    if (canvas.isConnected) {
      await Plotly.react(canvas, data, { ...bare, annotations, shapes }, CONFIG);
      recolour(canvas);
    }
    if (canvas.isConnected) {
      picture.classList.replace("answering", "live");
    }
  }

  // An axis shows nothing of its own: its labels are annotations, and its grid is shapes.
  const unseen = ({ type, range }) => ({ type, range, visible: false, fixedrange: true });
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
  function fit(frame, shape) {
    const drawing = frame.querySelector(`.${shape}.drawing > svg`);
    pictureOf(frame).style.setProperty("--scale", drawing.clientWidth / drawing.viewBox.baseVal.width);
  }

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

  function enter(frame, alive) {
    const stop = frame.querySelector(".chart-walk");
    stop.hidden = false; // without this script there is nothing to come to
    stop.tabIndex = 0;
    awaitFocus(frame, stop);
    if (alive) {
      resized.observe(frame);
    } else if (!document.documentElement.classList.contains("static")) { // what an embed may be asked to stay
      awaitIntent(frame);
    }
  }

  // A chart that leaves says whether it was alive, and so can be the one that enters in its place.
  function leave(frame) {
    const alive = "shape" in frame.dataset;
    resized.unobserve(frame);
    remove(frame);
    return alive;
  }

  try {
    Object.assign(tally, { enter, leave });
    document.querySelectorAll(".chart-frame").forEach((frame) => enter(frame));
  } catch (error) {
    console.warn(error);
  }
})();
