// What the extension computed, and the page it computed it on, stand after the # of the address, which no
// browser sends us. The page's address goes into the form; the fingerprints stay after the # of where the
// form goes, and of the page that it leads to.
const form = document.querySelector("[data-page]");
const said = new URLSearchParams(location.hash.slice(1));
const address = said.get("address") ?? "";
said.delete("address");
if (location.hash) history.replaceState(null, "", location.pathname + location.search);
if (said.has("fingerprints")) form.action = `${location.pathname}#${said}`;
document.documentElement.dataset.fingerprints = "read";
if (/^https?:\/\//.test(address)) {
  form.elements.address.value = address;
  form.requestSubmit();
}
