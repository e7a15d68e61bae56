// Ready answers by `/`: at the start of a message it opens their list, which what is typed narrows.
// Arrows and Enter put one in the field, to be changed before it is sent; Escape closes the list.
const field = document.querySelector("[data-talk] [data-form] textarea");
const part = document.querySelector("[data-ready]");
const list = part?.querySelector("[role=listbox]");
const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
let at = 0;

function close() {
  part.hidden = true;
  list.replaceChildren();
  field.removeAttribute("aria-activedescendant");
}
function point(to) {
  const options = [...list.children];
  at = (to + options.length) % options.length;
  options.forEach((each, index) => each.setAttribute("aria-selected", index === at));
  options[at].scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", options[at].id);
}
function insert(option) {
  field.value = option.dataset.text;
  close();
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}
function narrow() {
  if (!/^\/[^\n]*$/.test(field.value)) return close();
  const sought = plain(field.value.slice(1).trim());
  const answers = [...document.querySelectorAll("[data-insert]")].map(({ dataset }) => dataset);
  const found = answers.filter(({ code, insert: text }) => plain(`${code} ${text}`).includes(sought));
  if (!found.length) return close();
  const options = found.map(({ code, insert: text }, index) => {
    const option = document.createElement("li");
    Object.assign(option, { id: `ready-${index}`, role: "option" });
    const name = Object.assign(document.createElement("b"), { textContent: `/${code}` });
    const words = Object.assign(document.createElement("bdi"), { textContent: text });
    option.dataset.text = text;
    option.append(name, " ", words);
    return option;
  });
  list.replaceChildren(...options);
  part.hidden = false;
  const says = part.querySelector("[data-found]");
  says.textContent = says.dataset.found.replace("{number}", found.length);
  return point(0);
}
const KEYS = {
  ArrowDown: () => point(at + 1),
  ArrowUp: () => point(at - 1),
  Enter: () => insert(list.children[at]),
  Escape: close,
};
if (field && part) {
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.addEventListener("input", narrow);
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => insert(target.closest("[role=option]")));
  // Before the field's own Enter, which sends.
  addEventListener(
    "keydown",
    (event) => {
      if (part.hidden || event.target !== field || event.isComposing || !KEYS[event.key]) return;
      event.preventDefault();
      event.stopPropagation();
      KEYS[event.key]();
    },
    true,
  );
}
