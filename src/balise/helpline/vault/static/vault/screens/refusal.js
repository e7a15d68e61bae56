// A refusal in words: of the library (`refused.js`), of the centre (its problems), of the network.
import { Refused } from "../refused.js";
import { megabytes, say } from "./draw.js";

const SAID = {
  empty: "empty-file",
  program: "program",
  "kind-unknown": "not-media",
  "pin-short": "pin-short",
  "pin-taken": "pin-taken",
  "words-count": "words-count",
  "words-checksum": "words-order",
  "other-words": "words-wrong",
  "no-vault": "no-copy",
  "vault-exists": "vault-exists",
  "no-copy": "no-copy",
  "backup-full": "backup-full",
  broken: "changed",
  weakened: "weakened",
  "invitation-unknown": "code-unknown",
  "code-elsewhere": "code-elsewhere",
  "invitation-over": "code-over",
  "answer-waits": "answer-waits",
  "vault-not-committed": "code-over",
  "vault-not-asked": "not-asked",
  "receipt-mistyped": "code-unknown",
  "case-key-changed": "case-key-changed",
  "signature-wrong": "signature-wrong",
  "not-pinned": "not-pinned",
  "shares-back": "bound-shares",
  "vault-too-large": "too-large-to-send",
  "file-too-large": "too-large-to-send",
  "stamps-off": "stamp-off",
  "stamp-wrong": "stamp-wrong",
  "stamp-waits": "stamp-waits",
  offline: "offline",
  "half-back": "half-back",
  "budget-spent-near": "spent-near",
  "budget-spent-in-all": "spent-in-all",
  "budget-spent-disk": "spent-in-all",
};

// Return the words for a fault; one that nobody foresaw is told to the browser's console as well.
export function refusal(fault, otherwise = "server-refuses") {
  if (!(fault instanceof Refused)) {
    console.error(fault);
    return say(otherwise);
  }
  const { code, details } = fault;
  if (code === "storage-full") {
    const sizes = { size: megabytes(details.needed), left: megabytes(details.left) };
    return Number.isFinite(details.left) ? say("too-big", sizes) : say("no-room");
  }
  if (code === "words-unknown") return say("words-unknown", { number: details.at[0] });
  if (details.head) {
    const name = details.head.name || say(`name-${details.head.kind}`);
    return say(code === "put-back" ? "back-named" : "changed-named", { name });
  }
  if (code === "pin-simple") return say(`pin-${details.why}`);
  return say(SAID[code] ?? otherwise, details);
}
