// Holds the messages of one space in the order in which they are read.

const moment = (message) => message.updated ?? message.created;

export class Messages {
  constructor() {
    this.byId = new Map();
    // Messages of the same moment are told apart by their place in the listing.
    this.rank = new Map();
    this.first = 0;
    this.last = 0;
  }

  /** Takes a message unless a newer state of it is known; tells whether anything changed. */
  put(message) {
    const known = this.byId.get(message.id);
    if (known && (moment(known) > moment(message) || JSON.stringify(known) === JSON.stringify(message))) return false;
    this.byId.set(message.id, message);
    if (!known) this.rank.set(message.id, (this.last += 1));
    return true;
  }

  remove(id) {
    return this.byId.delete(id);
  }

  get(id) {
    return this.byId.get(id);
  }

  /** A fresh listing, newest first. What it no longer holds, as far back as it reaches, is forgotten. */
  replace(items, { complete }) {
    const oldest = complete ? "" : items.map((item) => item.created).sort()[0];
    const listed = new Set(items.map((item) => item.id));
    for (const message of this.byId.values()) {
      if (!listed.has(message.id) && message.created >= oldest) this.byId.delete(message.id);
    }
    for (const item of [...items].reverse()) {
      this.put(item);
      this.rank.set(item.id, (this.last += 1));
    }
  }

  /** What comes before everything that is here, newest first. */
  prepend(items) {
    for (const item of items) {
      this.put(item);
      this.rank.set(item.id, (this.first -= 1));
    }
  }

  newest() {
    return this.ordered().at(-1)?.created ?? null;
  }

  ordered() {
    const place = (message) => this.rank.get(message.id);
    return [...this.byId.values()].sort((a, b) => a.created.localeCompare(b.created) || place(a) - place(b));
  }

  /** [{root, replies}] in reading order; a reply whose root is not known stands on its own. */
  threads() {
    const all = this.ordered();
    const threads = new Map();
    for (const message of all) {
      if (!this.byId.has(message.parentId)) threads.set(message.id, { root: message, replies: [] });
    }
    for (const message of all) {
      if (this.byId.has(message.parentId)) threads.get(this.rootOf(message).id)?.replies.push(message);
    }
    return [...threads.values()];
  }

  rootOf(message) {
    let root = message;
    while (this.byId.has(root.parentId)) root = this.byId.get(root.parentId);
    return root;
  }
}
