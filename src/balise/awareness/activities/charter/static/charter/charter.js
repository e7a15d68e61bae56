// A family's charter, on the family's own device: the same changes as rules/charter.py, on what a
// file says. A test plays both and compares what they tell.
export const VERSION = 1;
const TRIAL = 14;
const LATER = 30;
const MOST_PICKS = 60;
const MOST_OWN = 5;
const LONGEST_TITLE = 60;
const LONGEST_WORDS = 140;
const USUAL = { by: "parents", whom: "children", rank: 0, standing: "kept", until: null, home: 0, says: "", why: "", tries: "" };
const ALLOWED = {
  by: ["parents", "child"],
  whom: ["children", "parents", "both"],
  standing: ["proposed", "kept", "trial", "vetoed"],
};
const CODE = /^[a-z0-9][a-z0-9-]{0,59}$/;
const NO_LINE = /[\p{Cc}\u2028-\u202e\u2066-\u2069]+/gu;

export const begin = () => ({
  balise: "charter",
  version: VERSION,
  bands: [],
  aims: [],
  homes: 1,
  title: "",
  made: null,
  isCounted: false,
  counted: [],
  picks: [],
});

export const line = (words, longest) =>
  Array.from(words.replace(NO_LINE, " ").trim().split(/\s+/u).join(" ")).slice(0, longest).join("").trim();
export const full = (pick) => ({ ...USUAL, ...pick });
export const isOwn = (code) => code.startsWith("own-");
const isAgreed = (pick) => ["kept", "trial"].includes(full(pick).standing);
const short = (pick) => Object.fromEntries(Object.entries(pick).filter(([name, said]) => said !== USUAL[name]));
const with_ = (charter, code, changes) => ({
  ...charter,
  picks: charter.picks.map((pick) => (pick.code === code ? short({ ...full(pick), ...changes }) : pick)),
});
const without = (charter, code) => ({ ...charter, picks: charter.picks.filter((pick) => pick.code !== code) });
const ordered = (charter) =>
  charter.picks.toSorted((one, other) => (one.rank || MOST_PICKS + 1) - (other.rank || MOST_PICKS + 1));

export const find = (charter, code) => charter.picks.find((pick) => pick.code === code);
export const agreed = (charter) => ordered(charter).filter(isAgreed);
export const ranked = (charter) => ordered(charter).filter((pick) => full(pick).standing !== "vetoed");
export const refused = (charter) => charter.picks.filter((pick) => full(pick).standing === "vetoed");
export const open = (charter) => charter.picks.filter((pick) => full(pick).standing !== "kept");
export const band = (charter) => (charter.bands.length === 1 ? charter.bands[0] : "several");

// In one home no rule holds in the first or the second.
export const profiled = (charter, profile) => ({
  ...charter,
  ...profile,
  picks: profile.homes === 1 ? charter.picks.map((pick) => short({ ...full(pick), home: 0 })) : charter.picks,
});

export function choosing(charter, { children, parents, homes = null }) {
  const whom = new Map(children.map((code) => [code, "children"]));
  for (const code of parents) whom.set(code, whom.has(code) ? "both" : "parents");
  let picks = charter.picks
    .filter((pick) => whom.has(pick.code) || full(pick).by === "child")
    .map((pick) => short({ ...full(pick), whom: whom.get(pick.code) ?? full(pick).whom }));
  const known = new Set(picks.map((pick) => pick.code));
  for (const [code, who] of whom) if (!known.has(code)) picks.push(short({ code, ...USUAL, whom: who }));
  if (homes) picks = picks.map((pick) => short({ ...full(pick), home: homes[pick.code] ?? 0 }));
  return { ...charter, picks: picks.slice(0, MOST_PICKS) };
}

export function moved(charter, code, up) {
  const order = ranked(charter).map((pick) => pick.code);
  const at = order.indexOf(code);
  if (at < 0) return charter;
  order.splice(at, 1);
  order.splice(up ? Math.max(at - 1, 0) : Math.min(at + 1, order.length), 0, code);
  const picks = charter.picks.map((pick) => short({ ...full(pick), rank: order.indexOf(pick.code) + 1 }));
  return { ...charter, picks };
}

export function vetoed(charter, code) {
  const pick = find(charter, code);
  if (!pick) return charter;
  if (full(pick).by === "child") return without(charter, code);
  return with_(charter, code, { standing: "vetoed", until: null, rank: 0 });
}

export function restored(charter, code) {
  const pick = find(charter, code);
  return pick && full(pick).standing === "vetoed" ? with_(charter, code, { standing: "kept", why: "" }) : charter;
}

export const reasoned = (charter, reasons) =>
  refused(charter)
    .filter((pick) => pick.code in reasons)
    .reduce((now, { code }) => with_(now, code, { why: line(reasons[code], LONGEST_WORDS) }), charter);

const proposal = { by: "child", whom: "both", standing: "proposed" };

export function proposing(charter, code) {
  if (find(charter, code) || charter.picks.length >= MOST_PICKS) return charter;
  return { ...charter, picks: [...charter.picks, { code, ...proposal }] };
}

export function saying(charter, words) {
  const says = line(words, LONGEST_WORDS);
  const codes = Array.from({ length: MOST_OWN }, (_each, at) => `own-${at + 1}`);
  const code = codes.find((each) => !find(charter, each));
  if (!says || !code || charter.picks.some((pick) => pick.says === says)) return charter;
  return { ...charter, picks: [...charter.picks, { code, ...proposal, says }] };
}

export function deciding(charter, said, { tries, today }) {
  const picks = charter.picks
    .filter(({ code }) => said[code] !== "drop")
    .map((pick) => {
      const now = full(pick);
      if (said[pick.code] === "keep") return short({ ...now, standing: "kept", until: null, why: "", tries: "" });
      if (said[pick.code] !== "try") return pick;
      const until = now.until && now.until > today ? now.until : later(today, TRIAL);
      return short({ ...now, standing: "trial", until, tries: line(tries[pick.code] ?? "", LONGEST_WORDS) });
    });
  return { ...charter, picks };
}

export function askedAgain(charter, kept) {
  const picks = charter.picks.map((pick) =>
    full(pick).standing === "kept" && !kept.includes(pick.code) ? { ...pick, standing: "proposed" } : pick,
  );
  return { ...charter, picks };
}

// The beginning of another child's charter: homes, aims and what the parents commit to.
export function forAnotherChild({ homes, aims, picks }) {
  const committed = picks.filter((pick) => isAgreed(pick) && full(pick).whom !== "children" && !isOwn(pick.code));
  const kept = committed.map(({ code, home }) => short({ code, ...USUAL, whom: "parents", home: home ?? 0 }));
  return { ...begin(), homes, aims, picks: kept };
}

export const titled = (charter, title) => ({ ...charter, title: line(title, LONGEST_TITLE) });
export const finished = (charter, today) => ({ ...charter, made: charter.made ?? today });
export const isLater = (charter, today) => charter.made !== null && today >= later(charter.made, LATER);
export const onceCounted = (charter, what) => ({ ...charter, counted: [...new Set([...charter.counted, what])] });
export const withoutWords = (charter) => ({
  ...charter,
  title: "",
  picks: charter.picks.map((pick) => short({ ...full(pick), says: "", why: "", tries: "" })),
});

// What the server draws a paper of: codes, numbers and days; `line` stands for their own words.
export const bare = (charter, line) => {
  const told = withoutWords(charter);
  return { ...told, picks: told.picks.map((pick) => (isOwn(pick.code) ? { ...pick, says: line } : pick)) };
};

// What the server draws a calendar of: the rules on trial with their last days.
export function days(charter) {
  const told = withoutWords(charter);
  return { ...told, bands: [], aims: [], picks: told.picks.filter((pick) => pick.until) };
}

// Days are texts, as 2026-12-11: they compare as they are.
export function later(day, days) {
  const moment = new Date(`${day}T12:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + days);
  return moment.toISOString().slice(0, 10);
}

// What a file says, checked: throws { refusal } of "none", "newer", "cut" or "damaged".
export function read(text) {
  let told;
  try {
    told = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    throw { refusal: /^\s*\{\s*"balise"\s*:\s*"charter"/.test(text) ? "cut" : "none" };
  }
  if (told?.balise !== "charter") throw { refusal: "none" };
  if (Number.isInteger(told.version) && told.version > VERSION) throw { refusal: "newer" };
  try {
    return checked(told);
  } catch {
    throw { refusal: "damaged" };
  }
}

function checked(told) {
  const must = (is) => {
    if (!is) throw new TypeError("said by no charter");
  };
  const isText = (said) => typeof said === "string";
  const isDay = (said) => isText(said) && /^\d{4}-\d\d-\d\d$/.test(said) && later(said, 0) === said;
  const codes = (said) => {
    must(Array.isArray(said) && said.length <= MOST_PICKS && said.every((each) => CODE.test(each) && isText(each)));
    return [...new Set(said)];
  };
  must(told.version === VERSION && [1, 2].includes(told.homes) && isText(told.title));
  must(told.made === null || isDay(told.made));
  must(Array.isArray(told.picks) && told.picks.length <= MOST_PICKS);
  const picks = told.picks.map((row) => {
    const pick = full(row);
    must(isText(row.code) && CODE.test(row.code));
    for (const [name, words] of Object.entries(ALLOWED)) must(words.includes(pick[name]));
    must(Number.isInteger(pick.rank) && pick.rank >= 0 && pick.rank <= MOST_PICKS && [0, 1, 2].includes(pick.home));
    must((pick.standing === "trial") === Boolean(pick.until) && (!pick.until || isDay(pick.until)));
    must([pick.says, pick.why, pick.tries].every(isText));
    const words = ["says", "why", "tries"].map((name) => [name, line(pick[name], LONGEST_WORDS)]);
    const named = ["code", ...Object.keys(USUAL)].map((name) => [name, name === "code" ? row.code : pick[name]]);
    return short(Object.fromEntries([...named, ...words]));
  });
  must(new Set(picks.map((pick) => pick.code)).size === picks.length);
  const { homes, made } = told;
  const title = line(told.title, LONGEST_TITLE);
  const lists = { bands: codes(told.bands), aims: codes(told.aims), counted: codes(told.counted) };
  return { ...begin(), homes, made, title, ...lists, isCounted: told.isCounted === true, picks };
}
