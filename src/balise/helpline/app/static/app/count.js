// Count a use of the app, where the young person said yes: one word, and a button's platform. No
// cookie goes with it, and without a yes nothing is sent. The words are those of rules/uses.py.
const SAID = "counts"; // "yes" or "no", then what counts once a device and was counted
const ONCE = ["install", "first-open"];

function said() {
  try {
    return (localStorage.getItem(SAID) ?? "").split(" ").filter(Boolean);
  } catch {
    return []; // storage is shut in some private windows: nothing is counted
  }
}

function keep(words) {
  try {
    localStorage.setItem(SAID, words.join(" "));
    return true;
  } catch {
    return false;
  }
}

// True or false as was said; null while nobody was asked.
export function allowed() {
  const [first] = said();
  return first ? first === "yes" : null;
}

// Returns whether the choice is kept. A first yes counts this device.
export function allow(yes) {
  const [, ...counted] = said();
  const kept = keep([yes ? "yes" : "no", ...counted]);
  if (kept && yes) count("first-open");
  return kept;
}

// `platform` is for a button alone. Returns whether something was sent.
export function count(kind, platform = "") {
  if (!allowed()) return false;
  if (ONCE.includes(kind)) {
    if (said().includes(kind) || !keep([...said(), kind])) return false;
  }
  const body = new URLSearchParams(platform ? { kind, platform } : { kind });
  // Unlike a beacon, it goes without cookies; the header asks for a short answer.
  const how = { method: "POST", body, keepalive: true, credentials: "omit", headers: { "X-Autosave": "1" } };
  fetch("/app/count/", { ...how, referrerPolicy: "no-referrer" }).catch(() => {});
  return true;
}
