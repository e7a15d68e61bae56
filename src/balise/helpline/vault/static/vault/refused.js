/**
 * A refusal of the vault. `code` chooses the words of the page, `details` fill their gaps.
 *
 * keys:   no-vault, vault-exists, pin-short, pin-simple {why: repeat, run, date or keys}, pin-taken,
 *         pin-wrong {left}, words-only,
 *         weakened (less than 19 MiB, two passes or another algorithm, whatever is stored or said),
 *         other-words (right words, of another vault)
 * words:  words-count {count}, words-unknown {at: [places from 1]}, words-checksum
 * files:  empty, kind-unknown, program
 * sealed: broken (changed, truncated, reordered, or sealed to another key; of an item’s file: {head}), stopped,
 *         put-back {head} (the row of an item is not the one that was left), shares-back (what is kept of shares)
 * centre: not-pinned (no signed release is kept), signature-wrong, case-key-changed, answer-waits, offline
 * store:  storage-full {needed, left}, version-blocked, unknown-item
 * backup: no-backup, backup-full
 */
export class Refused extends Error {
  constructor(code, details = {}) {
    super(code);
    this.name = "Refused";
    this.code = code;
    this.details = details;
  }
}
