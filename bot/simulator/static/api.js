// The calls of the Webex REST API that a chat client makes, as one person.

// The first page is short, because somebody waits for it; the others are read ahead.
const FIRST_PAGE = "50";
const FURTHER_PAGE = "200";

export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export async function fetchConfig() {
  return answerOf(await reached("/play/config"));
}

/** {state} of the bot's process: none, stopped, starting, running. */
export async function fetchBotState() {
  return (await answerOf(await reached("/control"))).bot;
}

export async function fetchRendererState() {
  return answerOf(await reached("/play/renderer"));
}

export class Api {
  constructor(token) {
    this.token = token;
  }

  /** One page of a space, newest first; `next` is the address of the page with older messages, or null. */
  async messages(roomId, next = null) {
    const address = next ?? `/v1/messages?${new URLSearchParams({ roomId, max: FIRST_PAGE })}`;
    const response = await this.send("GET", address);
    const { items } = await answerOf(response);
    return { items, next: nextPage(response.headers.get("Link")) };
  }

  async message(id) {
    return answerOf(await this.send("GET", `/v1/messages/${encodeURIComponent(id)}`));
  }

  /** A file goes as a form, as the platform wants it. */
  async post({ file, ...message }) {
    if (!file) return answerOf(await this.send("POST", "/v1/messages", message));
    const form = new FormData();
    for (const [name, value] of Object.entries(message)) form.append(name, value);
    form.append("files", file, file.name);
    return answerOf(await this.send("POST", "/v1/messages", form));
  }

  async edit(id, message) {
    return answerOf(await this.send("PUT", `/v1/messages/${encodeURIComponent(id)}`, message));
  }

  async remove(id) {
    return answerOf(await this.send("DELETE", `/v1/messages/${encodeURIComponent(id)}`));
  }

  async submit(messageId, inputs) {
    return answerOf(await this.send("POST", "/v1/attachment/actions", { type: "submit", messageId, inputs }));
  }

  async rooms() {
    return (await answerOf(await this.send("GET", "/v1/rooms?max=100"))).items;
  }

  send(method, address, body) {
    const headers = { Authorization: `Bearer ${this.token}` };
    if (body === undefined || body instanceof FormData) return reached(address, { method, headers, body });
    headers["Content-Type"] = "application/json";
    return reached(address, { method, headers, body: JSON.stringify(body) });
  }
}

/** Each browser has words of its own for a server that is not there, and none of them help. */
export async function reached(address, options) {
  try {
    return await fetch(address, options);
  } catch {
    throw new ApiError(0, "The playground does not answer. Is it still running?");
  }
}

/** The path of the next page; only the path is kept, so that a token never goes to another origin. */
function nextPage(link) {
  const match = /<([^>]+)>\s*;\s*rel="?next"?/.exec(link ?? "");
  if (!match) return null;
  const url = new URL(match[1], window.location.href);
  if (url.searchParams.has("max")) url.searchParams.set("max", FURTHER_PAGE);
  return url.pathname + url.search;
}

/** What a response says, as JSON; throws ApiError with words for people. */
export async function answerOf(response) {
  if (response.ok) return response.status === 204 ? null : response.json();
  let words = response.statusText || "no reason given";
  try {
    words = (await response.json()).message ?? words;
  } catch {
    // A gateway may answer with HTML or nothing; the status says enough then.
  }
  throw new ApiError(response.status, `${words} (${response.status})`);
}
