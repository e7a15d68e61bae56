// A plan as words: its version, then each step under its title, so that anything that opens it reads it.
//
//   # older
//   ## signs: Je sais que ça monte quand…
//   Je ne dors plus.
const HEAD = /^## ([a-z]+): /;

export function written(version, steps) {
  const parts = steps.map(({ code, title, text }) => {
    const lines = text.trim().split("\n").map((line) => line.replace(/^#+\s*/, ""));
    return [`## ${code}: ${title}`, ...lines].join("\n");
  });
  return [`# ${version}`, ...parts].join("\n");
}

// Return {version, steps: {code: text}}; a version of "" is that of no plan.
export function read(words) {
  const [first, ...lines] = words.split("\n");
  const steps = {};
  let code = "";
  for (const line of lines) {
    const head = HEAD.exec(line);
    if (head) steps[(code = head[1])] = "";
    else if (code) steps[code] = steps[code] ? `${steps[code]}\n${line}` : line;
  }
  return { version: /^# ([a-z]+)$/.exec(first)?.[1] ?? "", steps };
}
