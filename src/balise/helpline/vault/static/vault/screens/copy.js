// A copy of the vault with the centre, if wanted: `backup.js` makes and reads its pieces; here they
// are sent and fetched, under a place and a token that come from the twelve words.
import { plan, restore } from "../backup.js";
import * as keys from "../keys.js";
import { Refused } from "../refused.js";
import { readWords, recoveryKey } from "../words.js";
import { ask, remember, remembered } from "./centre.js";

const NAME = "copy"; // of what is remembered: `at`, when it was made; `isHalfBack`, while it comes back

const bearer = (auth) => ({ headers: { Authorization: `Bearer ${auth}` } });

// Copy what is new. Refuses copy-half with the pieces that are there, and half-back: it would take the place
// of what has not come back yet.
export async function backUp(session, progress = () => {}) {
  if (await isHalfBack(session)) throw new Refused("half-back");
  const { locator, auth } = session;
  const { of, pieces, done } = await plan(session);
  let standing = null;
  try {
    for (const [nth, { n, blob }] of pieces.entries()) {
      const options = { method: "PUT", body: await blob(), ...bearer(auth) };
      standing = await (await ask(`backup/${locator}/${n}?of=${of}`, options)).json();
      progress((nth + 1) / pieces.length);
    }
  } catch (fault) {
    if (!standing || fault.code?.startsWith("budget-spent")) throw fault;
    throw new Refused("copy-half", { count: standing.pieces.length, total: of });
  }
  await done();
  await remember(session, { id: NAME, at: new Date().toISOString() });
}

export const lastCopy = async (session) => (await remembered(session, NAME)).at ?? "";
export const isHalfBack = async (session) => Boolean((await remembered(session, NAME)).isHalfBack);

export async function dropCopy(session) {
  await none(ask(`backup/${session.locator}`, { method: "DELETE", ...bearer(session.auth) }));
  await remember(session, { id: NAME, at: "" });
}

async function none(asked) {
  try {
    return await asked;
  } catch (fault) {
    if (fault.code === "not-here") return null;
    throw fault;
  }
}

// Find the copy of twelve words. Return what takes it back under a new code, as `{ session, count,
// total }`; where a try before was cut off, it goes on from there. Refuses words-*, no-copy.
export async function findCopy(typed) {
  const read = await readWords(typed);
  const recovery = await recoveryKey(read);
  const get = (path) => none(ask(`backup/${recovery.locator}${path}`, bearer(recovery.auth)));
  if (!(await get(""))) throw new Refused("no-copy");
  return async (pin, onProgress) => {
    const session = (await keys.state()).exists
      ? await keys.unlockByWords(typed, pin)
      : await keys.create({ pin, words: read.words, typedBack: read.words.join(" ") });
    await remember(session, { id: NAME, at: "", isHalfBack: true });
    let found = { restored: 0, wanted: 1 }; // without its list, nothing of it can be named
    try {
      found = await restore(session, recovery, async (n) => (await get(`/${n}`))?.blob() ?? null, { onProgress });
    } catch (fault) {
      if (!["no-backup", "broken"].includes(fault.code)) throw fault;
    }
    await remember(session, { id: NAME, at: found.isWhole ? new Date().toISOString() : "" });
    const { restored: count, wanted: total, missing = [], older = [], at = "" } = found;
    return { session, count, total, missing, older, at };
  };
}

// Bring back what has not come yet of the copy of an open vault. Return as above, or `{ session }` where all of
// it had come, or the copy is gone.
export async function theRest(session, typed, pin, onProgress) {
  if (!(await isHalfBack(session))) return { session };
  try {
    return await (await findCopy(typed))(pin, onProgress);
  } catch (fault) {
    if (fault.code !== "no-copy") throw fault;
    await remember(session, { id: NAME, at: "" });
    return { session };
  }
}
