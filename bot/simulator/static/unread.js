// Counts what people have not seen yet, and tells the other pages of this browser what was seen here.

const MANY = 50;

export class Unread {
  /** `onChange()` hears that another page has seen something. */
  constructor(onChange = () => {}) {
    this.onChange = onChange;
    this.seenUntil = new Map();
    // The moments of the messages not seen yet, by their ids, for each person and space.
    this.waiting = new Map();
    this.channel = new BroadcastChannel("playground-seen");
    this.channel.addEventListener("message", ({ data }) => {
      if (typeof data?.person !== "string" || typeof (data.moment ?? "") !== "string") return;
      this.note(data.person, data.roomId, data.moment);
      this.onChange();
    });
  }

  count(person, roomId) {
    return this.waiting.get(place(person.key, roomId))?.size ?? 0;
  }

  /** In all of these spaces. */
  total(person, spaces) {
    return spaces.reduce((sum, space) => sum + this.count(person, space.id), 0);
  }

  /** Nobody has to be told of their own words, nor twice of the same. */
  add(person, message) {
    const at = place(person.key, message.roomId);
    if (message.personId === person.id || message.created <= (this.seenUntil.get(at) ?? "")) return;
    if (!this.waiting.has(at)) this.waiting.set(at, new Map());
    this.waiting.get(at).set(message.id, message.created);
  }

  gone(person, { roomId, messageId }) {
    this.waiting.get(place(person.key, roomId))?.delete(messageId);
  }

  /** `moment` is the newest message's, by the server's clock, which may lead this machine's. */
  seen(person, roomId, moment = null) {
    this.note(person.key, roomId, moment);
    this.channel.postMessage({ person: person.key, roomId, moment });
  }

  /** What was there when the page was opened counts as seen. */
  begin(person, rooms) {
    for (const room of rooms) this.seenUntil.set(place(person.key, room.id), room.lastActivity);
  }

  /** What happened while somebody else was looking; `read(roomId)` lists a space's messages, newest first. */
  async catchUp(person, rooms, read) {
    for (const room of rooms) {
      const seen = this.seenUntil.get(place(person.key, room.id)) ?? "";
      if (room.lastActivity <= seen) continue;
      const recent = await read(room.id).catch(() => []);
      for (const message of recent.slice(0, MANY)) this.add(person, message);
    }
  }

  note(person, roomId, moment) {
    const at = place(person, roomId);
    const until = [moment ?? "", this.seenUntil.get(at) ?? ""].sort()[1];
    this.seenUntil.set(at, until);
    const waiting = this.waiting.get(at) ?? new Map();
    for (const [id, created] of waiting) if (!moment || created <= until) waiting.delete(id);
  }
}

/** A title as the browser's tab shows it: "(2) BroadWorks support". */
export function titled(title, unread) {
  return unread > 0 ? `(${unread}) ${title}` : title;
}

function place(person, roomId) {
  return `${person}/${roomId}`;
}
