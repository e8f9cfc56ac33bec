// Counts what happened in spaces that a person is not looking at.

export class Unread {
  constructor() {
    this.seenUntil = new Map();
    this.counts = new Map();
  }

  count(person, roomId) {
    return this.counts.get(place(person, roomId)) ?? 0;
  }

  add(person, roomId) {
    this.counts.set(place(person, roomId), this.count(person, roomId) + 1);
  }

  /** `moment` is the newest message's, by the server's clock, which may lead this machine's. */
  seen(person, roomId, moment = null) {
    this.counts.delete(place(person, roomId));
    if (moment) this.seenUntil.set(place(person, roomId), moment);
  }

  /** What was there when the page was opened counts as seen. */
  begin(person, rooms) {
    for (const room of rooms) this.seenUntil.set(place(person, room.id), room.lastActivity);
  }

  /** What happened while somebody else was looking is known from the spaces' last activity, so it counts as one. */
  catchUp(person, rooms) {
    for (const room of rooms) {
      const seen = this.seenUntil.get(place(person, room.id)) ?? "";
      if (room.lastActivity > seen && this.count(person, room.id) === 0) this.add(person, room.id);
    }
  }
}

function place(person, roomId) {
  return `${person.key}/${roomId}`;
}
