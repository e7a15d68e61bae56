// What the browser extension filled in stands after the # of the address, which no browser sends us.
// It goes out of the address and into the form: the page's own address at the first step, the kind at
// the second. A person sends it, or changes it. Where another report is open here, it waits for its
// first page.
const ADDRESS = "report-address";
const KIND = "report-kind";

// Runs `way`; storage is shut in some private windows.
function tried(way) {
  try {
    return way();
  } catch {
    return null;
  }
}

const said = new URLSearchParams(location.hash.slice(1));
let address = tried(() => sessionStorage.getItem(ADDRESS)) ?? "";
let kind = tried(() => sessionStorage.getItem(KIND)) ?? "";
if (/^https?:\/\/\S+$/.test(said.get("address") ?? "")) {
  history.replaceState(null, "", location.pathname + location.search);
  address = said.get("address");
  kind = said.get("category") ?? "";
  tried(() => sessionStorage.setItem(ADDRESS, address));
  tried(() => sessionStorage.setItem(KIND, kind));
}

const field = document.querySelector("textarea[name=addresses]");
if (field && address) {
  const lines = field.value.split("\n").filter((each) => each.trim());
  if (!lines.includes(address)) field.value = [...lines, address].join("\n");
  tried(() => sessionStorage.removeItem(ADDRESS));
  field.focus();
}

const kinds = [...document.querySelectorAll("input[name=category]")];
const asked = kinds.find((each) => each.value === kind);
const unknown = kinds.at(-1);
if (asked && kinds.every((each) => !each.checked || each === unknown)) asked.checked = true;
if (kinds.length) tried(() => sessionStorage.removeItem(KIND));
