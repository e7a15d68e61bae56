// The page's templates, copied: every word stays in the page, so that it is said in its language.
import { app } from "./app.js";

const words = document.querySelector("template[data-says]").content;
const { lang } = document.documentElement;
const language = { en: "en-GB" }[lang] ?? lang;

// Return a message with its values put in: `say("kept-on", { when })`.
export function say(name, values = {}) {
  const text = words.querySelector(`[data-say="${name}"]`).textContent.trim();
  return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

// Return a copy of a screen: an element whose `dataset.heading` is what the page is then called.
export function screen(name) {
  const made = document.createElement("div");
  const { content, dataset } = document.querySelector(`template[data-screen="${name}"]`);
  made.className = "vault-stack";
  Object.assign(made.dataset, { drawn: name, heading: dataset.heading ?? "" });
  made.append(content.cloneNode(true));
  return made;
}

// Return a copy of a part that a screen has several of.
export function part(name) {
  const { content } = document.querySelector(`template[data-part="${name}"]`);
  return content.firstElementChild.cloneNode(true);
}

export const slot = (within, name) => within.querySelector(`[data-slot="${name}"]`);

export function fill(within, name, text) {
  const place = slot(within, name);
  place.textContent = text;
  place.hidden = false;
  return place;
}

// Do something when a button is pressed or a form is sent; one at a time, however often it is pressed.
export function doing(within, name, act) {
  for (const each of within.querySelectorAll(`[data-do="${name}"]`)) {
    const kind = each.tagName === "FORM" ? "submit" : "click";
    const button = kind === "submit" ? each.querySelector("[type=submit]") : each;
    each.addEventListener(kind, async (event) => {
      event.preventDefault();
      if (button.ariaBusy === "true") return;
      button.ariaBusy = "true";
      try {
        await app.working(act(event));
      } finally {
        button.ariaBusy = "false";
      }
    });
  }
}

// Say what went wrong in its place, each on a line, and lead to it.
export function wrong(within, ...texts) {
  const place = slot(within, "error");
  place.replaceChildren(...texts.flatMap((text, nth) => (nth ? [document.createElement("br"), text] : [text])));
  place.hidden = false;
  place.scrollIntoView({ block: "nearest" });
}

export function right(within) {
  const place = slot(within, "error");
  if (place) place.hidden = true;
}

// For ears, and for what the screen that follows has no place for.
export function tell(text) {
  document.getElementById("vault-says").textContent = text;
}

const dates = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });
const days = new Intl.DateTimeFormat(language, { dateStyle: "long" });

export const moment = (at) => dates.format(new Date(at));
export const day = (at) => days.format(new Date(at));
export const megabytes = (bytes) =>
  say("size", {
    count: new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(
      Math.max(1, Math.round(bytes / 1_000_000)),
    ),
  });
