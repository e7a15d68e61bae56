// An ordinary screen before the app: a list, or a month with a list a day, kept on this device alone.
// Whoever writes the name of the centre, or “help”, comes to the app; that word is kept nowhere.
const KEY = "own-lists";
const box = document.querySelector("[data-screen]");
const { of, home, opens, deletes, screen } = box.dataset;
const part = (name) => box.querySelector(`[data-${name}]`);
const language = document.documentElement.lang;
const today = new Date();
let shown = new Date(today.getFullYear(), today.getMonth(), 1);
let day = screen === "month" ? key(today) : "";
let all = read();

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

function keep(entries) {
  all = { ...all, [of]: entries };
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
  } catch {
    // a private window keeps nothing
  }
  list();
}

function key(date) {
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].join("-");
}

function entries() {
  return all[of] ?? [];
}

function plain(text) {
  return text.normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
}

function made(kind, text, more = {}) {
  return Object.assign(document.createElement(kind), { textContent: text, ...more });
}

function list() {
  const here = entries().filter((entry) => entry.day === day);
  part("empty").hidden = here.length > 0;
  part("entries").replaceChildren(
    ...here.map((entry) => {
      const line = made("li", "");
      const button = made("button", deletes, { type: "button", className: "button" });
      button.setAttribute("aria-label", `${deletes} : ${entry.text}`);
      button.addEventListener("click", () => {
        keep(entries().filter((each) => each !== entry));
        document.getElementById("entry").focus();
      });
      line.append(made("span", entry.text), button);
      return line;
    }),
  );
  if (screen === "month") month();
}

function month() {
  const at = (number) => new Date(shown.getFullYear(), shown.getMonth(), number);
  const said = (date, how) => new Intl.DateTimeFormat(language, how).format(date);
  const noted = new Set(entries().map((entry) => entry.day));
  const before = (at(1).getDay() + 6) % 7; // a week begins on Monday
  const rows = [];
  for (let number = 1 - before; number <= at(0).getDate() + 31; number += 7) {
    if (at(number).getMonth() !== shown.getMonth() && at(number + 6).getMonth() !== shown.getMonth()) break;
    const row = made("tr", "");
    for (let each = number; each < number + 7; each += 1) {
      const cell = made("td", "");
      if (at(each).getMonth() === shown.getMonth()) {
        const button = made("button", String(at(each).getDate()), { type: "button" });
        button.setAttribute("aria-label", said(at(each), { weekday: "long", day: "numeric", month: "long" }));
        button.setAttribute("aria-pressed", String(key(at(each)) === day));
        button.classList.toggle("noted", noted.has(key(at(each))));
        button.addEventListener("click", () => {
          day = key(at(each));
          list();
          part("days").querySelector("[aria-pressed=true]").focus();
        });
        cell.append(button);
      }
      row.append(cell);
    }
    rows.push(row);
  }
  part("named").textContent = said(shown, { month: "long", year: "numeric" });
  part("week").replaceChildren(
    ...[1, 2, 3, 4, 5, 6, 7].map((each) => made("th", said(new Date(2024, 0, each), { weekday: "short" }))),
  );
  part("days").replaceChildren(...rows);
  const [year, number, date] = day.split("-").map(Number);
  part("day").textContent = said(new Date(year, number - 1, date), { weekday: "long", day: "numeric", month: "long" });
}

part("writes").addEventListener("submit", (event) => {
  event.preventDefault();
  const field = document.getElementById("entry");
  const text = field.value.trim();
  field.value = "";
  if (opens.split("|").map(plain).includes(plain(text))) location.replace(home);
  else if (text) keep([...entries(), { text, day }]);
});
part("month")?.addEventListener("click", ({ target }) => {
  const turn = Number(target.dataset.turn ?? 0);
  if (!turn) return;
  shown = new Date(shown.getFullYear(), shown.getMonth() + turn, 1);
  month();
});
part("writes").hidden = false;
if (part("month")) part("month").hidden = false;
list();
