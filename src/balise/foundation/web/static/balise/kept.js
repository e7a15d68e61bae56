// What a form saves as it is typed (`data-kept`) is lost with neither its network, nor a lock, nor its page.
const KEPT = "form[data-kept]";
const typed = new Set(); // since it was sent
const onTheirWay = new Set();
const waiting = new Set(); // sent, and did not arrive
const formOf = (elt) => [elt.form ?? elt].find((form) => form.matches?.(KEPT));

function note({ target }) {
  const form = formOf(target);
  if (form) typed.add(form);
}
addEventListener("input", note);
addEventListener("change", note, true); // before it is sent

// What was typed before this page had all come was noted by nobody.
function isTouched(field) {
  if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
  if (field.matches("select")) return field.selectedIndex > 0 && !field.selectedOptions[0].defaultSelected;
  return field.matches("input, textarea") && field.value !== field.defaultValue;
}
addEventListener("load", () => {
  for (const form of document.querySelectorAll(KEPT)) {
    if ([...form.elements].some(isTouched)) htmx.trigger(form, "keep");
  }
});

addEventListener("htmx:beforeSend", ({ detail: { elt } }) => {
  const form = formOf(elt);
  typed.delete(form);
  if (form === elt) onTheirWay.add(form);
});

// What did not arrive is sent again once something else does.
function sendAgain() {
  for (const form of waiting) {
    if (form.isConnected) htmx.trigger(form, "keep");
    else waiting.delete(form);
  }
}
addEventListener("htmx:afterRequest", ({ detail }) => {
  const { elt } = detail.requestConfig;
  const isLost = [0, 401, 502, 503, 504].includes(detail.xhr.status);
  onTheirWay.delete(elt);
  if (elt.matches(KEPT)) waiting[isLost ? "add" : "delete"](elt);
  if (isLost) return;
  sendAgain();
  if (waiting.size) return;
  const { unsent } = document.body.dataset;
  for (const line of document.querySelectorAll("[data-toasts] > *")) if (line.textContent.startsWith(unsent)) line.remove();
});
addEventListener("online", sendAgain);
addEventListener("visit-back", sendAgain);

// Who leaves the page leaves none of it behind: it is sent before the next page is asked for, which may be
// this one. What a button sent is not sent again.
addEventListener("submit", ({ target, defaultPrevented }) => {
  if (!defaultPrevented) for (const forms of [typed, onTheirWay, waiting]) forms.delete(target);
});
addEventListener("beforeunload", () => {
  for (const form of new Set([...typed, ...onTheirWay, ...waiting])) {
    if (!form.isConnected) continue;
    const headers = { "HX-Request": "true" };
    const sent = { method: "POST", body: new FormData(form), headers, redirect: "manual", keepalive: true };
    fetch(form.getAttribute("hx-post"), sent).catch(() => {});
  }
});
