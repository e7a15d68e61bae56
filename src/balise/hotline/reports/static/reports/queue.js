// The list of the queue: asked again every 4 s, never under the hand; its place is kept from one
// page of content to the next.
const EVERY = 4_000;
const PLACE = "balise-queue-place";
const list = () => document.querySelector("[data-list]");
const pane = list()?.closest(".q-scroll");

function isInHand() {
  return list().matches(":hover, :active") || list().querySelector(":checked, [aria-expanded=true]")
    || document.querySelector("dialog[open]") || document.visibilityState !== "visible";
}

setInterval(() => list() && !isInHand() && list().dispatchEvent(new Event("look")), EVERY);

const show = () => list().querySelector("[aria-current]")?.closest("li")?.scrollIntoView({ block: "nearest" });

if (pane) {
  pane.scrollTop = Number(sessionStorage.getItem(PLACE));
  show();
  // Where another content was put in place, its list follows.
  addEventListener("htmx:afterSettle", ({ target }) => {
    if (target.id === "content-work") list().dispatchEvent(new Event("look"));
    if (target === list()) show();
  });
  addEventListener("pagehide", () => sessionStorage.setItem(PLACE, String(pane.scrollTop)));
}
