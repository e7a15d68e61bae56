// What makes a code dear to try: `scripts/vault` bundles it into static/vault/argon2.js, for the worker alone.
export { argon2id } from "@noble/hashes/argon2.js";
