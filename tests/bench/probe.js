// Runs before anything else in a page that is measured, and notes what the page does to its reader.
// `FRAME` and `DRAWN`, the places of a chart and of its drawing, are put in front of this file.
"use strict";
window.probe = { shift: 0, tasks: [], paint: null, drawn: null, intent: null, evaluated: null, live: null };
{
  const watch = (type, note) => new PerformanceObserver((list) => list.getEntries().forEach(note))
    .observe({ type, buffered: true });
  watch("layout-shift", ({ value }) => { probe.shift += value; }); // those after a reader's touch too
  watch("longtask", ({ startTime, duration }) => probe.tasks.push([startTime, duration]));
  watch("paint", ({ name, startTime }) => { if (name === "first-contentful-paint") probe.paint = startTime; });

  // Frames are not made while style sheets hold the first paint up, so the first one that has anything to show is
  // that of the first contentful paint. A drawing is whole when what stands behind its frame has been read.
  let frames = 0;
  const whole = () => {
    const frame = document.querySelector(FRAME);
    return frame && frame.querySelector(DRAWN) && (document.readyState !== "loading" || frame.nextElementSibling);
  };
  const look = () => {
    frames += document.body?.textContent.trim() ? 1 : 0;
    if (whole()) {
      const at = frames;
      requestAnimationFrame((now) => { probe.drawn = { frame: at, time: now }; });
    } else {
      requestAnimationFrame(look);
    }
  };
  requestAnimationFrame(look);

  // What follows is only watched from the touch on, so that watching costs nothing while the page is made.
  addEventListener("pointerdown", ({ timeStamp }) => {
    if (probe.intent === null) {
      probe.intent = timeStamp;
      document.addEventListener("load", ({ target }) => {
        if (target.src?.includes("/plotly")) probe.evaluated = performance.now();
      }, true);
    }
  }, true);

  const pause = (time) => new Promise((done) => setTimeout(done, time));
  window.settled = async () => {
    while (probe.paint === null || probe.drawn === null) {
      if (performance.now() > 120_000) throw new Error(`nothing is drawn: ${FRAME} ${DRAWN}`);
      await pause(100);
    }
    await pause(500);
  };

  // Waited for as a promise, since looking again and again would itself slow the page down.
  window.alive = () => new Promise((done) => {
    const look = () => {
      if (document.querySelector(".chart-picture:is(.answering, .live)")) {
        probe.live ??= performance.now();
        done();
      }
    };
    new MutationObserver(look).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["class"] });
  });
}
