// Tell the house of what was drawn on this screen, once: a picture when it has loaded and half of it is in
// view, words when they are. What never loaded, or stayed below the edge, was not seen.
const isDrawn = (place) => {
  const picture = place.querySelector("img");
  return !picture || (picture.complete && picture.naturalWidth > 0);
};

for (const place of document.querySelectorAll("[data-seen]")) {
  const picture = place.querySelector("img");
  const shown = picture ?? place;
  const watch = new IntersectionObserver(
    (entries) => {
      const { isIntersecting, intersectionRatio, intersectionRect, rootBounds } = entries.at(-1);
      const fills = rootBounds && intersectionRect.height >= rootBounds.height / 2; // taller than the screen
      if (!isIntersecting || document.hidden || !isDrawn(place)) return;
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
  look();
}
