// In the room of a chat: what the listener asks of the vault is drawn again as soon as the conversation tells of it. A
// request of this kind gives a document: nothing is made of text, which the policy of public pages forbids.
const place = document.querySelector("[data-asked]");

function scripted() {
  for (const each of place.querySelectorAll("[data-scripted]")) each.hidden = false;
}

addEventListener("vault", () => {
  const asked = new XMLHttpRequest();
  asked.open("GET", place.dataset.asked);
  asked.responseType = "document";
  asked.addEventListener("load", () => {
    if (asked.status !== 200 || !asked.response) return;
    place.replaceChildren(...asked.response.body.childNodes);
    scripted();
  });
  asked.send();
});
scripted();
