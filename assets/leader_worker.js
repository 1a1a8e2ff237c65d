/* Keeps a leader's page for the time without a network: the page, its sheets and scripts, nothing
   else. What stands before this text names them: SHELL.files, and SHELL.version that changes with
   them. The last picture is put away by the page itself (leader_kept.js). */
"use strict";
const KEPT = "lianxin-leader-shell-";
const PAGE = "/leader/page";
const PATIENCE_MS = 4000; // a network that is there and does not answer is none

const shell = () => caches.open(KEPT + SHELL.version);

/** Drop everything that was kept, the picture too, and be no more. */
async function forget() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("lianxin-leader-")).map((name) => caches.delete(name)));
  await self.registration.unregister();
}

/** Keep the page that came; one that leads to the sign-in page ends everything. */
async function keep(answer) {
  if (answer.type === "opaqueredirect" || answer.redirected || answer.status === 401 || answer.status === 403) {
    await forget();
  } else if (answer.ok) {
    await (await shell()).put(PAGE, answer.clone());
  }
  return answer;
}

/** The page from the network; where there is none, the one that was kept. */
async function page(request) {
  const fresh = fetch(request).then(keep);
  const slow = new Promise((done) => { setTimeout(done, PATIENCE_MS); });
  try {
    const first = await Promise.race([fresh, slow]);
    if (first) return first;
  } catch {
    return (await (await shell()).match(PAGE)) || Response.error();
  }
  const held = await (await shell()).match(PAGE);
  if (!held) return fresh;
  fresh.catch(() => {}); // it may still come, for the next time
  return held;
}

/** A sheet or script: its address names its content, so what is kept is what is there. */
async function part(request) {
  return (await (await shell()).match(request)) || fetch(request);
}

self.addEventListener("install", (event) => {
  event.waitUntil(shell().then((cache) => cache.addAll(SHELL.files)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith(KEPT) && name !== KEPT + SHELL.version;
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const asked = new URL(request.url);
  if (request.method !== "GET" || asked.origin !== self.location.origin) return;
  if (request.mode === "navigate" && /^\/leader(\/[^/]*)?$/.test(asked.pathname)) {
    event.respondWith(page(request));
  } else if (SHELL.files.includes(asked.pathname + asked.search)) {
    event.respondWith(part(request));
  }
});
