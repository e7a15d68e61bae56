// What became of one's own pictures is drawn again as soon as the conversation tells of it.
const place = document.querySelector("[data-shown]");
addEventListener("picture", async () => {
  const answer = await fetch(place.dataset.shown);
  if (answer.ok && !answer.redirected) place.innerHTML = await answer.text();
});
