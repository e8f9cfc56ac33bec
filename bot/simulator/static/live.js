// Listens to the simulator's events as one person, and says when the connection is lost and back.

const RETRY_MS = 2000;
const KINDS = ["message", "room", "bot", "fault", "inside", "tour", "recording"];

export class Live {
  /** handlers: {told(kind, data), opened(first), lost()} */
  constructor(token, handlers) {
    this.token = token;
    this.handlers = handlers;
    this.first = true;
    this.connect();
  }

  connect() {
    this.source = new EventSource(`/play/events?${new URLSearchParams({ token: this.token })}`);
    this.source.addEventListener("open", () => {
      this.handlers.opened(this.first);
      this.first = false;
    });
    this.source.addEventListener("error", () => this.failed());
    for (const kind of KINDS) {
      this.source.addEventListener(kind, (event) => this.handlers.told(kind, parsed(event.data)));
    }
  }

  failed() {
    this.handlers.lost();
    // The browser tries again by itself after a broken connection, but not after a refusal.
    if (this.source.readyState === EventSource.CLOSED) {
      this.retry = setTimeout(() => this.connect(), RETRY_MS);
    }
  }

  close() {
    clearTimeout(this.retry);
    this.source.close();
  }
}

function parsed(data) {
  try {
    return JSON.parse(data);
  } catch {
    return {};
  }
}
