// Holds the messages of one space in the order in which they are read.

const moment = (message) => message.updated ?? message.created;

export class Messages {
  constructor() {
    // What is known of each message: {message, rank}. Those of the same moment are told apart by their rank.
    this.byId = new Map();
    this.order = [];
    this.first = 0;
    this.last = 0;
    this.changed();
  }

  /** Takes a message unless a newer state of it is known; tells whether anything changed. */
  put(message) {
    const known = this.byId.get(message.id);
    if (!known) {
      this.add(message, (this.last += 1));
      return true;
    }
    if (moment(known.message) > moment(message) || alike(known.message, message)) return false;
    known.message = message;
    this.changed();
    return true;
  }

  remove(id) {
    const known = this.byId.get(id);
    if (!known) return false;
    this.byId.delete(id);
    this.order.splice(this.order.indexOf(known), 1);
    this.changed();
    return true;
  }

  get(id) {
    return this.byId.get(id)?.message;
  }

  /** A fresh listing, newest first. What it no longer holds, as far back as it reaches, is forgotten. */
  replace(items, { complete }) {
    const oldest = complete ? "" : items.map((item) => item.created).sort()[0];
    const listed = new Set(items.map((item) => item.id));
    for (const { message } of [...this.byId.values()]) {
      if (!listed.has(message.id) && message.created >= oldest) this.remove(message.id);
    }
    for (const item of [...items].reverse()) {
      this.put(item);
      this.byId.get(item.id).rank = this.last += 1;
    }
    this.changed();
  }

  /** What comes before everything that is here, newest first. */
  prepend(items) {
    for (const item of items) {
      const known = this.byId.get(item.id);
      if (known) known.rank = this.first -= 1;
      else this.add(item, (this.first -= 1));
    }
    this.changed();
  }

  newest() {
    return this.ordered().at(-1)?.created ?? null;
  }

  /** The newest message of which `fits(message)` holds, or null. */
  lastOf(fits) {
    return this.ordered().findLast(fits) ?? null;
  }

  ordered() {
    // In order but for what was added since, so that sorting is little more than looking.
    this.order.sort((a, b) => compared(a.message.created, b.message.created) || a.rank - b.rank);
    return this.order.map((known) => known.message);
  }

  /** [{root, replies}] in reading order; a reply whose root is not known stands on its own. */
  threads() {
    this.known ??= this.arranged();
    return this.known;
  }

  arranged() {
    const threads = new Map();
    const replies = [];
    for (const message of this.ordered()) {
      if (this.byId.has(message.parentId)) replies.push(message);
      else threads.set(message.id, { root: message, replies: [] });
    }
    for (const reply of replies) threads.get(this.rootOf(reply).id)?.replies.push(reply);
    return [...threads.values()];
  }

  rootOf(message) {
    let root = message;
    while (this.byId.has(root.parentId)) root = this.get(root.parentId);
    return root;
  }

  add(message, rank) {
    const known = { message, rank };
    this.byId.set(message.id, known);
    this.order.push(known);
    this.changed();
  }

  changed() {
    this.known = null;
  }
}

/** The platform's moments are all written alike, so that their letters compare as the moments do. */
function compared(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function alike(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
