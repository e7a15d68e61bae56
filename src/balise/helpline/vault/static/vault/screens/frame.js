// What another origin of ours is asked: in a frame that nobody sees, by a port that goes to that origin alone.
import { Refused } from "../refused.js";

const PATIENCE = 15_000;

// `hears` returns what was asked for once that came, else null. Refuses `late` where nothing is answered.
export function asked(address, ask, hears, late = "offline") {
  const frame = Object.assign(document.createElement("iframe"), { hidden: true, src: address });
  const { port1, port2 } = new MessageChannel();
  let timer = 0;
  return new Promise((resolve, refuse) => {
    const waits = () => {
      clearTimeout(timer);
      timer = setTimeout(() => refuse(new Refused(late)), PATIENCE);
    };
    port1.onmessage = async ({ data }) => {
      try {
        clearTimeout(timer);
        if (data.refused) throw new Refused(data.refused);
        const found = await hears(data, port1);
        if (found) resolve(found);
        else waits();
      } catch (fault) {
        refuse(fault);
      }
    };
    const { origin } = new URL(address, location.href);
    frame.addEventListener("load", () => frame.contentWindow.postMessage({ ask }, origin, [port2]), { once: true });
    waits();
    document.body.append(frame);
  }).finally(() => {
    clearTimeout(timer);
    port1.close();
    frame.remove();
  });
}
