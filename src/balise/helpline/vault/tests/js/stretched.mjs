// What a code is made of here, for Python to make the same: the code is the first word.
import { from } from "./library.mjs";

const { byMemory, newCost } = await from("stretch.js");
const cost = newCost();
const hex = (bytes) => Buffer.from(bytes).toString("hex");
const stretched = hex(byMemory(cost, process.argv[2]));
process.stdout.write(JSON.stringify({ cost, salt: hex(cost.salt), stretched }));
