// What stays on the device: the charter of this tab, until it is erased or the day ends, and the one
// that a family keeps, if it says so. Leaving quickly drops both (web/public.py); storage may be shut.
import * as rules from "./charter.js";

const HERE = "charter-here"; // of this tab
const KEPT = "charter"; // of this device

function tried(way, otherwise = null) {
  try {
    return way();
  } catch {
    return otherwise;
  }
}

// `here` is { step, keeps, charter, said }: `said` are the fields of its form, as pairs, not yet sent.
export const hold = (here, day) => tried(() => sessionStorage.setItem(HERE, JSON.stringify({ ...here, day })));

export function held(day) {
  return tried(() => {
    const here = JSON.parse(sessionStorage.getItem(HERE));
    if (here?.day === day) return { ...here, charter: rules.read(JSON.stringify(here.charter)) };
    sessionStorage.removeItem(HERE);
    return null;
  });
}

export const kept = () => tried(() => rules.read(localStorage.getItem(KEPT) ?? ""));
// Returns whether it is kept.
export const keep = (charter) => tried(() => localStorage.setItem(KEPT, JSON.stringify(charter)) ?? true, false);
export const drop = () => tried(() => localStorage.removeItem(KEPT));
export const release = () => tried(() => sessionStorage.removeItem(HERE));
