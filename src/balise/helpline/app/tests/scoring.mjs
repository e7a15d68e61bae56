// Score what stdin holds with the script of the page, whose address is the first argument.
import { text } from "node:stream/consumers";

const { result } = await import(process.argv[2]);
const asked = JSON.parse(await text(process.stdin));
console.log(JSON.stringify(asked.map(({ rules, answers, imbalance }) => result(rules, answers, imbalance))));
