// Says at the end of a conversation that the bot is at work there, from what was said to it and what it said.

import { el } from "./dom.js";

const STILL_MS = 15_000;
const GIVEN_UP_MS = 60_000;
const AFTER = { kill: "stopped", start: "running" };

export class Typing {
  /** `onChange()` hears that the line came, changed or went. */
  constructor(root, { people, onChange }) {
    this.people = people;
    this.onChange = onChange;
    this.asked = new Map();
    this.answered = new Map();
    this.state = "running";
    this.line = el("p", { class: "typing", role: "status", dataset: { testid: "typing" } });
    root.append(this.line);
  }

  open(roomId) {
    this.roomId = roomId;
    this.show();
  }

  /** A new or edited message of any space: a question to the bot, its answer, or neither. */
  heard(message) {
    if (message.personId === this.people.bot.id) this.answer(message.roomId, message.updated ?? message.created);
    else if (!message.updated && this.addresses(message)) this.ask(message.roomId, message.created);
  }

  /** Whatever was said before the answer is answered by it, in whichever order the two were heard of. */
  ask(roomId, moment) {
    if (moment <= (this.answered.get(roomId) ?? "")) return;
    this.asked.set(roomId, { moment, since: Date.now() });
    this.show();
  }

  answer(roomId, moment) {
    const known = this.answered.get(roomId) ?? "";
    this.answered.set(roomId, moment > known ? moment : known);
    if ((this.asked.get(roomId)?.moment ?? "") < moment) this.asked.delete(roomId);
    this.show();
  }

  /** What was done to the process of the bot, or how it is. */
  told({ kind, state }) {
    this.state = state ?? AFTER[kind] ?? this.state;
    // Whoever asked before it ended is answered when it is back, but nobody knows when that is.
    if (this.deaf) this.asked.clear();
    this.show();
  }

  /** What is told to a bot that is not there is told once, and is lost. */
  get deaf() {
    return this.state === "stopped" || this.state === "starting";
  }

  addresses(message) {
    const { bot } = this.people;
    return message.roomType === "direct" || (message.mentionedPeople ?? []).includes(bot.id);
  }

  show() {
    clearTimeout(this.timer);
    const words = this.words();
    if (this.line.dataset.words === words) return;
    this.line.dataset.words = words;
    this.line.classList.toggle("stopped", this.deaf);
    this.line.replaceChildren(words, words && !this.deaf ? dots() : "");
    this.onChange();
  }

  words() {
    const { name } = this.people.bot;
    if (this.state === "starting") return `${name} is starting. It does not hear yet what you say: wait a moment.`;
    if (this.deaf) {
      return `${name} is not running. It does not hear what you say now, and will not hear it later: start it first.`;
    }
    const asked = this.asked.get(this.roomId);
    const age = asked ? Date.now() - asked.since : GIVEN_UP_MS;
    if (age >= GIVEN_UP_MS) {
      this.asked.delete(this.roomId);
      return "";
    }
    const next = age < STILL_MS ? STILL_MS : GIVEN_UP_MS;
    this.timer = setTimeout(() => this.show(), next - age);
    return age < STILL_MS ? `${name} is working` : `${name} is still working`;
  }
}

function dots() {
  return el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
}
