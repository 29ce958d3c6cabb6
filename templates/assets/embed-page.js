// What an embedded chart says to the page around it: how tall it is, whenever that changes or the page asks, in each
// dialect that hosts understand. A message holds a height and nothing else, so that it may go to any host; what comes
// in is heard only from the page around, and moves it to nothing but saying its height again.
(() => {
  "use strict";
  if (parent === window) {
    return;
  }
  const WORDPRESS = 1000; // px, the most that it gives a frame
  const NARROWEST = 120; // px; a frame that is not laid out yet has less, and what stands in it is as high as a tower
  const root = document.documentElement;
  let said; // at which width the page has last said which height
  const pym = /^[\w.:-]{1,99}$/.exec(new URLSearchParams(location.search).get("childId"))?.[0];
  const secret = () => /^#\?secret=([A-Za-z0-9]{1,99})$/.exec(location.hash)?.[1];
  const say = (message) => parent.postMessage(message, "*");
  const tall = () => Math.ceil(root.getBoundingClientRect().height);
  const size = () => `${root.clientWidth} × ${tall()}`;
  const again = () => size() !== said && announce();

  function announce() {
    if (root.clientWidth < NARROWEST || !tall()) {
      return; // a browser may run this script before it lays anything out
    }
    if (secret()) {
      shorten();
      say({ message: "height", value: tall(), secret: secret() });
    }
    say({ sentinel: "amp", type: "embed-size", height: tall() }); // AMP's, which embed.js understands too
    if (pym) {
      say(`pymxPYMx${pym}xPYMxheightxPYMx${tall()}`);
    }
    try {
      window.requestResize?.();
    } catch {
      // the frame is no iframe, or the browser wants another permission; the messages are there all the same
    }
    said = size();
  }

  // Where the page would be cut off, the picture is made smaller, or the table scrolls.
  function shorten() {
    root.classList.add("short");
    const picture = document.querySelector(".chart-picture");
    const [table] = document.querySelectorAll("details[open]"); // or what has changed since
    document.querySelectorAll("details").forEach(({ style }) => { style.maxHeight = ""; });
    if (!picture) {
      return; // the chart was withdrawn
    }
    picture.style.maxWidth = "";
    const excess = tall() - WORDPRESS;
    const { width, height } = picture.getBoundingClientRect();
    if (excess > 0 && table) {
      table.style.maxHeight = `${table.clientHeight - excess}px`;
    } else if (excess > 0) {
      picture.style.maxWidth = `${Math.floor(width * (1 - excess / height))}px`;
    }
  }

  addEventListener("message", ({ data, source }) => {
    const asks = data?.tally === "measure" || (data?.message === "ready" && data.secret === secret())
      || (pym && String(data).startsWith(`pymxPYMx${pym}xPYMxwidth`));
    if (source === parent && asks) {
      announce();
    }
  });
  addEventListener("hashchange", announce); // WordPress may hand its secret over late
  new ResizeObserver(announce).observe(root);

  // In WordPress's sandbox links lead nowhere; its page follows those to this site when told so.
  addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && secret() && !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      say({ message: "link", value: link.href, secret: secret() });
    }
  });
  // Off screen a frame is not drawn: the observer is silent until it is, and the width and all heights may come after
  // this script.
  announce();
  for (const wait of [100, 300, 1000, 3000, 9000]) {
    setTimeout(again, wait);
  }
})();
