// Declarations that wait on this phone, each under the key that makes it one however often it is
// sent. They lie where a page writes at once: leaving quickly a moment later loses none. Leaving
// drops what has a name in keeping.py; this has none, on purpose.
const PLACE = "workshops";
const OURS = "workshop-structure";

export const newKey = () => {
  if (crypto.randomUUID) return crypto.randomUUID();
  const part = crypto.getRandomValues(new Uint8Array(16));
  part[6] = (part[6] & 0x0f) | 0x40;
  part[8] = (part[8] & 0x3f) | 0x80;
  const hex = Array.from(part, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};

export function all() {
  try {
    return JSON.parse(localStorage.getItem(PLACE)) ?? [];
  } catch {
    return [];
  }
}

// Return whether it is kept: storage may be full, or shut in a private window.
function write(some) {
  try {
    if (some.length) localStorage.setItem(PLACE, JSON.stringify(some));
    else localStorage.removeItem(PLACE);
    return true;
  } catch {
    return false;
  }
}

export const keep = (one) => write([...all().filter((each) => each.key !== one.key), one]);
export const drop = (key) => write(all().filter((each) => each.key !== key));

export function structure(said) {
  try {
    if (said) localStorage.setItem(OURS, JSON.stringify(said));
    return JSON.parse(localStorage.getItem(OURS));
  } catch {
    return null;
  }
}

// Send one. Returns "sent" with what the server says, "refused" with why, or "waiting": the network
// is not there, the house is busy, someone has just left. Then it is sent again later.
export async function send(one, address) {
  try {
    const { token } = await (await fetch(address, { redirect: "error" })).json();
    const answer = await fetch(address, {
      method: "POST",
      body: new URLSearchParams(one.fields),
      headers: { "X-CSRFToken": token, "X-Autosave": "1" },
      redirect: "error",
    });
    if (answer.status === 200) return { state: "sent", ...(await answer.json()) };
    if (answer.status === 422) return { state: "refused", ...(await answer.json()) };
  } catch {
    // no network, or no answer of ours
  }
  return { state: "waiting" };
}
