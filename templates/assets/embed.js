// Gives the charts embedded in a page their height. One file for any number of them, as a script or as a module:
//   <iframe data-tally src="…" title="…"></iframe><script src="…/embed.js" async></script>
// It keeps no list: a message is matched with the frames that there are when it comes, so that a frame may be put in
// late, moved or taken away.
(() => {
  "use strict";
  if (window.tallyEmbed) {
    return; // each snippet brings the script along
  }
  window.tallyEmbed = true;
  const LEAST = 60; // px; less is said by a page that is not laid out, and no chart is cut off for it
  const MOST = 4000; // px; whatever a frame says, the article around it goes on
  const frames = () => [...document.querySelectorAll("iframe[data-tally]")];

  // Within a sandbox a page has no origin of its own, and says "null"; so have all frames of a page that is in one.
  function from(frame, origin) {
    const opaque = frame.hasAttribute("sandbox") && !frame.sandbox.contains("allow-same-origin");
    return origin === (opaque ? "null" : new URL(frame.src, document.baseURI).origin)
      || (origin === "null" && window.origin === "null");
  }

  // What the host has put around it, where that is part of its height.
  function edges(frame) {
    const { boxSizing, paddingTop, paddingBottom } = getComputedStyle(frame);
    const border = frame.offsetHeight - frame.clientHeight;
    return boxSizing === "border-box" ? border + parseFloat(paddingTop) + parseFloat(paddingBottom) : 0;
  }

  addEventListener("message", ({ data, origin, source }) => {
    if (data?.type !== "embed-size" || !Number.isFinite(data.height) || data.height < LEAST) {
      return;
    }
    const frame = frames().find((one) => one.contentWindow === source);
    if (frame && from(frame, origin)) {
      frame.style.minHeight = 0; // the snippet's own, where a browser sizes frames by itself
      frame.style.height = `${Math.min(data.height, MOST) + edges(frame)}px`;
    }
  });
  for (const frame of frames()) {
    frame.contentWindow?.postMessage({ tally: "measure" }, "*"); // it may have spoken before anyone listened
  }
})();
