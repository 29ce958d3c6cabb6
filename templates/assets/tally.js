// What pages do beyond reading: open a card over the words it answers for, keep the place when the language changes,
// bring what is asked for. Charts are `chart.js`'s, which is put in front of this file.
(() => {
  "use strict";
  const { load } = tally;

  // ---- what the reader chooses: languages, light or dark

  function remember(key, choice) {
    try {
      localStorage.setItem(key, choice);
    } catch {
      // storage may be switched off; the choice holds for this page
    }
  }

  function languages() {
    const links = [...document.querySelectorAll("a[data-language]")];
    const follow = () => links.forEach((link) => { link.hash = location.hash; });
    addEventListener("hashchange", follow);
    follow();
    for (const link of links) {
      link.addEventListener("click", () => {
        follow();
        remember("tally-language", link.dataset.language);
      });
    }
  }

  // The colours themselves are put on in the page's head, before it is painted.
  function appearance() {
    const choices = [...document.querySelectorAll("[name=theme]")];
    for (const choice of choices) {
      choice.addEventListener("change", () => {
        tally.theme(choice.value);
        remember("tally-theme", choice.value);
      });
    }
    addEventListener("pageshow", ({ persisted }) => { // a page that is come back to may be older than the choice
      if (persisted) {
        tally.theme(tally.recall("tally-theme"));
      }
      const chosen = document.documentElement.dataset.theme;
      choices.forEach((choice) => { choice.checked = choice.value === chosen; });
    });
  }

  // On paper a page says where it stands: what the build does not know, the browser does.
  function printing() {
    const address = document.querySelector(".address");
    addEventListener("beforeprint", () => {
      if (address && !address.textContent && location.protocol !== "file:") {
        address.textContent = location.href;
      }
    });
  }

  // ---- search, sharing, quoting

  function searching() {
    const button = document.querySelector(".search-open");
    const dialog = document.getElementById("search");
    button.addEventListener("click", async () => {
      dialog.showModal();
      try {
        await load(button.dataset.script);
      } catch {
        dialog.querySelector("[role=status]").textContent = dialog.dataset.failed;
      }
    });
    dialog.querySelector(".search-close").addEventListener("click", () => dialog.close());
  }

  function sharing() {
    for (const button of document.querySelectorAll(".share")) {
      const say = (text) => { button.nextElementSibling.textContent = text; };
      button.addEventListener("click", async () => {
        const url = location.href;
        try {
          if (navigator.share) {
            await navigator.share({ title: document.title, url });
          } else {
            await navigator.clipboard.writeText(url);
            say(button.dataset.copied);
          }
        } catch (error) {
          if (error.name !== "AbortError") { // the reader thought better of it
            say(`${button.dataset.failed} ${url}`);
          }
        }
      });
    }
  }

  // Figures and claims of the page offer to be quoted, and where a script is there, so do cards and the cell of a table
  // that the address names. What it takes is asked for at the first press.
  function quoting() {
    const main = document.querySelector("main");
    const templateFor = (place) => (place.closest(".card")?.parentElement ?? main).querySelector(":scope > template.quoting");
    const offer = (place, address) => {
      if (place && !place.querySelector(".quote")) {
        const link = templateFor(place).content.querySelector(".quote").cloneNode(true);
        link.href = address;
        place.append(link);
      }
    };
    addEventListener("toggle", ({ target, newState }) => {
      const links = newState === "open" && target.matches(".card") && target.querySelector(".card-links");
      if (links) {
        offer(links, links.firstElementChild.href);
      }
    }, true);
    const named = () => offer(document.getElementById(location.hash.slice(1))?.closest(".record td"), location.href);
    addEventListener("hashchange", named);
    named();
    addEventListener("click", async (event) => {
      const link = event.target.closest(".quote");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) {
        return;
      }
      event.preventDefault();
      const template = templateFor(link);
      try {
        await Promise.all([load(template.dataset.script), load(template.dataset.quotes)]);
        tally.quote(link, template);
      } catch {
        if (link.href) {
          location.assign(link.href);
        }
      }
    });
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

  for (const part of [languages, appearance, printing, searching, sharing, quoting, phrases, hovering]) {
    try {
      part();
    } catch (error) {
      console.warn(error);
    }
  }
})();
