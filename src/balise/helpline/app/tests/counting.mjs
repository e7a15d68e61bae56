// Drives static/app/count.js with a memory and a network of its own, and prints what was sent.
const steps = JSON.parse(process.argv[3]);
const memory = new Map();
const sent = [];
let isShut = false;
const opened = (act) => (...said) => {
  if (isShut) throw new Error("storage is shut");
  return act(...said);
};
globalThis.localStorage = {
  getItem: opened((name) => memory.get(name) ?? null),
  setItem: opened((name, words) => memory.set(name, words)),
};
globalThis.fetch = (address, how) => {
  sent.push({ address, body: String(how.body), credentials: how.credentials, method: how.method });
  return Promise.reject(new Error("offline"));
};
const uses = await import(process.argv[2]);
const told = steps.map(([what, ...said]) => {
  if (what === "shut") return (isShut = true);
  return uses[what](...said);
});
process.stdout.write(JSON.stringify({ sent, told, kept: Object.fromEntries(memory) }));
