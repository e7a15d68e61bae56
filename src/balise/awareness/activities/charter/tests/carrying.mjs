// Reads short texts with the script; a test compares what it finds with what Python wrote.
import { readFileSync } from "node:fs";

const { read } = await import(process.argv[2]);
const { texts, known } = JSON.parse(readFileSync(0, "utf8"));
const found = texts.map((text) => {
  try {
    return read(text, known);
  } catch (fault) {
    return { refusal: fault.refusal, meant: fault.meant };
  }
});
process.stdout.write(JSON.stringify(found));
