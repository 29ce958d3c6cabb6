// How a served page follows its files: what has changed in it is exchanged in place, what is wrong lies over it, and a
// figure that is pointed at tells its file and line. No built site has this; it stands at the end of a page while it is
// served, and runs before the page's own scripts, which wait for the whole page.
"use strict";
(() => {
  const AGAIN = 500; // ms until a server that has gone is asked for again
  const BOUND = ".share, .search-open, [name=theme], a[data-language], details[data-script]"; // scripts look for these once
  const SCRIPT = "script:not([type])";
  const own = document.currentScript;
  const alone = window === window.top;
  let { version } = own.dataset;
  own.remove();

  // ---- following
  //
  // Scripts alter what they find: cards open, charts come alive. So what was sent is kept beside what is shown, each
  // node leads to its twin, and what differs between two sendings, and nothing else, is altered in both.

  const shown = new WeakMap();
  const sent = document.documentElement.cloneNode(true);
  pair(sent, document.documentElement);

  function pair(node, twin) {
    shown.set(node, twin);
    let follower = twin.firstChild;
    for (const child of node.childNodes) {
      pair(child, follower);
      follower = follower.nextSibling;
    }
  }

  function replace(html) {
    const next = new DOMParser().parseFromString(html, "text/html");
    try {
      follow(sent.querySelector("head"), next.head);
      follow(sent.querySelector("body"), next.body);
      window.tally?.theme?.(tally.recall("tally-theme")); // which the head carries
    } catch {
      location.reload(); // the browser keeps the place
    }
  }

  const within = (nodes, wanted) => nodes.filter(({ nodeType }) => nodeType === Node.ELEMENT_NODE)
    .flatMap((node) => [...(node.matches(wanted) ? [node] : []), ...node.querySelectorAll(wanted)]);
  const templates = (node) => within([node], "template").map(({ innerHTML }) => innerHTML).join();
  const same = (node, next) => node.isEqualNode(next) && templates(node) === templates(next);

  // Makes what was sent equal to `next`, and what is shown with it; returns what stands among the sent then.
  function follow(node, next) {
    if (same(node, next)) {
      return node;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) {
      node.data = shown.get(node).data = next.data;
    } else if (node.matches(SCRIPT)) {
      throw new Error("a page's own script has changed");
    } else if (node.matches(".chart-frame, template, svg")) {
      exchange(node.parentNode, [node], [next], node.nextSibling);
      return next;
    } else {
      attributes(node, next);
      children(node, next);
    }
    return node;
  }

  function attributes(node, next) {
    for (const one of [node, shown.get(node)]) {
      for (const { name } of [...node.attributes].filter(({ name }) => !next.hasAttribute(name))) {
        one.removeAttribute(name);
      }
    }
    for (const { name, value } of next.attributes) {
      if (node.getAttribute(name) !== value) {
        node.setAttribute(name, value);
        shown.get(node).setAttribute(name, value);
      }
    }
  }

  // What is the same at both ends stays. Between them, nodes of one kind are followed in their order, and what stands
  // between these is exchanged.
  function children(node, next) {
    const old = [...node.childNodes];
    const fresh = [...next.childNodes];
    let after = null;
    while (old.length && fresh.length && same(old[0], fresh[0])) {
      old.shift();
      fresh.shift();
    }
    while (old.length && fresh.length && same(old.at(-1), fresh.at(-1))) {
      after = old.pop();
      fresh.pop();
    }
    let [left, right] = [old.length, fresh.length];
    for (const [at, to] of matched(old.map(kind), fresh.map(kind))) { // from the end
      exchange(node, old.slice(at + 1, left), fresh.slice(to + 1, right), after);
      after = follow(old[at], fresh[to]);
      [left, right] = [at, to];
    }
    exchange(node, old.slice(0, left), fresh.slice(0, right), after);
  }

  const kind = (node) => `${node.nodeName} ${node.id ?? ""} ${node.dataset?.chart ?? ""}`;

  // The places of the longest sequence that two lists have in common, from its end.
  function matched(old, fresh) {
    const longest = [new Array(fresh.length + 1).fill(0)];
    old.forEach((one, at) => {
      const row = [0];
      fresh.forEach((other, to) => row.push(one === other ? longest[at][to] + 1 : Math.max(longest[at][to + 1], row[to])));
      longest.push(row);
    });
    const found = [];
    for (let [at, to] = [old.length, fresh.length]; longest[at][to];) {
      if (old[at - 1] === fresh[to - 1] && longest[at][to] === longest[at - 1][to - 1] + 1) {
        found.push([--at, --to]);
      } else if (longest[at - 1][to] === longest[at][to]) {
        at -= 1;
      } else {
        to -= 1;
      }
    }
    return found;
  }

  // Puts nodes in the place of others. What was open, alive or in focus among those is so among these.
  function exchange(parent, old, fresh, after) {
    const gone = old.map((node) => shown.get(node));
    const come = fresh.map((node) => {
      const twin = document.importNode(node, true);
      pair(node, twin);
      parent.insertBefore(node, after);
      shown.get(parent).insertBefore(twin, after && shown.get(after));
      return twin;
    });
    if (within(come, `${BOUND}, ${SCRIPT}`).length) {
      throw new Error("scripts would not know what has come, or not run");
    }
    const focus = gone.some((node) => node.contains(document.activeElement)) && document.activeElement;
    const alive = new Map(within(gone, ".chart-frame").map((frame) => [frame.dataset.chart, window.tally?.leave?.(frame)]));
    [...old, ...gone].forEach((node) => node.remove());
    within(come, ".chart-frame").forEach((frame) => window.tally?.enter?.(frame, alive.get(frame.dataset.chart)));
    const opened = within(gone, "details").map(({ open }) => open);
    within(come, "details").forEach((one, at, { length }) => { one.open = length === opened.length && opened[at]; });
    if (focus) {
      (focus.id ? document.getElementById(focus.id) : within(come, `.${focus.className || "none"}`)[0])?.focus({ preventScroll: true });
    }
  }

  // ---- what lies over the page, apart from its styles

  const host = document.createElement("tally-serve");
  const shade = host.attachShadow({ mode: "open" });
  shade.innerHTML = `<link rel="stylesheet" href="/.tally/serve.css">
    <a class="badge" href="/.tally/changes" target="_blank" hidden>Changes</a>
    <section class="problems" popover="manual" role="alert" tabindex="-1"><header><h2></h2><button type="button">Look at the page</button></header><ol></ol></section>
    <output class="place" popover="manual"></output>`;
  const [sheet, badge, problems, place] = ["link", ".badge", ".problems", ".place"].map((name) => shade.querySelector(name));
  sheet.addEventListener("load", () => { badge.hidden = !alone; });
  problems.querySelector("button").addEventListener("click", () => problems.hidePopover());
  addEventListener("keydown", ({ key }) => { if (key === "Escape") { problems.hidePopover(); } });
  document.documentElement.append(host);

  function make(name, words, ...parts) {
    const made = document.createElement(name);
    made.className = words;
    made.append(...parts);
    return made;
  }

  function complain(found) {
    if (!found.length) {
      return problems.hidePopover();
    }
    problems.querySelector("h2").textContent = found.length === 1 ? "One problem; this is the last good page" : `${found.length} problems; this is the last good page`;
    problems.querySelector("ol").replaceChildren(...found.map(problem));
    problems.showPopover();
    problems.querySelectorAll(".caret b").forEach((caret) => caret.scrollIntoView({ block: "nearest", inline: "nearest" }));
    problems.scrollTop = 0;
  }

  function problem({ path, line, column, key, wrong, mend, lines }) {
    const shownLines = lines.flatMap(({ number, text }) => number !== line ? [make("span", "line", `${number}`.padStart(5), "  ", text)] : [
      make("mark", "line", `${number}`.padStart(5), "  ", text),
      make("span", "caret", make("i", "", `${number}`.padStart(5), "  ", text.slice(0, column - 1)), make("b", "", "^")),
    ]);
    return make("li", "", make("p", "where", `${path}:${line}:${column}`, key && ` ${key}`), make("p", "wrong", wrong),
      ...(mend ? [make("p", "mend", mend)] : []), ...(lines.length ? [make("pre", "", ...shownLines)] : []));
  }

  // ---- where a figure is typed

  let places = null;

  const figureAt = (target) => target.closest?.(".figure, td[id], .single[id]");

  function nameOf(figure) {
    const card = figure.querySelector("[popovertarget]")?.getAttribute("popovertarget");
    return card ? /(?:^|-)card-(.+)$/.exec(card)?.[1] : figure.hash?.slice(1) || figure.id;
  }

  async function point({ target }) {
    point.at = target;
    const figure = figureAt(target);
    const name = figure && nameOf(figure);
    places ??= name && fetch("/.tally/places.json").then((answer) => answer.json());
    const found = name && (await places)[name];
    if (point.at !== target || !target.isConnected) {
      return;
    }
    if (!found) {
      return place.hidePopover();
    }
    const [{ left, top }] = figure.getClientRects();
    place.textContent = found;
    place.showPopover();
    place.style.left = `${Math.max(0, Math.min(left, innerWidth - place.offsetWidth))}px`;
    place.style.top = `${Math.max(0, top - place.offsetHeight - 2)}px`;
  }

  addEventListener("pointerover", point);
  addEventListener("focusin", point);
  addEventListener("scroll", () => place.hidePopover(), { passive: true });

  // ---- news

  function listen() {
    const socket = new WebSocket(`ws://${location.host}/.tally/events?${new URLSearchParams({ page: location.pathname, version })}`);
    socket.addEventListener("message", ({ data }) => hear(JSON.parse(data)));
    socket.addEventListener("close", () => {
      badge.textContent = "Not connected";
      setTimeout(listen, AGAIN);
    });
  }

  function hear(news) {
    if (news.gone) {
      return location.reload();
    }
    if (news.page) {
      replace(news.page);
    }
    if (news.version !== version) {
      places = null;
    }
    version = news.version;
    badge.textContent = news.touched ? `${news.touched} ${news.touched === 1 ? "page" : "pages"} changed` : "Changes";
    if (alone) {
      complain(news.problems);
    }
  }

  listen();
})();
