// Each page of the app: its look, the state of the chat, and the copy for when there is no network.
import { ask } from "./state.js";
import { dress, offer } from "./look.js";
import { keep } from "./offline.js";

dress();
offer();
ask();
if (document.readyState === "complete") keep();
else addEventListener("load", keep);
