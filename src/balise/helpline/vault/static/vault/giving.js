/**
 * The old home of a vault gives it to the app's own origin, and to nobody else: this page is shown in a frame there.
 * It gives rows as they lie, once in this tab a code opened the vault and its owner said yes; and erases them once
 * the new home has read each back and tells the same digests.
 */
import { digest, emptied, lies, places, valueAt } from "./carrying.js";

const CHANNEL = "notes"; // of store.js
const ALLOWED = "moves"; // of this tab: until when, in milliseconds
const { app } = document.documentElement.dataset;

addEventListener("message", async ({ origin, source, data, ports: [port] }) => {
  if (origin !== app || source !== parent || !port) return;
  const database = await lies();
  try {
    const rows = database ? await places(database) : [];
    const isThere = rows.some(({ store }) => store === "keys");
    if (data.ask === "there") port.postMessage({ isThere });
    else if (!isThere) port.postMessage({ refused: "moving-none" });
    else if (!isAllowed()) port.postMessage({ refused: "moving-shut" });
    else await give(database, rows, port);
  } catch {
    port.postMessage({ refused: "moving-failed" });
  } finally {
    database?.close();
  }
});

function isAllowed() {
  try {
    return Number(sessionStorage.getItem(ALLOWED)) > Date.now();
  } catch {
    return false;
  }
}

async function give(database, rows, port) {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage("locked"); // no other tab writes meanwhile
  const said = new Said(port);
  for (const [nth, row] of rows.entries()) {
    port.postMessage({ row, value: await valueAt(database, row), part: nth / rows.length });
    await said.next();
  }
  port.postMessage({ isAll: true });
  const { digests } = await said.next();
  const now = await places(database);
  const ours = [];
  for (const row of now) ours.push(await digest(row, await valueAt(database, row)));
  if (JSON.stringify(ours) !== JSON.stringify(digests)) {
    port.postMessage({ refused: "moving-failed" });
    return;
  }
  await emptied(database);
  sessionStorage.removeItem(ALLOWED);
  channel.postMessage("cleared");
  port.postMessage({ isErased: true });
}

// What the other side says, one after the other.
class Said {
  constructor(port) {
    this.came = [];
    this.waits = null;
    port.onmessage = ({ data }) => {
      this.came.push(data);
      this.waits?.();
    };
  }

  async next() {
    if (!this.came.length) await new Promise((resolve) => (this.waits = resolve));
    this.waits = null;
    return this.came.shift();
  }
}
