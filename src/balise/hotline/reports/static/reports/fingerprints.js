// What the extension computed stands after the # of the address, which no browser sends us: it goes out
// of the address and into the form, and a person sends it. Nothing of it is shown but how many.
const form = document.querySelector("[data-fingerprints]");
const said = new URLSearchParams(location.hash.slice(1)).get("fingerprints");

// Returns how many fingerprints a JSON list has, two of a picture with bars; 0 for anything else.
function many(text) {
  try {
    const listed = JSON.parse(text);
    return Array.isArray(listed) ? listed.reduce((sum, one) => sum + (one?.trimmed ? 2 : 1), 0) : 0;
  } catch {
    return 0;
  }
}

if (location.hash) history.replaceState(null, "", location.pathname + location.search);
const count = said ? many(said) : 0;
if (form && count) {
  form.elements.fingerprints.value = said;
  form.querySelector("[data-count]").textContent = count;
  for (const each of form.querySelectorAll("[data-brought]")) each.hidden = false;
  document.querySelector("[data-none]").hidden = true;
  form.querySelector("button").focus();
}
document.documentElement.dataset.fingerprints = "read";
