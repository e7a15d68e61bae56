// Ask the browser for a passkey when a form with `data-passkey` is sent: "create" or "get".
// The options stand in the page (`data-options` is an element's id) or at the form's address.
async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function create(options) {
  const wanted = structuredClone(options.creation_options);
  wanted.publicKey.authenticatorSelection = {
    ...wanted.publicKey.authenticatorSelection,
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  };
  return window.webauthnJSON.create(wanted);
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const failed = form.querySelector("[data-failed]");
    failed.hidden = true;
    try {
      const options = await optionsOf(form);
      const made =
        form.dataset.passkey === "create" ? create(options) : window.webauthnJSON.get(options.request_options);
      form.elements.credential.value = JSON.stringify(await made);
      form.submit();
    } catch {
      failed.hidden = false;
      failed.focus();
    }
  });
}
