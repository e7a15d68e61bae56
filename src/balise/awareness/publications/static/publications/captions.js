// Fills the box of captions from a file of this machine, which is not sent: the box is.
document.addEventListener("change", async (event) => {
  const id = event.target.dataset?.fills;
  const file = id && event.target.files[0];
  if (!file) return;
  const box = document.getElementById(id);
  box.value = await file.text();
  box.dispatchEvent(new Event("input", { bubbles: true })); // Wagtail saves and previews
});
