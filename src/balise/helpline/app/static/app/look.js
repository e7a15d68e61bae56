// The name and the icon that this device chose: the title of each page of the app follows.
const KEY = "look";
const told = document.querySelector("meta[name=app-looks]");

function chosen(looks) {
  const asked = new URLSearchParams(location.search).get("look"); // how an installed app begins
  try {
    if (asked in looks) localStorage.setItem(KEY, asked);
    return localStorage.getItem(KEY);
  } catch {
    return asked; // a private window keeps nothing
  }
}

export function dress() {
  const looks = JSON.parse(told.content);
  const shown = told.dataset.shown;
  const look = looks[shown || chosen(looks)];
  if (!look) return;
  document.title = look.name;
  document.querySelectorAll("[data-look-name]").forEach((each) => (each.textContent = look.name));
  document.querySelectorAll("link[rel=icon]").forEach((each) => (each.href = look.icon));
  document.querySelector("link[rel=manifest]").href = look.manifest;
}

// The browser offers to install where it can: our button asks it, and this device keeps the look.
export function offer() {
  const box = document.querySelector("[data-install]");
  let ready = null;
  if (!box) return;
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    ready = event;
    box.hidden = false;
  });
  box.addEventListener("click", () => ready?.prompt());
  addEventListener("appinstalled", () => {
    box.hidden = true;
    try {
      localStorage.setItem(KEY, told.dataset.shown);
    } catch {
      // its first page says it again
    }
  });
}
