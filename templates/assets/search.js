// Search, asked for when a reader opens it. An index is rows of kind, address, title, heading, text and how much of that
// weighs like the title, and comes by `tally.receive`; tally/search.py makes it. Letters are compared without case, marks
// and width, digits without their separators; Latin words match from their beginning, Han characters anywhere, and every
// word must be there.
"use strict";
(() => {
  const MOST = 50;
  const dialog = document.getElementById("search");
  const field = dialog.querySelector("input");
  const status = dialog.querySelector("[role=status]");
  const groups = [...dialog.querySelectorAll(".hits")];
  const words = dialog.dataset;
  const indexes = new Map();

  // ---- comparing

  const HAN = /\p{Script=Han}/u;
  const TERM = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}]|(?<=\p{N})\.(?=\p{N}))+/gu;
  const START = "(?<!(?!\\p{Script=Han})[\\p{L}\\p{N}])";
  const PAUSES = { han: /[，、。；：？！·]/, other: /\s/ };
  const LEAST = 5; // letters that a word keeps when its ending is left out
  const ENDING = 2;
  const SEPARATOR = /[,\u00a0\u202f]/;
  const folded = new Map();

  function foldOne(character) {
    if (!folded.has(character)) {
      folded.set(character, character.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase());
    }
    return folded.get(character);
  }

  // One piece for each character, so that a match can be shown in the text as it was.
  const pieces = (text) => [...text].map((character, at, all) => (
    SEPARATOR.test(character) && /\d/.test(all[at - 1]) && /\d/.test(all[at + 1]) ? "" : foldOne(character)));
  const fold = (text) => pieces(text).join("");

  const pattern = (term) => (HAN.test(term) ? term : START + term.replaceAll(".", "\\."));

  // A match in a title weighs more than one in a heading, and that more than one in the text. Single figures, of which
  // there are many, come after all that tells something of them.
  function weigh(row, test) {
    return test.test(row.head) ? (row.heading ? 2 : 3) : Number(test.test(row.body));
  }

  function match(rows, terms) {
    const tests = terms.map((term) => new RegExp(pattern(term), "u"));
    return rows
      .map((row) => ({ row, weights: tests.map((test) => weigh(row, test)) }))
      .filter(({ weights }) => weights.every(Boolean))
      .sort((one, other) => (one.row.kind === "figure") - (other.row.kind === "figure") || sum(other.weights) - sum(one.weights))
      .map(({ row }) => row);
  }

  const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);

  // ---- showing

  // The text with each match in a <mark>; `near` cuts it to what stands around the first.
  function marked(text, all, near = false) {
    const characters = [...text];
    const parts = pieces(text);
    const origin = parts.flatMap((piece, at) => Array(piece.length).fill(at));
    const spans = [...parts.join("").matchAll(all)]
      .map((found) => [origin[found.index], origin[found.index + found[0].length - 1] + 1]);
    let [from, to] = near ? around(characters, spans.length ? spans[0][0] : 0) : [0, characters.length];
    const shown = document.createElement("span");
    shown.append(from ? "…" : "");
    for (const [start, end] of spans.filter(([start, end]) => start >= from && end <= to)) {
      const mark = document.createElement("mark");
      mark.textContent = characters.slice(start, end).join("");
      shown.append(characters.slice(from, start).join(""), mark);
      from = end;
    }
    shown.append(characters.slice(from, to).join(""), to < characters.length ? "…" : "");
    return shown;
  }

  // Where to cut a text around a match: between words, in Chinese between clauses, whose spaces stand around figures.
  function around(characters, start) {
    const han = HAN.test(characters.join(""));
    const pause = han ? PAUSES.han : PAUSES.other;
    const [before, length] = han ? [25, 70] : [60, 160];
    let from = Math.max(0, start - before);
    while (from && from < start && (!pause.test(characters[from - 1]) || /\s/.test(characters[from]))) {
      from += 1;
    }
    let to = from + length;
    while (to < characters.length && !pause.test(characters[to])) {
      to += 1;
    }
    return [from, Math.min(to, characters.length)];
  }

  function item(row, all, root) {
    const link = document.createElement("a");
    link.href = new URL(row.address, root);
    const kind = document.createElement("span");
    kind.className = "hit-kind";
    kind.lang = document.documentElement.lang;
    kind.textContent = words[row.kind];
    const title = marked(row.heading || row.title, all);
    title.className = "hit-title";
    const text = marked(row.text, all, row.kind !== "figure"); // a figure's value is never cut off
    text.className = "hit-text";
    link.append(kind, " ", title, " ", text);
    if (row.heading) {
      kind.append(` · ${row.title}`);
    }
    const entry = document.createElement("li");
    entry.append(link);
    return entry;
  }

  function show(group, rows, all) {
    const root = new URL("../../", new URL(group.dataset.script, document.baseURI)); // it stands in assets/search/
    group.hidden = !rows.length;
    group.querySelector("ol").replaceChildren(...rows.slice(0, MOST).map((row) => item(row, all, root)));
  }

  // ---- asking

  function index(group) {
    const { index: name, script } = group.dataset;
    if (!indexes.has(name)) {
      indexes.set(name, tally.load(script).then(() => tally.received.get(name).map(
        ([kind, address, title, heading, text, lead]) => ({
          kind, address, title, heading, text, head: fold(`${heading || title} ${[...text].slice(0, lead).join("")}`), body: fold(text),
        }))));
      indexes.get(name).catch(() => indexes.delete(name));
    }
    return indexes.get(name);
  }

  // A word less some letters at its end, so that “vacant” finds “vacancy”; figures and Han characters have no ending.
  const shortened = (term, by) => (/^\p{L}+$/u.test(term) && !HAN.test(term) ? term.slice(0, Math.max(LEAST, term.length - by)) : term);

  // The page's own language first, another only where that has nothing.
  async function found(terms) {
    const hits = [];
    for (const group of groups) {
      hits.push(terms.length && !total(hits) ? match(await index(group), terms) : []);
    }
    return hits;
  }

  const total = (hits) => sum(hits.map((rows) => rows.length));

  let answered = null;

  async function ask() {
    const asked = field.value.trim();
    const typed = [...new Set(fold(asked).match(TERM))];
    let terms = typed;
    let hits = await found(terms);
    for (let by = 1; by <= ENDING && !total(hits); by += 1) {
      terms = typed.map((term) => shortened(term, by));
      hits = await found(terms);
    }
    if (asked === field.value.trim() && asked !== answered) { // nothing was typed meanwhile, and it stands there not yet
      answered = asked;
      const all = new RegExp(terms.map(pattern).join("|"), "gu");
      groups.forEach((group, at) => show(group, hits[at], all));
      status.textContent = asked && said(asked, hits[0].length, total(hits));
    }
  }

  function said(query, own, count) {
    const text = !count ? words.none : !own ? words.other : count > MOST ? words.many : count === 1 ? words.one : words.count;
    return text.replace("{query}", () => query).replace("{count}", count).replace("{shown}", MOST);
  }

  const answer = () => ask().catch(() => { status.textContent = words.failed; });

  // ---- by keyboard

  const links = () => [...dialog.querySelectorAll(".hits a")];

  async function walk(event) {
    if (event.isComposing || !["ArrowDown", "ArrowUp"].includes(event.key)) { // while Chinese is typed they choose among characters
      return;
    }
    event.preventDefault();
    if (event.target === field) {
      clearTimeout(timer);
      await answer(); // what was typed last, or its hits would come later and take the reader's place
    }
    const at = links().indexOf(document.activeElement);
    const next = event.key === "ArrowDown" ? links()[at + 1] : at > 0 ? links()[at - 1] : field;
    next?.focus();
  }

  let timer = 0;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(answer, 150);
  });
  dialog.addEventListener("keydown", walk);
  dialog.addEventListener("click", ({ target }) => {
    if (target.closest("a")) {
      dialog.close(); // the place may be on this page
    }
  });
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    await answer();
    links()[0]?.focus();
  });
  index(groups[0]).catch(() => {}); // on its way while the reader types
  answer();
})();
