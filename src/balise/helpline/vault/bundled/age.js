// What of age-encryption the vault's page is served: `scripts/vault` bundles it into static/vault/age.js.
// Its header reader and its X25519 recipient are not in its index, so they are taken by path from
// the one version that is locked: nothing of the format is written a second time by us.
export { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
export { encodeHeader, encodeHeaderNoMAC, parseHeader } from "../../../../../node_modules/age-encryption/dist/format.js";
export { X25519Identity, X25519Recipient } from "../../../../../node_modules/age-encryption/dist/recipients.js";
export { chacha20poly1305 } from "@noble/ciphers/chacha.js";
export { x25519 } from "@noble/curves/ed25519.js";
export { hkdf } from "@noble/hashes/hkdf.js";
export { hmac } from "@noble/hashes/hmac.js";
export { sha256 } from "@noble/hashes/sha2.js";
export { bech32 } from "@scure/base";
