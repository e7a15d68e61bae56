// Topics by search: one field that finds any topic by its label, its group or the words of it;
// arrows, Enter ticks, Escape. What is ticked stands above it, each to be removed; then what is met
// most, each to be ticked.
const part = document.querySelector("[data-topics]");
const MOST = 8;
const plain = (words) =>
  words
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
const labelOf = (box) => part.querySelector(`label[for="${box.id}"]`).textContent.trim();

function search() {
  const [field, list] = [part.querySelector("[role=combobox]"), part.querySelector("[role=listbox]")];
  const [chips, says] = [part.querySelector("[data-chips]"), part.querySelector("[data-nothing]")];
  const topics = [...part.querySelectorAll("input[type=checkbox]")].map((box) => {
    const group = box.closest("details").querySelector("summary").firstChild.textContent.trim();
    return { box, group, label: labelOf(box), words: ` ${plain(`${labelOf(box)} ${group} ${box.dataset.words}`)}` };
  });
  const often = part.dataset.often.split(" ");
  let [found, at] = [[], 0];

  function tick(box, is) {
    box.checked = is;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
  function show() {
    list.replaceChildren(
      ...found.map(({ box, group, label }, place) => {
        const line = document.createElement("li");
        Object.assign(line, { id: `topic-${place}`, role: "option", ariaSelected: String(place === at) });
        const small = Object.assign(document.createElement("small"), { textContent: group });
        line.append(`${box.checked ? "✓ " : ""}${label} `, small);
        line.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          choose(place);
        });
        return line;
      }),
    );
    list.hidden = !found.length;
    field.ariaExpanded = String(!list.hidden);
    says.textContent = field.value.trim() && !found.length ? says.dataset.nothing : "";
    if (found.length) field.setAttribute("aria-activedescendant", `topic-${at}`);
    else field.removeAttribute("aria-activedescendant");
  }
  function find() {
    const asked = plain(field.value).split(" ").filter(Boolean);
    // A word that begins as what is typed comes before one that holds it; a label before its words.
    const rank = ({ label, words }) => {
      const own = ` ${plain(label)}`;
      if (asked.every((one) => own.includes(` ${one}`))) return 0;
      if (asked.every((one) => words.includes(` ${one}`))) return 1;
      return asked.every((one) => words.includes(one)) ? 2 : 3;
    };
    const ranked = asked.length ? topics.map((one) => [rank(one), one]).filter(([each]) => each < 3) : [];
    found = ranked.sort(([one], [other]) => one - other).slice(0, MOST).map(([, one]) => one);
    at = 0;
    show();
  }
  function choose(place) {
    const { box } = found[place];
    [field.value, found] = ["", []];
    tick(box, !box.checked);
    show();
  }
  function fill(room, some, className, prefix) {
    room.replaceChildren(
      ...some.map(({ box, label }) => {
        const button = document.createElement("button");
        Object.assign(button, { type: "button", className, textContent: label });
        if (prefix) button.ariaLabel = `${prefix} ${label}`;
        button.addEventListener("click", () => {
          tick(box, !box.checked);
          field.focus();
        });
        const line = document.createElement("li");
        line.append(button);
        return line;
      }),
    );
    room.hidden = !some.length;
  }
  function drawChips() {
    fill(chips, topics.filter(({ box }) => box.checked), "side-chip", part.dataset.remove);
    const most = topics.filter(({ box }) => often.includes(box.value) && !box.checked);
    fill(part.querySelector("[data-often-chips]"), most, "side-chip side-offered");
  }

  for (const kind of ["input", "change"]) field.addEventListener(kind, (event) => event.stopPropagation());
  field.addEventListener("input", find);
  field.addEventListener("blur", () => ((found = []), show()));
  field.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && found.length) {
      at = (at + by + found.length) % found.length;
      show();
    } else if (event.key === "Enter") {
      if (found.length) choose(at);
    } else if (event.key === "Escape" && field.value) {
      field.value = "";
      find();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  part.addEventListener("change", drawChips);
  part.querySelector("[data-search]").hidden = false;
  part.querySelector("[data-all]").open = false;
  drawChips();
}

if (part) search();
