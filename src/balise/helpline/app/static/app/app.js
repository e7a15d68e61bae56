// Each page of the app: its look, the state of the chat, and the copy for when there is no network.
import { count } from "./count.js";
import { dress, offer } from "./look.js";
import { keep } from "./offline.js";
import { ask } from "./state.js";

dress();
offer();
ask();
addEventListener("appinstalled", () => count("install"));
addEventListener("click", ({ target }) => {
  const pressed = target.closest?.("[data-counts]");
  if (pressed) count(pressed.dataset.counts);
});
if (document.readyState === "complete") keep();
else addEventListener("load", keep);
