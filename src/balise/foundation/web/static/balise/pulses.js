// What a page of staff is told by itself, whatever it shows: it appears above the page, the title of
// the tab counts what is unread, and after a first gesture a sound says so.
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
      if (name && (isShown || name === "shown")) fields[name] = piece.value;
    }
    const headers = JSON.parse(document.body.getAttribute("hx-headers"));
    worker.postMessage({ address: part.dataset.pulse, headers, fields });
  };
  worker.addEventListener("message", ({ data }) => {
    if (data.isOver) {
      dispatchEvent(new Event("visit-changed"));
      return;
    }
    part.innerHTML = data.html;
    count();
    tell();
  });
  function count() {
    const shown = part.querySelector("[data-unread]")?.dataset ?? { unread: "0", says: "" };
    const number = Number(shown.unread);
    document.title = number ? `(${number}) ${title}` : title;
    if (unread !== null && number > unread) {
      says.textContent = shown.says;
      ring();
    }
    unread = number;
  }
  addEventListener("visit-over", () => {
    worker.terminate();
    part.replaceChildren();
  });
  addEventListener("pulse", tell);
  document.addEventListener("visibilitychange", tell);
  tell();
}

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
