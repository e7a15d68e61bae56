/**
 * Whether this browser gives the pixels that pictures have:
 *
 *   if (!(await isExact())) …   // say so, and offer another browser: hashes made here would match nothing
 */
import { ask } from "./asking.js";

let found = null;

/** Return whether the known drawing has its pixels and its hash here; false too where none can be made. */
export function isExact() {
  found ??= ask("exact").then((answer) => answer === true);
  return found;
}
