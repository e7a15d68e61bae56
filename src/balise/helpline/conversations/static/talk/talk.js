// A conversation that loses nothing. What is sent stays in an outbox until the house has it; what is
// received has a place, is shown once and in order. The page works without this script.
import { outbox } from "./outbox.js";

const room = document.querySelector("[data-talk]");
const MOST_BYTES = 2048;
const SEEN_EVERY = 15000;
const SLOWEST = 15000;
const NEWS = ["picture", "vault"]; // kinds of events about what other modules show beside the log

// A listener's drafts are of their tab.
function tab(box) {
  const kept = { out: [], draft: "" };
  try {
    const keep = (value) => sessionStorage.setItem(box, JSON.stringify(value));
    return { kept: JSON.parse(sessionStorage.getItem(box)) ?? kept, keep };
  } catch {
    return { kept, keep() {} }; // a private window: the page itself still has it
  }
}

async function begin() {
  const { key, me, stream, whose: spoke, say, writes, seen, talk: side } = room.dataset;
  const log = room.querySelector("[data-log]");
  const line = room.querySelector("[data-line]");
  const words = room.querySelector("[data-words]").dataset;
  const form = room.querySelector("[data-form]");
  const field = form?.querySelector("textarea");
  const csrf = (form ?? room).querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  const box = `talk-${key}`;
  const store = side === "young" ? await outbox(box) : tab(box);
  const { kept } = store;
  let place = Number(room.dataset.place);
  let source = null;
  let failures = 0;
  let again = 0;
  let sending = false;
  let seenAt = 0;
  let typedAt = 0;
  let opening = false;
  let names = {};
  let isLost = false; // another listener has it now
  let isIdle = false; // another tab of the same listener is the live one

  const keep = () => store.keep(kept);
  function post(address, fields = {}, more = {}) {
    const body = new URLSearchParams({ csrfmiddlewaretoken: csrf, ...fields });
    return fetch(address, { method: "POST", body, headers: { "X-Talk": "1" }, ...more });
  }
  function tell(text) {
    if (isLost) return; // what it says last stays
    if (line.textContent !== text) line.textContent = text;
  }
  const wait = () => Math.min(SLOWEST, 500 * 2 ** Math.min(failures, 5)) * (0.75 + Math.random() / 2);

  // --- What is shown ---
  function entry(text, who, mine) {
    const item = document.createElement("li");
    item.className = "message";
    if (mine) item.dataset.author = "reporter";
    const name = document.createElement("p");
    name.className = "who";
    name.textContent = who;
    const said = document.createElement("p");
    said.className = "words";
    const own = document.createElement("bdi");
    own.textContent = text;
    own.style.whiteSpace = "pre-wrap";
    said.append(own);
    item.append(name, said);
    return item;
  }
  // Words of danger in what a young person says, marked for the listener, with the rule.
  function danger(item, { pieces, rule }) {
    const own = item.querySelector("bdi");
    const part = ([text, told]) => (told ? Object.assign(document.createElement("mark"), { textContent: text }) : text);
    own.replaceChildren(...pieces.map(part));
    const note = Object.assign(document.createElement("span"), {
      className: "hint",
      textContent: words.list.replace("{rule}", rule),
    });
    note.dataset.told = "";
    own.after(" ", note);
  }
  function mark(item, text) {
    let note = item.querySelector(".delivery");
    if (!note) item.append((note = Object.assign(document.createElement("p"), { className: "delivery" })));
    note.textContent = text;
  }
  // What one can do with a message, once it has its place.
  const menu = room.querySelector("[data-menu]");
  function placed(item, seq) {
    item.dataset.seq = seq;
    if (!menu || item.querySelector(".message-menu")) return;
    const own = menu.content.cloneNode(true);
    for (const form of own.querySelectorAll("form")) {
      form.setAttribute("action", form.getAttribute("action").replace("/0/", `/${seq}/`));
    }
    item.append(own);
  }
  const ofClient = (id) => log.querySelector(`[data-client="${id}"]`);
  const ofPlace = (seq) => log.querySelector(`[data-seq="${seq}"]`);
  function end() {
    log.lastElementChild?.scrollIntoView({ block: "nearest" });
  }
  function waiting({ client_id, text }) {
    if (ofClient(client_id)) return;
    const item = entry(text, words.you, true);
    item.dataset.client = client_id;
    mark(item, words.waits);
    log.append(item);
    end();
  }
  // A name on the listeners' side alone: the young person reads sides.
  function whose(event) {
    if (side !== "staff" && event.code === "other") return words.another;
    if (side !== "staff" || event.side === "young") return words.other;
    return names[event.author] ?? words.house;
  }
  function told(event) {
    if (event.kind === "state") return words[event.code];
    if (event.kind === "left") return words[`left_${event.code}`] ?? words.left;
    if (NEWS.includes(event.kind)) return words[`${event.kind}_${event.code}`] ?? words[event.kind];
    const name = side === "staff" && names[event.author];
    if (name && event.kind === "went_out") return words.gone.replace("{name}", name);
    return name ? words.came.replace("{name}", name) : words[event.kind];
  }
  function hear(event) {
    if (event.seq <= place) return;
    place = event.seq;
    const reading = room.querySelector("[data-reading]");
    if (reading) {
      reading.value = `${key}:${place}`;
      dispatchEvent(new Event("pulse"));
    }
    if (event.kind === "redacted") {
      const of = ofPlace(event.about);
      const said = of?.querySelector("bdi");
      if (said) said.textContent = words.removed;
      of?.querySelector("[data-told]")?.remove();
      return;
    }
    if (event.kind === "message" || event.kind === "note") {
      const mine = side === "staff" ? event.author === me : event.side === side;
      // One's own, sent from here, stands there already.
      if (ofPlace(event.seq)) return;
      const sent = mine && kept.out.find((one) => one.text === event.text);
      const own = sent && ofClient(sent.client_id);
      const item = own || entry(event.text || words.removed, mine ? words.you : whose(event), mine);
      if (event.pieces) danger(item, event);
      if (event.text) placed(item, event.seq);
      else item.dataset.seq = event.seq;
      if (own) mark(item, words.sent);
      log.insertBefore(item, own ? null : log.querySelector("[data-client]:not([data-seq])"));
      if (!mine) tell("");
    } else {
      const text = told(event);
      const hall = document.querySelector("[data-waiting]");
      const came = event.kind === "joined" || event.kind === "transferred";
      if (hall && (came || event.kind === "left")) hall.hidden = came;
      if (hall && (came || event.kind === "left")) turn();
      if (event.code === "ended" && form) over();
      if (NEWS.includes(event.kind)) dispatchEvent(new Event(event.kind)); // what is drawn of it is drawn again
      if (!text) return;
      const item = Object.assign(document.createElement("li"), { className: "hint", textContent: text });
      item.dataset.seq = event.seq;
      log.append(item);
    }
    end();
  }

  // What was written and can no longer be sent stays to be read and copied.
  function over() {
    form.hidden = !field.value;
    field.readOnly = true;
  }
  // It went on to another listener: what was typed, and what had not left, is theirs to copy.
  function lose(says) {
    if (isLost) return;
    tell(says);
    isLost = true;
    line.classList.add("lost");
    source?.close();
    kept.out.forEach(({ client_id: id }) => ofClient(id)?.remove());
    if (form) {
      field.value = [...kept.out.map(({ text }) => text), field.value].filter(Boolean).join("\n");
      Object.assign(kept, { out: [], draft: field.value });
      keep();
      over();
      form.querySelector("[type=submit]").hidden = true;
    }
    document.querySelectorAll("[data-end]").forEach((each) => each.remove());
  }

  // --- What is sent ---
  async function empty() {
    if (sending || isIdle) return;
    sending = true;
    let sent = false;
    while (kept.out.length) {
      const first = kept.out[0];
      try {
        const answer = await post(say, { text: first.text, client_id: first.client_id }, { signal: AbortSignal.timeout?.(20000) });
        if (answer.ok && !answer.redirected) {
          const { seq } = await answer.json();
          sent = true;
          const item = ofClient(first.client_id);
          if (item) {
            if (ofPlace(seq) && ofPlace(seq) !== item) item.remove();
            else placed(item, seq);
            mark(item, words.sent);
          }
        } else if ([404, 409, 422].includes(answer.status)) {
          // It will not be taken: give it back to whoever wrote it.
          const { says } = await answer.json();
          if (answer.status === 409 && side === "staff") {
            lose(says);
            break;
          }
          ofClient(first.client_id)?.remove();
          field.value = [first.text, field.value].filter(Boolean).join("\n");
          if (answer.status === 409 && side === "young") over();
          tell(says ?? words.ended);
        } else {
          throw new Error(`${answer.status}`);
        }
        kept.out.shift();
        keep();
        failures = 0;
      } catch {
        failures += 1;
        tell(line.dataset.off);
        setTimeout(empty, wait());
        break;
      }
    }
    sending = false;
    // What was said may have moved one to the front.
    if (sent && document.querySelector("[data-waiting]")) {
      seenAt = 0;
      beSeen();
    }
  }
  function submit(event) {
    if (event.submitter?.hasAttribute("formaction")) {
      kept.draft = ""; // it goes along
      keep();
      return;
    }
    event.preventDefault();
    if (field.readOnly || isIdle) return;
    const text = field.value.replaceAll("\r\n", "\n").trim();
    if (!text) return;
    if (bytes(text) > MOST_BYTES) {
      const [fits, whole] = fitting(text);
      tell(words.long.replace("{fits}", fits).replace("{whole}", whole));
      return;
    }
    const one = { text, client_id: crypto.randomUUID?.() ?? fallback(), at: Date.now() };
    kept.out.push(one);
    kept.draft = field.value = "";
    typedAt = 0; // who begins to write again at once is seen to
    keep();
    waiting(one);
    empty();
    field.focus();
  }
  const bytes = (text) => new TextEncoder().encode(text).length;
  // As people count: a family is one character.
  function fitting(text) {
    const whole = Intl.Segmenter ? Array.from(new Intl.Segmenter().segment(text), (part) => part.segment) : [...text];
    let left = MOST_BYTES;
    const fits = whole.findIndex((character) => (left -= bytes(character)) < 0);
    return [fits, whole.length];
  }
  function fallback() {
    const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0"));
    return hex.join("");
  }

  // --- What comes: a stream; where streams do not pass, a long poll ---
  async function address() {
    const asked = new URLSearchParams({ after: place });
    if (spoke) {
      const answer = await post(spoke);
      if (answer.status === 409) lose((await answer.json()).says);
      if (answer.redirected) shut(); // to sign in, or to unlock
      if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
      names = (await answer.json()).names;
      asked.set("conversation", key);
    }
    return `${stream}?${asked}`;
  }
  async function open() {
    clearTimeout(again);
    if (opening || isLost || isIdle) return;
    opening = true;
    source?.close();
    try {
      const where = await address();
      if (!("EventSource" in window) || failures > 3) await poll(where);
      else listen(where);
    } catch {
      later();
    }
    opening = false;
  }
  // The session is over or locked, or has another key: the cover of the page asks which.
  function shut() {
    dispatchEvent(new Event("visit-changed"));
  }
  function later() {
    if (isLost) return;
    failures += 1;
    if (failures > 1 || !navigator.onLine) tell(line.dataset.off);
    clearTimeout(again);
    again = setTimeout(open, wait());
  }
  function well() {
    failures = 0;
    if (line.textContent === line.dataset.off) tell("");
  }
  function listen(where) {
    source = new EventSource(where);
    const mine = source;
    mine.addEventListener("open", () => {
      well();
      empty();
    });
    mine.addEventListener("said", ({ data }) => hear(JSON.parse(data)));
    mine.addEventListener("still", beSeen);
    mine.addEventListener("turn", turn);
    mine.addEventListener("again", () => source === mine && open());
    mine.addEventListener("shut", () => {
      mine.close();
      if (source !== mine) return;
      shut();
      later();
    });
    mine.addEventListener(`typing-${side === "young" ? "staff" : "young"}`, showTyping);
    mine.addEventListener("error", () => {
      if (source !== mine) return;
      mine.close();
      later();
    });
  }
  async function poll(where) {
    const answer = await fetch(`${where}&poll=1`);
    if (!answer.ok) throw new Error(`${answer.status}`);
    const text = await answer.text();
    for (const found of text.matchAll(/^event: said\ndata: (.*)$/gm)) hear(JSON.parse(found[1]));
    if (text.includes("event: shut\n")) shut();
    well();
    beSeen();
    failures = 4; // streams did not pass: go on polling
    again = setTimeout(open, 300);
  }
  let typing = 0;
  function showTyping() {
    tell(`${words.other} ${line.dataset.typing}`);
    clearTimeout(typing);
    typing = setTimeout(() => tell(""), 5000);
  }

  // --- Being there ---
  async function beSeen() {
    if (!seen || Date.now() - seenAt < SEEN_EVERY - 3000) return;
    seenAt = Date.now();
    try {
      const answer = await post(seen);
      if (!answer.ok) return;
      const {
        heading,
        words: standing,
        has_removal: hasRemoval,
        questions_url: questions,
        first,
        closed,
        cut,
      } = await answer.json();
      // What is said already is not said again: a screen reader would read it each time.
      const say = (at, text) => at && text && at.textContent.trim() !== text && (at.textContent = text);
      say(document.querySelector("h1"), heading);
      say(document.querySelector("[data-standing]"), standing);
      const numbers = document.querySelector("[data-first]");
      if (numbers) numbers.hidden = !first;
      const line = document.querySelector("[data-cut]");
      if (line) line.hidden = !cut;
      // It has closed, or opened again: the page says what one can do now. Never under someone's hands.
      const hall = document.querySelector("[data-waiting]");
      const differs = hall && closed !== undefined && closed !== "closed" in hall.dataset;
      if (differs && document.activeElement !== field) location.reload();
      const removal = room.querySelector("[data-removal]");
      if (removal) removal.hidden = !hasRemoval;
      const asked = room.querySelector("[data-questions]");
      if (asked && questions) {
        asked.querySelector("a").href = questions;
        asked.hidden = false;
      }
    } catch {
      // the stream says it soon enough
    }
  }
  // One's turn may have come nearer, or gone further: ask at once where one stands.
  function turn() {
    seenAt = 0;
    beSeen();
  }
  function back() {
    if (document.visibilityState !== "visible") return;
    seenAt = 0;
    beSeen();
    empty();
    open();
  }

  if (form) {
    form.hidden = false;
    form.addEventListener("submit", submit);
    if (!field.value) field.value = kept.draft;
    field.addEventListener("input", () => {
      kept.draft = field.value;
      keep();
      if (Date.now() - typedAt > 3000) {
        typedAt = Date.now();
        post(writes).catch(() => {});
      }
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || side !== "staff") return;
      submit(event);
    });
  }
  log.scrollTop = log.scrollHeight; // where its height is bounded, the last words show
  kept.out.forEach(waiting);
  addEventListener("online", back);
  addEventListener("visit-back", back);
  addEventListener("visit-over", () => lose(""));
  addEventListener("tab-idle", () => {
    isIdle = true;
    source?.close();
    clearTimeout(again);
  });
  addEventListener("offline", () => tell(line.dataset.off));
  addEventListener("pageshow", (event) => event.persisted && back());
  document.addEventListener("visibilitychange", back);
  setInterval(beSeen, SEEN_EVERY);
  beSeen();
  empty();
  if (room.dataset.state !== "ended") open();
}

if (room) begin();
