// On the page of a story: what this device keeps of it, to go on with or to erase.
const kept = document.querySelector("[data-kept]");

function name() {
  return kept.dataset.kept.replace(/^story-/, "");
}

function known() {
  try {
    return localStorage.getItem(`story-${name()}`);
  } catch {
    return null; // storage is shut in some private windows
  }
}

if (kept) {
  const address = known(); // of a page in the language that it was played in
  if (address) {
    kept.querySelector("a").href = kept.dataset.within + new URL(address, location.href).search;
    kept.hidden = false;
    kept.querySelector("button").addEventListener("click", () => {
      localStorage.removeItem(`story-${name()}`);
      kept.hidden = true;
    });
  }
}
