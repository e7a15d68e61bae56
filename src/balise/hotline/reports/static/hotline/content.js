const PLACE = "content-work";

// Ctrl+Enter (⌘ too) saves the verdict, from within its fields as well; with Shift, takes the next one.
addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  if (document.querySelector("dialog[open]")) return;
  const form = document.getElementById("verdict-form");
  const own = event.target.form ?? event.target.closest?.("form");
  if (!form || (own && own !== form)) return;
  event.preventDefault();
  if (event.repeat) return; // held down, it would save the next content as well
  document.querySelector(event.shiftKey ? '[data-save="next"]' : "[data-save]")?.click();
});

// A letter of its own says a verdict and that it is certain: both are the reader's, in one key.
addEventListener("click", ({ target }) => {
  const verdict = target.dataset?.certain;
  if (!verdict) return;
  document.getElementById(verdict).click();
  document.querySelector("#verdict-bar [name=confidence][value=sure]").click();
});

// “I looked”, in one key: it chooses how one knows.
addEventListener("click", ({ target }) => {
  const field = document.getElementById(target.dataset?.says ?? "");
  if (!field) return;
  field.value = target.value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

// While a verdict is being saved the page takes no keys and no clicks: the answer replaces what is typed, and
// “n” would take one more content. A person who types on must not act on the content that comes: after a key
// that was pressed meanwhile, none is heard until this long has passed without one.
const REST = 1000; // milliseconds
let isSaving = false;
let isLeaving = false; // for another page: Escape stops that
let pressedAt = -Infinity;

function stand(still) {
  isSaving = still;
  isLeaving &&= still;
  document.getElementById(PLACE)?.setAttribute("aria-busy", String(still));
  for (const field of document.getElementById("verdict-form")?.elements ?? []) {
    if (field.matches("textarea, input")) field.readOnly = still;
  }
}

function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (isLeaving && key === "Escape") stand(false);
  if (!isSaving && Date.now() - pressedAt >= REST) return;
  if (!isSaving && target.closest?.("input, textarea, select")) return; // gone into a field on purpose
  if (/^(Tab|Escape|Shift|Control|Alt|AltGraph|Meta|F\d+)$/.test(key)) return;
  if ((event.ctrlKey || event.metaKey || event.altKey) && key !== "Enter") return;
  pressedAt = Date.now();
  stop(event);
}, true);
for (const act of ["click", "mousedown", "submit"]) {
  addEventListener(act, (event) => {
    if (!isSaving || event.target.closest("a[href]")) return;
    if (act === "submit" || event.target.closest(`#${PLACE}`)) stop(event);
  }, true);
}
addEventListener("submit", ({ submitter, defaultPrevented }) => {
  if (defaultPrevented || !submitter?.matches("[data-save]")) return;
  isLeaving = true;
  stand(true);
});
addEventListener("pageshow", () => stand(false));
// The browser's own way to stop a page says so where this is known; elsewhere Escape does.
window.navigation?.addEventListener("navigateerror", () => isLeaving && stand(false));
addEventListener("htmx:beforeRequest", (event) => {
  const { elt } = event.detail;
  if (elt.matches("[data-save]")) {
    stand(true);
    document.querySelectorAll(".toast-error").forEach((line) => line.remove()); // of the try before
  } else if (isSaving && elt.id === "verdict-form") event.preventDefault(); // a draft of what is being saved
});
addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.requestConfig.elt.matches("[data-save]") || detail.keepIndicators) return; // a redirect goes on
  stand(false);
  // Nothing was drawn in its place: it is a draft again, and its answer says if it was saved after all.
  if (detail.failed !== false && detail.requestConfig.elt.isConnected) {
    document.getElementById("verdict-form").dispatchEvent(new Event("input", { bubbles: true }));
  }
});

// “Save, then next” puts the next content in the place of this one. The address, what leads back here, the
// focus and the top of the page follow, as on a page that is opened; Back asks for the one before again.
let drawn = location.pathname;
addEventListener("popstate", () => location.pathname === drawn || location.reload());
addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id !== PLACE || !detail.shouldSwap) return;
  // What is still on its way for this content is not drawn into the next.
  for (const each of document.querySelectorAll(`#${PLACE} .htmx-request, #rows.htmx-request`)) {
    if (each !== detail.requestConfig.elt) htmx.trigger(each, "htmx:abort");
  }
  document.activeElement.blur(); // a field of the same name is another content's
});
addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id !== PLACE) return;
  const { page } = target.dataset;
  if (page !== drawn) history.pushState(null, "", page);
  drawn = page;
  for (const each of document.querySelectorAll("[data-leads-here]")) each[each.matches("a") ? "href" : "value"] = page;
  const errors = document.querySelector("[data-summary]");
  scrollTo(0, 0);
  (errors ?? document.querySelector("#head h1")).focus({ preventScroll: true });
  errors?.scrollIntoView({ block: "center" }); // it may have the focus already, out of sight
});
