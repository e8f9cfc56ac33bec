// What a panel of the lab may know and do: hear announcements, ask the server, and reach the chat beside it.

import { answerOf, ApiError, reached } from "../api.js";
import { byId } from "../dom.js";

export class Desk {
  /** `page`: {place(), fill(text)} of the chat; `drawer`: {open(key), badge(key, text)}. */
  constructor(page, drawer) {
    this.page = page;
    this.drawer = drawer;
    this.handlers = new Map();
    this.connected = false;
  }

  /** A panel that comes after the connection was opened hears of that as well. */
  on(kind, handler) {
    this.handlers.set(kind, [...(this.handlers.get(kind) ?? []), handler]);
    if (kind === "opened" && this.connected) queueMicrotask(() => tell(handler, {}));
  }

  /** An announcement of the server; one panel that fails does not keep it from the others. */
  hear(kind, data = {}) {
    if (kind === "opened") this.connected = true;
    for (const handler of this.handlers.get(kind) ?? []) tell(handler, data);
  }

  get(path) {
    return call("GET", path);
  }

  post(path, body) {
    return call("POST", path, body);
  }

  remove(path) {
    return call("DELETE", path);
  }

  badge(key, text) {
    this.drawer.badge(key, text);
  }

  say(words) {
    byId("announcer").textContent = words;
  }

  fill(text) {
    this.drawer.makeRoom();
    this.page.fill(text);
  }

  place() {
    return this.page.place();
  }

  open(key) {
    this.drawer.open(key);
  }
}

/** Handlers may be asynchronous; what goes wrong in them is for the console. */
async function tell(handler, data) {
  try {
    await handler(data);
  } catch (error) {
    // That nobody answers is said beside the chat, and "opened" comes again with the connection.
    if (!(error instanceof ApiError && error.status === 0)) console.error("A panel of the lab failed.", error);
  }
}

async function call(method, path, body) {
  const json = body === undefined ? {} : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  return answerOf(await reached(path, { method, ...json }));
}
