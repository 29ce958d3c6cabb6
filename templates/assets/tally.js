// What pages do beyond reading: draw the live charts, keep the place when the language changes.
//
// PALETTE, each colour's name by its value, is put in front of this file. Figures are drawn in the light
// colours and their values then exchanged for the style sheet's variables, so that dark mode, print and a
// reader's own colours need no second drawing. A chart that fails leaves its table open and nothing else.
"use strict";
(() => {
  const WIDE_FROM = 640; // px of room from which the wide drawing is used; the style sheet says the same
  const SMALLEST = 12; // px: no letter in a chart gets smaller, however far the drawing is scaled down
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
        script.onerror = () => fail(new Error(`${address} could not be loaded`));
        document.head.append(script);
      }));
    }
    return scripts.get(address);
  }

  // Each chart's figures come in a script of their own that calls this: a page read from a disk may not fetch JSON.
  window.tally = { receive: (name, figures) => waiting.set(name, figures) };

  async function figures(picture) {
    await Promise.all([load(own.dataset.plotly), load(picture.dataset.script)]);
    if (!window.Plotly) {
      throw new Error("Plotly did not start");
    }
    return waiting.get(picture.dataset.chart);
  }

  // ---- drawing

  const shapeFor = (picture) => (picture.parentElement.clientWidth >= WIDE_FROM ? "wide" : "narrow");
  const sizeOf = (picture, shape) => picture.dataset[shape].split(" ").map(Number);

  async function draw(picture) {
    const shape = shapeFor(picture);
    if (picture.dataset.shape === shape) {
      return fit(picture);
    }
    picture.dataset.shape = shape;
    const found = (await figures(picture))[shape];
    if (picture.dataset.shape !== shape) {
      return; // the page was turned meanwhile
    }
    const canvas = document.createElement("div");
    picture.replaceChildren(canvas);
    const scale = fit(picture);
    await Plotly.newPlot(canvas, found.data, settled(found.layout, scale), CONFIG);
    recolour(canvas);
    picture.classList.add("drawn");
  }

  // The drawing keeps its own size, and is scaled as a whole to the room there is.
  function fit(picture) {
    const canvas = picture.firstElementChild;
    const scale = picture.clientWidth / sizeOf(picture, picture.dataset.shape)[0];
    if (canvas && scale) {
      canvas.style.transform = `scale(${scale})`;
    }
    return scale || 1;
  }

  function settled(layout, scale) {
    const least = SMALLEST / Math.min(scale, 1);
    const legible = (text) => ({ ...text, font: { ...text.font, size: Math.max(text.font.size, least) } });
    return {
      ...layout,
      dragmode: false,
      annotations: (layout.annotations || []).map((text) => (text.font ? legible(text) : text)),
      xaxis: { ...layout.xaxis, fixedrange: true },
      yaxis: { ...layout.yaxis, fixedrange: true },
    };
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

  function failed(picture, error) {
    console.warn(`${picture.dataset.chart}: ${error.message}`);
    const figure = picture.closest("figure, article");
    picture.hidden = true;
    picture.nextElementSibling.hidden = false;
    open(figure);
  }

  function open(figure) {
    for (const table of figure ? figure.querySelectorAll("details.chart-table") : []) {
      table.open = true;
    }
  }

  const attempt = (picture) => draw(picture).catch((error) => failed(picture, error));
  const resized = new ResizeObserver((seen) => seen.forEach(({ target }) => attempt(target.firstElementChild)));
  const idle = window.requestIdleCallback || ((work) => setTimeout(work, 200));

  // Plotly is asked for when the first chart comes near; once it is here the others are drawn in idle
  // moments, so that nobody scrolls or prints into a blank.
  const near = new IntersectionObserver((seen) => {
    for (const { target } of seen.filter((one) => one.isIntersecting)) {
      begin(target);
      load(own.dataset.plotly).then(() => idle(next), () => {});
    }
  }, { rootMargin: "300px" });

  function begin(picture) {
    near.unobserve(picture);
    picture.classList.add("begun");
    resized.observe(picture.parentElement); // reports once at the start, which draws
  }

  function next() {
    const picture = document.querySelector(".chart-picture:not(.begun)");
    if (picture) {
      begin(picture);
      idle(next);
    }
  }

  function charts() {
    document.querySelectorAll("details.chart-table").forEach((table) => { table.open = false; });
    document.documentElement.classList.add("ready");
    document.querySelectorAll(".chart-picture").forEach((picture) => near.observe(picture));
    addEventListener("beforeprint", () => {
      document.querySelectorAll(".chart-picture:not(.drawn)").forEach((picture) => open(picture.closest("figure")));
    });
  }

  // ---- languages

  function languages() {
    const links = [...document.querySelectorAll("a[data-language]")];
    const follow = () => links.forEach((link) => { link.hash = location.hash; });
    addEventListener("hashchange", follow);
    follow();
    for (const link of links) {
      link.addEventListener("click", () => {
        follow();
        try {
          localStorage.setItem("tally-language", link.dataset.language);
        } catch {
          // storage may be switched off; the link works all the same
        }
      });
    }
  }

  for (const part of [languages, charts]) {
    try {
      part();
    } catch (error) {
      console.warn(error);
    }
  }
})();
