// `<html data-ready>`: every script of the page listens, and what a script begins with has come. Who drives a
// page by a program waits for it; the pages themselves do not read it. What htmx puts into a page later
// changes nothing in it: it brings no script.
const begun = [];

/** The page is not ready before this promise is kept. */
export const begins = (work) => begun.push(work);

addEventListener("DOMContentLoaded", async () => {
  const apart = document.querySelector("script[type=module][async]"); // the quick exit, which waits for nothing
  if (apart) begins(import(apart.src).catch(() => {}));
  await Promise.all(begun);
  document.documentElement.dataset.ready = "";
});
