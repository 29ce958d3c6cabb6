// The first page offers the languages; whoever has chosen one before is taken there at once.
"use strict";
(() => {
  const KEY = "tally-language";

  function remembered() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage may be switched off: then the choice is offered each time
    }
  }

  function remember(language) {
    try {
      localStorage.setItem(KEY, language);
    } catch {
      // nothing is lost but the memory of it
    }
  }

  const links = [...document.querySelectorAll("a[data-language]")];
  for (const link of links) {
    link.addEventListener("click", () => remember(link.dataset.language));
  }
  const chosen = links.find((link) => link.dataset.language === remembered());
  if (chosen) {
    location.replace(chosen.href);
  }
})();
