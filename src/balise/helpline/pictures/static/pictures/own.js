// What became of one's own pictures is drawn again as soon as the conversation tells of it. A request
// of this kind gives a document: nothing is made of text, which the policy of public pages forbids.
const place = document.querySelector("[data-shown]");
addEventListener("picture", () => {
  const asked = new XMLHttpRequest();
  asked.open("GET", place.dataset.shown);
  asked.responseType = "document";
  asked.addEventListener("load", () => {
    if (asked.status === 200 && asked.response) place.replaceChildren(...asked.response.body.childNodes);
  });
  asked.send();
});
