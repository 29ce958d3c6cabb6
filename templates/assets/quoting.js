// What it takes to quote: copies what a box holds, and makes such a box below a figure or a claim. It is asked for when
// a reader opens one; sentences and checksums come with it, in a script of their own.
(() => {
  "use strict";
  const LETTERS = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
  const filled = (pattern, given) => pattern.replace(/\{([a-z]+)\}/g, (_, slot) => given[slot]);
  const escaped = (text) => text.replace(/[&<>]/g, (letter) => LETTERS[letter]);

  function quotation(link, template) {
    const quotes = tally.received.get(`quotes/${template.dataset.language}`);
    const kind = link.closest(".claim") ? "claim" : "figure";
    const id = link.hash ? decodeURIComponent(link.hash.slice(1)) : link.closest("[id]").id;
    const [sentence, citation, checksum, at] = quotes[kind][id];
    // the script's own place is what its addresses lead from
    const page = new URL(quotes.pages[at], new URL(template.dataset.quotes, location.href));
    const given = { sentence, checksum, citation: quotes.citations[citation], address: `${page}?quote=${checksum}#${id}` };
    const safe = Object.fromEntries(Object.entries(given).map(([slot, text]) => [slot, escaped(text)]));
    return { text: filled(quotes.text, given), html: filled(quotes.html, safe), checksum };
  }

  function box(link, template) {
    const made = template.content.querySelector(".quotation").cloneNode(true);
    const found = quotation(link, template);
    for (const rung of made.querySelectorAll(".rung")) {
      rung.querySelector("textarea").value = found[rung.dataset.kind];
      tally.copying(rung);
    }
    made.querySelector("code").textContent = found.checksum;
    return made;
  }

  // In a table the box is a row, in a list of figures a part of the entry.
  function around(made, place) {
    const holder = Object.assign(document.createElement(place.matches("tr") ? "td" : "dd"), { className: "single-quoted", colSpan: 99 });
    holder.append(made);
    if (place.matches("tr")) {
      const row = Object.assign(document.createElement("tr"), { className: "remark" });
      row.append(holder);
      return row;
    }
    return holder;
  }

  const opened = new Map();

  // A second press closes it.
  tally.quote = (link, template) => {
    if (opened.has(link)) {
      opened.get(link).remove();
      opened.delete(link);
      return;
    }
    const made = box(link, template);
    const place = link.closest("tr, dd, p");
    opened.set(link, place.matches("p") ? made : around(made, place));
    place.after(opened.get(link));
    made.querySelector("textarea").focus({ preventScroll: true });
    made.scrollIntoView({ block: "nearest" });
  };

  document.querySelectorAll("details.quoted .rung").forEach(tally.copying);
})();
