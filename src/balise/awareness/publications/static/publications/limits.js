// Says at once that a file is too large, and lets go of it: a request that is longer than the server
// takes is answered by a page without the form, and what was typed would be lost.
document.addEventListener("change", ({ target }) => {
  const { most, tooLarge } = target.dataset ?? {};
  if (!most) return;
  const isTooLarge = [...target.files].some((file) => file.size > Number(most));
  target.parentElement.querySelector(".file-too-large")?.remove();
  target.toggleAttribute("aria-invalid", isTooLarge);
  if (!isTooLarge) return;
  target.value = "";
  const words = document.createElement("p");
  words.className = "error-message file-too-large";
  words.setAttribute("role", "alert");
  words.textContent = tooLarge;
  target.after(words);
}, true); // before Wagtail's own, which names a page after its file
