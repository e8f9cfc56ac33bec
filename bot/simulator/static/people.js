// Who is who in the playground: finds people and the bot by key, id or e-mail address.

export class People {
  constructor(config) {
    this.update(config);
  }

  update({ people, bot }) {
    this.people = people.map((person, index) => ({ ...person, hue: index % 6 }));
    this.bot = { ...bot, key: "bot", role: "bot", hue: "bot" };
    this.all = [...this.people, this.bot];
  }

  byKey(key) {
    return this.people.find((person) => person.key === key);
  }

  /** Somebody who is not of the playground is known by their address alone. */
  author(message) {
    const known = this.all.find((person) => person.id === message.personId);
    return known ?? { key: "guest", name: message.personEmail ?? "Somebody", role: "", hue: 5 };
  }

  nameOf({ id, email }) {
    return this.all.find((person) => person.id === id || (email && person.email === email))?.name ?? email ?? "";
  }

  /** Whom a person can mention in a space: the bot first, never themselves. */
  mentionable(space, me) {
    const members = this.people.filter((person) => space.members.includes(person.key) && person.key !== me.key);
    return [this.bot, ...members];
  }
}

export function initials(name) {
  const words = name.split(/[\s._@-]+/).filter(Boolean);
  return words.slice(0, 2).map((word) => word[0].toUpperCase()).join("") || "?";
}
