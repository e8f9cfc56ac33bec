// Keeps the entries that were read, in the order in which people would tell them, and says which of them fit.

// A long one is news when it ends, not where it began among what has long been read.
const LONG_SECONDS = 2;
const MOST = 5000;

export const KINDS = [
  ["webhook", "Webhooks", "Webhook"],
  ["bot", "Work", "Bot"],
  ["history", "Requests", "Request"],
  ["call", "Calls", "Call"],
  ["card", "Cards", "Card"],
  ["world", "World", "World"],
];

export class Entries {
  constructor() {
    this.clear();
    this.last = 0;
  }

  clear() {
    this.all = [];
    this.seen = new Set();
  }

  /** An answer of /play/inside; false if it comes from another trace than all before, which are forgotten then. */
  take({ trace, first, last, entries }) {
    const another = this.trace !== undefined && this.trace !== trace;
    this.trace = trace;
    if (another) {
      this.clear();
      this.last = 0;
      return false;
    }
    // Two answers may overlap, as when everything is cleared between them.
    const fresh = entries.filter(({ n }) => !this.seen.has(n)).map(placed);
    for (const { n } of fresh) this.seen.add(n);
    this.all = [...this.all, ...fresh].filter(({ n }) => n >= first);
    this.all.sort((one, other) => one.place - other.place || one.n - other.n);
    if (this.all.length > MOST) this.all = this.all.slice(-MOST);
    if (this.seen.size > 2 * MOST) this.seen = new Set(this.all.map(({ n }) => n));
    this.last = Math.max(last, this.last);
    return true;
  }
}

/** `filter`: {kinds: Set, text}. Every word of the text must be somewhere in the entry. */
export function fits(entry, { kinds, text }) {
  if (!kinds.has(entry.kind)) return false;
  return text === "" || text.split(/\s+/).every((word) => entry.haystack.includes(word));
}

function placed(entry) {
  const began = Date.parse(entry.at);
  const took = entry.seconds ?? 0;
  const place = took >= LONG_SECONDS ? began + took * 1000 : began;
  const request = entry.request === null ? "" : `request ${entry.request}`;
  const words = [entry.words, entry.trackingId, entry.status, request, entry.bad ? "trouble" : "", ...Object.values(entry.facts)];
  return { ...entry, place, haystack: words.join(" ").toLowerCase() };
}
