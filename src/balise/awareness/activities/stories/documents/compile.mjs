// Compiles ink: reads {main, files} as JSON, writes {compiled, said}. An INCLUDE reads `files` alone.
import { readFileSync } from "node:fs";

const { Compiler, CompilerOptions } = await import(process.argv[2]);
const { main, files } = JSON.parse(readFileSync(0, "utf8"));
const said = [];
const own = {
  ResolveInkFilename: (name) => name,
  LoadInkFileContents: (name) => {
    if (!Object.hasOwn(files, name)) throw new Error(`the story has no file ${name}`);
    return files[name];
  },
};
const kinds = ["author", "warning", "error"];
const hear = (message, kind) => said.push({ kind: kinds[kind] ?? "error", message });
let compiled = "";
try {
  // Every visit is counted, so that a save knows them after an edit that asks for more of them.
  const options = new CompilerOptions(main, [], true, hear, own);
  compiled = new Compiler(files[main], options).Compile()?.ToJson() ?? "";
} catch (error) {
  if (!said.some(({ kind }) => kind === "error")) said.push({ kind: "error", message: `${error.message}` });
}
process.stdout.write(JSON.stringify({ compiled, said }));
