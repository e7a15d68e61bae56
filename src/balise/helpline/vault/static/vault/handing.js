/**
 * The chat's own origin answers the vault, in a frame of the app that nobody sees: what the listener of this browser's
 * chat asks for, once. It answers the app's origin alone, through the port that came with the question.
 */
const { app, csrf } = document.documentElement.dataset;
const ours = app || location.origin;

addEventListener("message", async ({ origin, source, data, ports: [port] }) => {
  if (origin !== ours || source !== parent || !port || data?.ask !== "chat") return;
  try {
    const headers = { "X-CSRFToken": csrf };
    const answer = await fetch(location.pathname, { method: "POST", headers, cache: "no-store", redirect: "error" });
    const said = await answer.json();
    port.postMessage(answer.ok ? said : { refused: said.type?.split(":").at(-1) ?? `status-${answer.status}` });
  } catch {
    port.postMessage({ refused: "offline" });
  }
});
