// A copy of the vault with the centre, if wanted: `backup.js` makes and reads its pieces; here they
// are sent and fetched, under a place and a token that come from the twelve words.
import { plan, restore } from "../backup.js";
import * as keys from "../keys.js";
import { Refused } from "../refused.js";
import { readWords, recoveryKey } from "../words.js";
import { ask, remember, remembered } from "./centre.js";

const NAME = "copy"; // of what is remembered: when it was made

const bearer = (auth) => ({ headers: { Authorization: `Bearer ${auth}` } });

// Copy what is new. Refuses copy-half with the pieces that are there.
export async function backUp(session, progress = () => {}) {
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
    if (!standing) throw fault;
    throw new Refused("copy-half", { count: standing.pieces.length, total: of });
  }
  await done();
  await remember(session, { id: NAME, at: new Date().toISOString() });
}

export const lastCopy = async (session) => (await remembered(session, NAME)).at ?? "";

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
// total }`. Refuses words-*, no-copy.
export async function findCopy(typed) {
  const read = await readWords(typed);
  const recovery = await recoveryKey(read);
  const get = (path) => none(ask(`backup/${recovery.locator}${path}`, bearer(recovery.auth)));
  if (!(await get(""))) throw new Refused("no-copy");
  return async (pin) => {
    const session = await keys.create({ pin, words: read.words, typedBack: read.words.join(" ") });
    try {
      const found = await restore(session, recovery, async (n) => (await get(`/${n}`))?.blob() ?? null);
      if (found.isWhole) await remember(session, { id: NAME, at: new Date().toISOString() });
      return { session, count: found.restored, total: found.wanted };
    } catch (fault) {
      if (!["no-backup", "broken"].includes(fault.code)) throw fault;
      return { session, count: 0, total: 1 }; // without its list, nothing of it can be named
    }
  };
}
