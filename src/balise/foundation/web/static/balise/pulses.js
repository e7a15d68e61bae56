// What a page of staff is told by itself, whatever it shows: it appears above the page, or in the
// place of the page that it names (`data-into`); the title of the tab counts what is unread, and
// after a first gesture a sound says so.
const title = document.title;
const says = document.querySelector("[data-pulse-says]");
let sound = null;

function begin(part) {
  const worker = new Worker(part.dataset.worker);
  let unread = null;
  const tell = () => {
    const isShown = document.visibilityState === "visible";
    const fields = {};
    const pieces = [part.querySelector("[name=shown]"), ...document.querySelectorAll("[data-pulse-field]")];
    for (const piece of pieces) {
      const name = piece?.dataset.pulseField ?? piece?.name;
      if (name && (isShown || name !== "reading")) fields[name] = piece.value;
    }
    const headers = JSON.parse(document.body.getAttribute("hx-headers"));
    worker.postMessage({ address: part.dataset.pulse, headers, fields });
  };
  worker.addEventListener("message", ({ data }) => {
    if (data.isOver) {
      dispatchEvent(new Event("visit-changed"));
      return;
    }
    if (data.typing) {
      showTyping(data.typing);
      return;
    }
    const told = document.createElement("template");
    told.innerHTML = data.html;
    for (const piece of told.content.querySelectorAll("[data-into]")) {
      piece.remove();
      put(document.getElementById(piece.dataset.into), piece);
    }
    part.replaceChildren(told.content);
    drawTyping();
    count();
    tell();
  });
  function count() {
    const shown = document.querySelector("[data-unread]")?.dataset ?? { unread: "0", says: "" };
    const number = Number(shown.unread);
    document.title = number ? `(${number}) ${title}` : title;
    if (unread !== null && number > unread) {
      says.textContent = shown.says;
      ring();
      notify();
    }
    unread = number;
  }
  addEventListener("visit-over", () => {
    worker.terminate();
    part.replaceChildren();
  });
  count();
  addEventListener("pulse", tell);
  document.addEventListener("visibilitychange", tell);
  tell();
}

// Someone writes whose words are not on the screen: said where the page has a place for it, for five
// seconds, or until what they wrote is there.
const TYPES = 5000;
const typing = new Map();
function showTyping(who) {
  const place = document.querySelector(`[data-typing="${CSS.escape(who)}"]`);
  clearTimeout(typing.get(who)?.timer);
  if (!place) return;
  typing.set(who, { seq: place.dataset.seq, timer: setTimeout(stopTyping, TYPES, who) });
  drawTyping();
}
function stopTyping(who) {
  typing.delete(who);
  drawTyping();
}
function drawTyping() {
  for (const place of document.querySelectorAll("[data-typing][data-seq]")) {
    place.hidden = typing.get(place.dataset.typing)?.seq !== place.dataset.seq;
  }
}

// What is typed in a place that is drawn anew stays, and so does the focus. While it is pressed it
// waits: a press on what is replaced before it ends is lost.
let pressed = null;
const waiting = new Map();
function put(place, piece) {
  if (!place) return;
  if (place.contains(pressed)) {
    waiting.set(place, piece);
    return;
  }
  const { activeElement: focused } = document;
  const within = place.contains(focused) ? focused : null;
  const [from, to] = within?.matches("textarea, [type=text]") ? [within.selectionStart, within.selectionEnd] : [];
  const typed = [...place.querySelectorAll("[data-stays]")].map(({ id, value }) => [id, value]);
  place.replaceChildren(...piece.childNodes);
  htmx.process(place); // a form in it is sent as the page had it: without leaving the page
  for (const [id, value] of typed) {
    const field = document.getElementById(id);
    if (field) field.value = value;
  }
  const again = within?.id && document.getElementById(within.id);
  again?.focus({ preventScroll: true });
  if (from !== undefined) again?.setSelectionRange(from, to);
}
addEventListener("pointerdown", ({ target }) => (pressed = target), true);
for (const end of ["pointerup", "pointercancel"]) {
  const release = () => {
    pressed = null;
    waiting.forEach((piece, place) => put(place, piece));
    waiting.clear();
  };
  addEventListener(end, () => setTimeout(release), true);
}

// Outside this window, once someone has asked for it: the name of the product, and nothing else.
function notify() {
  if (document.visibilityState === "visible" || globalThis.Notification?.permission !== "granted") return;
  new Notification("Balise", { tag: "balise" });
}
const offers = document.querySelectorAll("[data-notify]");
const offer = () => offers.forEach((each) => (each.hidden = globalThis.Notification?.permission !== "default"));
offers.forEach((each) => each.addEventListener("click", async () => offer(await Notification.requestPermission())));
offer();

// Two soft notes. A browser plays nothing before someone has pressed something.
function ring() {
  if (!sound) return;
  [660, 880].forEach((height, at) => {
    const starts = sound.currentTime + at * 0.15;
    const [note, volume] = [sound.createOscillator(), sound.createGain()];
    note.frequency.value = height;
    volume.gain.setValueAtTime(0.08, starts);
    volume.gain.exponentialRampToValueAtTime(0.001, starts + 0.3);
    note.connect(volume).connect(sound.destination);
    note.start(starts);
    note.stop(starts + 0.3);
  });
}
for (const gesture of ["pointerdown", "keydown"]) {
  addEventListener(gesture, () => (sound ??= new AudioContext()), { once: true });
}
document.querySelectorAll("[data-pulse]").forEach(begin);
