// How the page for two people and the chats in its frames speak to each other.

/** Only pages of this server are spoken to. */
export function say(to, kind, data = {}) {
  to.postMessage({ playground: kind, data }, window.location.origin);
}

/** `handler(kind, data, source)` hears the pages of this server alone. */
export function listen(handler) {
  window.addEventListener("message", ({ origin, source, data }) => {
    if (origin !== window.location.origin || typeof data?.playground !== "string") return;
    handler(data.playground, data.data ?? {}, source);
  });
}
