// Tells when a chart has been painted that is drawn otherwise than now, in ms on the machine's own clock; null when it
// has not been within the limit.
"use strict";
window.repainted = (chart, limit) => new Promise((done) => {
  const drawing = () => document.querySelector(`.chart-frame[data-chart="${chart}"] svg`)?.outerHTML;
  const before = drawing();
  if (!before) {
    throw new Error(`${chart} is not drawn here`);
  }
  const observer = new MutationObserver(() => {
    const now = drawing();
    if (now && now !== before) {
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => done(performance.timeOrigin + performance.now()))); // after the frame
    }
  });
  observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  setTimeout(() => done(null), limit);
});
