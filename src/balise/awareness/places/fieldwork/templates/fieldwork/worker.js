// The worker of this folder alone. It asks the network first, and answers with the copy that the
// page keeps where the network does not. What was left is answered by the network, or by nothing:
// leaving drops the copy (exit.js), and this worker makes none.
const SHELL = "workshop-page";
const SLOW = 5000; // a network that does not answer is none

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function copy(request) {
  const kept = await caches.open(SHELL);
  return kept.match(request, { ignoreSearch: request.mode === "navigate", ignoreVary: true });
}

async function answer(request) {
  const asked = fetch(request);
  const slow = new Promise((done) => setTimeout(done, SLOW));
  try {
    const given = await Promise.race([asked, slow]);
    return given ?? (await copy(request)) ?? (await asked);
  } catch {
    return (await copy(request)) ?? Response.error();
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const isOurs = new URL(request.url).origin === location.origin;
  if (request.method === "GET" && isOurs && !request.url.endsWith("/send/")) {
    event.respondWith(answer(request));
  }
});
