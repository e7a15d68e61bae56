// For analysts: the fingerprint of one picture of the open page, as the screen shows it. The page is
// asked where its pictures are, and nothing of it is fetched, kept or shown again: a map of boxes stands
// for it. Only hashes and the address go on, to a page of the centre that a person signed in to.
import { carried, cropped, fitting, listed } from "./boxes.js";
import { pixelsAreKept } from "./known.js";
import { hex } from "./pdq.js";
import { hashShown, hashTrimmed } from "./reading.js";

const said = (name, ...given) => chrome.i18n.getMessage(name, given);

function made(tag, words = "", properties = {}) {
  return Object.assign(document.createElement(tag), { textContent: words, ...properties });
}

// Runs in the page, by itself: it changes nothing there.
function places() {
  const found = [...document.querySelectorAll("img, video, canvas, svg image")].map((each) => {
    const { left, top, width, height } = each.getBoundingClientRect();
    const own = [each.naturalWidth ?? each.videoWidth ?? 0, each.naturalHeight ?? each.videoHeight ?? 0];
    return { left, top, width, height, own, fit: getComputedStyle(each).objectFit };
  });
  return { found, width: innerWidth, height: innerHeight };
}

const written = ({ pdq, quality, turns }) => ({ pdq: hex(pdq), quality, turns: turns.map(hex) });

// Shows the way to a fingerprint in the pop-up of a tab; `address` is that of its page.
export function offer(place, tab, address, staff) {
  const begin = made("button", said("fingerprint"), { type: "button", id: "fingerprint" });
  place.append(made("p", said("fingerprint_says")), begin);
  begin.addEventListener("click", async () => {
    begin.disabled = true;
    try {
      await choose(place, tab, address, staff);
    } catch {
      refuse(place, "refused_capture"); // a page that no extension may look at
    }
  });
}

function refuse(place, name) {
  const line = made("p", said(name), { role: "alert" });
  place.replaceChildren(line);
}

async function choose(place, tab, address, staff) {
  if (!(await pixelsAreKept())) return refuse(place, "refused_pixels");
  const [{ result }] = await chrome.scripting.executeScript({ target: { tabId: tab.id }, func: places });
  const boxes = listed(result.found.map(fitting), result);
  if (!boxes.length) return refuse(place, "refused_picture");
  // Taken now, so that what is chosen is what the boxes were read from.
  const screen = await seen(await chrome.tabs.captureVisibleTab(tab.windowId, { format: "png" }));
  const form = made("form");
  form.append(map(boxes, result), made("button", said("fingerprint_go"), { type: "submit" }));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { x, y, width, height } = cropped(boxes[new FormData(form).get("box")], result, screen);
    const part = await createImageBitmap(screen, x, y, width, height);
    const inside = hashTrimmed(part, width, height);
    const found = { ...written(hashShown(part, width, height)), ...(inside && { trimmed: written(inside) }) };
    const url = carried(staff, address, found);
    await chrome.tabs.create({ url, index: tab.index + 1, windowId: tab.windowId });
    close();
  });
  document.getElementById("report").hidden = true; // one thing at a time
  place.replaceChildren(form);
  form.querySelector("input").focus();
}

// The picture of the screen is decoded in memory: the policy of these pages lets no address be fetched.
function seen(address) {
  const octets = Uint8Array.from(atob(address.split(",")[1]), (letter) => letter.charCodeAt(0));
  return createImageBitmap(new Blob([octets], { type: "image/png" }), { colorSpaceConversion: "none" });
}

function map(boxes, page) {
  const field = made("fieldset");
  field.append(made("legend", said("fingerprint_choose")));
  const paper = made("div", "", { className: "map" });
  paper.style.aspectRatio = `${page.width} / ${page.height}`;
  boxes.forEach((box, nth) => {
    const label = made("label");
    const radio = made("input", "", { type: "radio", name: "box", value: nth, defaultChecked: nth === 0 });
    const size = [box.width, box.height].map(Math.round);
    radio.ariaLabel = said("fingerprint_box", String(nth + 1), ...size.map(String));
    label.append(radio, made("span", String(nth + 1), { ariaHidden: "true" }));
    label.style.left = `${(100 * box.left) / page.width}%`;
    label.style.top = `${(100 * box.top) / page.height}%`;
    label.style.width = `${(100 * box.width) / page.width}%`;
    label.style.height = `${(100 * box.height) / page.height}%`;
    paper.append(label);
  });
  field.append(paper);
  return field;
}
