// Goes to a chapter without drawing the page again; without this, the link does.
const film = document.getElementById("film");

document.querySelector(".chapters")?.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-at]");
  if (!link || !film || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  film.currentTime = Number(link.dataset.at);
  film.focus();
  film.play();
});

film?.addEventListener("timeupdate", () => {
  const links = [...document.querySelectorAll(".chapters a[data-at]")];
  const now = links.findLast((link) => Number(link.dataset.at) <= film.currentTime);
  for (const link of links) {
    if (link === now) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
});
