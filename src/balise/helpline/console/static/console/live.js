// One live tab for a listener: the one that was opened last. The others say so and send nothing;
// what is typed in each stays in it.
const part = document.querySelector("[data-live]");
const me = crypto.randomUUID?.() ?? String(Math.random());
if (part && "BroadcastChannel" in window) {
  const tabs = new BroadcastChannel(`balise-console-${part.dataset.live}`);
  const beLive = () => tabs.postMessage(me);
  tabs.addEventListener("message", () => {
    part.hidden = false;
    part.querySelector("[role=alert]").textContent = part.dataset.says;
    document.querySelectorAll(".pane form").forEach((form) => (form.inert = true));
    dispatchEvent(new Event("tab-idle"));
  });
  part.querySelector("button").addEventListener("click", () => location.reload());
  addEventListener("pageshow", beLive);
}

// A danger that begins or ends while the page is open takes or gives back its places; what is being
// written stays. The rail tells: it comes with each pulse.
const people = document.getElementById("people");
function turn() {
  const current = people.querySelector("[aria-current]");
  if (!current || current.hasAttribute("data-danger") === Boolean(document.querySelector(".danger-band"))) return;
  document.body.dispatchEvent(new Event("danger-turned"));
}
if (people) new MutationObserver(turn).observe(people, { childList: true });

// Who has this person no more reads no word of them: the page says why, and shows one's own console. Whoever
// pressed a key that leads to another person is on the way there: only where that fails is the page left so.
const ON_THE_WAY = 10_000;
let pressedAt = -Infinity;
addEventListener("submit", (event) => event.defaultPrevented || (pressedAt = Date.now()));
const told = document.querySelector("[data-pulse]");
function leave() {
  if (!told.querySelector("[data-lost]")) return;
  const left = pressedAt + ON_THE_WAY - Date.now();
  if (left > 0) setTimeout(leave, left);
  else location.reload();
}
if (told) new MutationObserver(leave).observe(told, { childList: true });
