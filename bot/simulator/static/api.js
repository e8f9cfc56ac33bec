// The calls of the Webex REST API that a chat client makes, as one person.

export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export async function fetchConfig() {
  return answerOf(await fetch("/play/config"));
}

export async function fetchRendererState() {
  return answerOf(await fetch("/play/renderer"));
}

export class Api {
  constructor(token) {
    this.token = token;
  }

  /** One page of a space, newest first; `next` is the address of the page with older messages, or null. */
  async messages(roomId, next = null) {
    const address = next ?? `/v1/messages?${new URLSearchParams({ roomId, max: "100" })}`;
    const response = await this.send("GET", address);
    const { items } = await answerOf(response);
    return { items, next: nextPage(response.headers.get("Link")) };
  }

  async message(id) {
    return answerOf(await this.send("GET", `/v1/messages/${encodeURIComponent(id)}`));
  }

  async post(message) {
    return answerOf(await this.send("POST", "/v1/messages", message));
  }

  async submit(messageId, inputs) {
    return answerOf(await this.send("POST", "/v1/attachment/actions", { type: "submit", messageId, inputs }));
  }

  async rooms() {
    return (await answerOf(await this.send("GET", "/v1/rooms?max=100"))).items;
  }

  send(method, address, body) {
    const headers = { Authorization: `Bearer ${this.token}` };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    return fetch(address, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  }
}

/** The path of the next page; only the path is kept, so that a token never goes to another origin. */
export function nextPage(link) {
  const match = /<([^>]+)>\s*;\s*rel="?next"?/.exec(link ?? "");
  if (!match) return null;
  const url = new URL(match[1], window.location.href);
  return url.pathname + url.search;
}

async function answerOf(response) {
  if (response.ok) return response.status === 204 ? null : response.json();
  let words = response.statusText || "no reason given";
  try {
    words = (await response.json()).message ?? words;
  } catch {
    // A gateway may answer with HTML or nothing; the status says enough then.
  }
  throw new ApiError(response.status, `${words} (${response.status})`);
}
