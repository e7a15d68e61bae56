// Plays the ways of a story with inkjs: what each comes to, and how long the engine took for it.
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";

const [Story, { begin, load }] = [(await import(process.argv[2])).Story, await import(process.argv[3])];
const { compiled, slug, hash, seed, ways } = JSON.parse(readFileSync(0, "utf8"));
const began = performance.now();
const story = load(Story, compiled, { slug, hash });
const { engine } = story;
const kept = new Map();
const arrivals = [];
let played = 0;
let play = null;
for (const [at, index, to] of ways) {
  const since = at < 0 ? null : kept.get(at);
  if (since) {
    engine.state.LoadJson(since.state);
    Object.assign(play, since.own);
  }
  const before = performance.now();
  if (since) play.choose(index);
  else play = begin(story, { seed });
  played += performance.now() - before;
  const { scene, marks, since: choices, before: way } = play;
  if (!kept.has(to)) kept.set(to, { state: engine.state.ToJson(), own: { scene, marks, since: choices, before: way } });
  arrivals.push({ scene, variables: play.variables, save: play.saved(), since: choices });
}
const seconds = (performance.now() - began) / 1000;
process.stdout.write(JSON.stringify({ arrivals, seconds, played: played / 1000 }));
