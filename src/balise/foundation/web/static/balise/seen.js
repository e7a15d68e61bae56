// Tell the house of what was drawn on this screen, once: a picture when it has loaded, half of it is in view
// and nothing veils it; words when they are in view. What never loaded, stayed below the edge or was only a
// blur was not seen.
const isDrawn = (picture) =>
  !picture ||
  (picture.complete && picture.naturalWidth > 0 && getComputedStyle(picture).filter === "none");

for (const place of document.querySelectorAll("[data-seen]")) {
  const picture = place.querySelector("img");
  const shown = picture ?? place;
  const watch = new IntersectionObserver(
    (entries) => {
      const { isIntersecting, intersectionRatio, intersectionRect, rootBounds } = entries.at(-1);
      const fills = rootBounds && intersectionRect.height >= rootBounds.height / 2; // taller than the screen
      if (!isIntersecting || document.hidden || !isDrawn(picture)) return;
      if (intersectionRatio < 0.5 && !fills) return;
      watch.disconnect();
      place.dispatchEvent(new Event("seen"));
    },
    { threshold: [0, 0.1, 0.25, 0.5] },
  );
  const look = () => {
    watch.unobserve(shown);
    watch.observe(shown);
  };
  picture?.addEventListener("load", look);
  document.addEventListener("visibilitychange", look);
  // A veil is lifted by style, for as long as its button is held: by then the style says so.
  for (const held of ["pointerdown", "keydown"]) {
    place.addEventListener(held, () => requestAnimationFrame(look));
  }
  look();
}
