// The vectors that the authors of age published (C2SP CCTV), those of X25519. Run alone, it prints
// them for Python.
import { inflateSync } from "node:zlib";
import * as cctv from "cctv-age";

export const published = Object.entries(cctv).flatMap(([name, file]) => {
  const all = Buffer.from(file);
  const end = all.indexOf("\n\n");
  const said = Object.fromEntries(all.subarray(0, end).toString().split("\n").map((line) => line.split(/: (.*)/s)));
  const sealed = said.compressed === "zlib" ? inflateSync(all.subarray(end + 2)) : all.subarray(end + 2);
  // The vault has neither passphrases, armour nor hybrid keys.
  const isOurs = !said.passphrase && !said.armored && said.identity?.startsWith("AGE-SECRET-KEY-1");
  return isOurs ? [{ name, ...said, sealed }] : [];
});

if (process.argv[1] === new URL(import.meta.url).pathname) {
  process.stdout.write(JSON.stringify(published.map((each) => ({ ...each, sealed: each.sealed.toString("hex") }))));
}
