// A snippet and its button: completes addresses, copies, and says so. Put in front of the scripts of the boxes that
// hold snippets, `embed-box.js` and `quoting.js`.
tally.copying = (rung) => {
  "use strict";
  const [text, button, said] = ["textarea", "button", "[role=status]"].map((part) => rung.querySelector(part));
  const { address } = text.dataset; // in a text without markup nothing else tells where it stands
  const full = (found) => new URL(found, location.href).href;
  // Where the build did not know the site's address, the snippets lead from this page; the reader's browser knows it.
  text.value = address ? text.value.replace(address, () => full(address))
    : text.value.replace(/(src|href|cite)="([^"]+)"/g, (_, key, found) => `${key}="${full(found)}"`);
  rung.querySelector(".copying").hidden = false;
  text.addEventListener("focus", () => text.select());
  button.addEventListener("click", async () => {
    said.textContent = "";
    try {
      await navigator.clipboard.writeText(text.value);
      said.textContent = button.dataset.copied;
    } catch {
      text.focus(); // selects
      said.textContent = button.dataset.failed;
    }
  });
};
// copies
