// The box with the snippets: lets them be copied, and shows the embed at three widths. It is asked for when a reader
// opens the box; until then the page knows nothing of it.
(() => {
  "use strict";
  const WIDTHS = [320, 480, 720];
  const box = document.querySelector(".embed-box");

  function preview(place) {
    for (const width of WIDTHS) {
      const label = place.dataset.label.replace("{}", width);
      const figure = document.createElement("figure");
      const caption = document.createElement("figcaption");
      const frame = document.createElement("iframe");
      caption.textContent = label;
      Object.assign(frame, { src: place.dataset.frame, title: `${place.dataset.title} (${label})`, width, loading: "lazy" });
      frame.dataset.tally = "";
      figure.append(caption, frame);
      place.append(figure);
    }
    place.hidden = false;
    const script = document.createElement("script");
    script.src = place.dataset.script; // what the script snippet brings along: the frames take their heights
    document.head.append(script);
  }

  box.querySelectorAll(".rung").forEach(tally.copying);
  preview(box.querySelector(".preview-widths"));
})();
