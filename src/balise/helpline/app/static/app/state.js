// Whether the chat is open, and the wait: asked each time, for the page itself is the same for everyone.
export async function ask(page = document) {
  const box = page.querySelector("[data-state]");
  const places = page.querySelector("[data-elsewhere]");
  const address = box?.dataset.state ?? document.querySelector("[data-look-name]")?.closest("a").pathname + "state.json";
  if (!box && !places) return;
  try {
    const answer = await fetch(address);
    if (!answer.ok) return;
    const { says, more, elsewhere } = await answer.json();
    if (box) box.replaceChildren(...[says, more].filter(Boolean).map((text) => line("span", text)));
    places?.prepend(...elsewhere.map((text) => line("li", text)));
  } catch {
    // no network: the number is there all the same
  }
}

function line(kind, text) {
  return Object.assign(document.createElement(kind), { textContent: text });
}
