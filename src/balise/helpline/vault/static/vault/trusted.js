/**
 * The one Trusted Types policy of a page: `balise` can be made once, so each module that starts a
 * worker asks here. Only a script of this origin gets an address.
 */
const SHARED = Symbol.for("balise.policy");

/** Return what `new Worker` and `serviceWorker.register` take for an address of this origin. */
export function scriptAddress(address) {
  const { href, origin } = new URL(address, location.href);
  if (origin !== location.origin) throw new TypeError("a script of another origin");
  globalThis[SHARED] ??= globalThis.trustedTypes?.createPolicy("balise", { createScriptURL: (url) => url });
  return globalThis[SHARED]?.createScriptURL(href) ?? href;
}
