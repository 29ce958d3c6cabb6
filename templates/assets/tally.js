// What pages do beyond reading: bring a chart to life, open a card over the words it answers for, keep the place
// when the language changes.
//
// Every chart stands in the page as a drawing. Plotly is asked for only when a reader points at one, touches it
// or comes to it by keyboard, and lays the live chart over the drawing; if it cannot, the drawing stays as it is.
// PALETTE, each colour's name by its value, is put in front of this file. Figures are drawn in the light
// colours and their values then exchanged for the style sheet's variables, so that dark mode and a reader's
// own colours need no second drawing.
"use strict";
(() => {
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

  // Each chart's figures come in a script of their own that calls this: a page read from a disk may not fetch JSON.
  window.tally = { receive: (name, figures) => waiting.set(name, figures) };

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
    await Plotly.newPlot(canvas, found.data, still(found.layout), CONFIG);
    recolour(canvas);
    if (canvas.isConnected) {
      pictureOf(frame).classList.add("live");
    }
  }

  function remove(frame) {
    pictureOf(frame).classList.remove("live");
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

  function charts() {
    for (const frame of document.querySelectorAll(".chart-frame")) {
      frame.tabIndex = 0; // without this script there is nothing to come to
      awaitIntent(frame);
    }
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

  // ---- cards

  // Buttons open their cards by themselves. A phrase opens its card as a whole, and a mouse that rests on a button
  // opens it for as long as it stays: what comes by keyboard waits for Enter.
  const REST = 400;
  const LEAVE = 250;

  const cardOf = (button) => document.getElementById(button.getAttribute("popovertarget"));
  const isOpen = (card) => card.matches(":popover-open");

  function phrases() {
    let shown = null; // open when the press began; the press itself then closes it
    const phrase = ({ target }) => {
      const own = target.closest("button, a, .figure") ? null : target.closest(".asserted");
      return own && own.querySelector(":scope > .proof");
    };
    addEventListener("pointerdown", (event) => {
      const button = phrase(event);
      shown = button && isOpen(cardOf(button)) ? button : null;
    }, true);
    addEventListener("click", (event) => {
      const button = phrase(event);
      if (button && button !== shown && getSelection().isCollapsed) {
        cardOf(button).showPopover({ source: button });
      }
    });
  }

  function hovering() {
    let timer = 0;
    let hovered = null; // the card that a resting mouse has opened
    const buttonAt = ({ target }) => target.closest?.("button[popovertarget]");
    addEventListener("pointerover", (event) => {
      if (event.pointerType !== "mouse") {
        return;
      }
      clearTimeout(timer);
      const button = buttonAt(event);
      if (button && !isOpen(cardOf(button))) {
        timer = setTimeout(() => {
          hovered = cardOf(button);
          hovered.showPopover({ source: button });
        }, REST);
      } else if (hovered && !button && !hovered.contains(event.target)) {
        timer = setTimeout(() => { hovered.hidePopover(); hovered = null; }, LEAVE);
      }
    });
    addEventListener("click", (event) => {
      clearTimeout(timer);
      const button = buttonAt(event);
      if (button && hovered === cardOf(button) && isOpen(hovered)) {
        event.preventDefault(); // it stays open
      }
      hovered = null;
    }, true);
  }

  for (const part of [languages, charts, phrases, hovering]) {
    try {
      part();
    } catch (error) {
      console.warn(error);
    }
  }
})();
