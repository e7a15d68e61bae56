// What the page makes of what Python gives, as hexadecimal: for the tests of both sides.
import { readFileSync } from "node:fs";
import { bytesOf, from } from "./library.mjs";

const { openBlob, sealBlob } = await from("cipher.js");
const { forMore } = await from("header.js");
const { identityToRecipient } = await from("age.js");
const given = JSON.parse(readFileSync(0));
const blob = (digits) => new Blob([Buffer.from(digits, "hex")]);
const digits = async (made) => Buffer.from(await bytesOf(made)).toString("hex");
const made = {};
if (given.more) {
  const { header, body } = await forMore(blob(given.sealed), given.identity, [given.more]);
  Object.assign(made, { header: Buffer.from(header).toString("hex"), body: await digits(body) });
} else {
  made.opened = await digits(await openBlob(blob(given.sealed), given.identity));
  made.sealed = await digits(await sealBlob(blob(given.content), [await identityToRecipient(given.identity)]));
}
process.stdout.write(JSON.stringify(made));
