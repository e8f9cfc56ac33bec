// The open space: its messages as they are read, heard of, said, changed and taken back.

import { byId } from "./dom.js";
import { Messages } from "./store.js";
import { editable } from "./views/own.js";
import { spoken } from "./views/message.js";
import * as status from "./views/status.js";

const RETRY_MS = 2000;
const READ_AGAIN_MS = [300, 1000, 3000];

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export class Conversation {
  /** `onSeen(moment)` hears that everything up to a moment is on the screen. */
  constructor({ people, view, presses, typing, onSeen }) {
    Object.assign(this, { people, view, presses, typing, onSeen });
    byId("older").addEventListener("click", () => this.loadOlder({ asked: true }));
  }

  open({ api, person, space }) {
    Object.assign(this, { api, person, space });
    this.messages = new Messages();
    this.next = null;
    this.loading = null;
    this.loaded = false;
    this.view.clear(person.key);
    this.view.atEnd = true;
    byId("older").hidden = true;
    this.typing.open(space.id);
    this.load();
  }

  async load() {
    const { messages } = this;
    try {
      const page = await this.api.messages(this.space.id);
      if (messages !== this.messages) return;
      this.take(page);
      this.loaded = true;
      this.show();
      status.clearTrouble();
    } catch (error) {
      if (messages !== this.messages) return;
      status.showTrouble(`The messages could not be read, trying again: ${error.message}`);
      await pause(RETRY_MS);
      if (messages === this.messages) this.load();
    }
  }

  /** The newest page. What was known before stays, unless there is a gap between the two that nobody has read. */
  take({ items, next }) {
    const connected = items.some((item) => this.messages.get(item.id));
    this.messages.replace(items, { complete: next === null || !connected });
    if (!connected) this.next = next;
    byId("older").hidden = this.next === null;
  }

  /** Nobody has seen what came while the page was hidden. */
  show(options) {
    this.view.show(this.messages, options);
    if (!document.hidden) this.onSeen(this.messages.newest());
  }

  /** With the proper renderer, which came late. What was not read yet is no empty space. */
  redraw() {
    if (this.loaded) this.view.show(this.messages, { redraw: true });
  }

  loadOlder(options) {
    if (this.next === null) return null;
    this.loading ??= this.readOlder(options);
    return this.loading;
  }

  async readOlder({ asked = false } = {}) {
    const { messages } = this;
    const page = await this.api.messages(this.space.id, this.next).catch(() => null);
    if (messages !== this.messages) return;
    this.loading = null;
    if (page === null) return;
    messages.prepend(page.items);
    this.next = page.next;
    const older = byId("older");
    // The keyboard would be nowhere with the button gone.
    if (page.next === null && document.activeElement === older) byId("scroller").focus({ preventScroll: true });
    older.hidden = page.next === null;
    this.view.atEnd = false;
    this.view.show(messages);
    if (asked) byId("announcer").textContent = `${page.items.length} earlier messages are here.`;
  }

  /** Something happened to a message of this space. */
  async heard({ kind, messageId }) {
    if (kind === "deleted") {
      this.gone(messageId);
      return;
    }
    const { messages } = this;
    const message = await this.read(messageId);
    if (messages !== this.messages) return;
    if (message) this.put(message, { announce: kind === "created" });
    else this.gone(messageId);
  }

  /** A message just written may not be found for a moment; null when it never is. */
  async read(messageId) {
    const { api } = this;
    for (const wait of READ_AGAIN_MS) {
      try {
        return await api.message(messageId);
      } catch {
        await pause(wait);
      }
    }
    return null;
  }

  put(message, { announce }) {
    if (!this.messages.put(message)) return;
    const others = message.personId !== this.person.id;
    this.show({ arrived: others && announce });
    this.typing.heard(message);
    if (message.personId === this.people.bot.id) this.presses.answered();
    if (others && announce) byId("announcer").textContent = spoken(message, { people: this.people });
  }

  gone(messageId) {
    if (!this.messages.remove(messageId)) return;
    this.view.show(this.messages);
    this.presses.answered();
  }

  async send({ body, parentId, file }) {
    const { messages, space } = this;
    const message = await this.api.post({ roomId: space.id, ...body, ...(parentId && { parentId }), ...(file && { file }) });
    if (messages !== this.messages) return;
    if (!parentId) this.view.atEnd = true;
    this.put(message, { announce: false });
    this.view.bring(message.id);
  }

  async edit({ id }, body) {
    const { messages, space } = this;
    const message = await this.api.edit(id, { roomId: space.id, ...body });
    if (messages === this.messages) this.put(message, { announce: false });
  }

  async remove({ id }) {
    const { messages } = this;
    await this.api.remove(id);
    if (messages === this.messages) this.gone(id);
  }

  /** What a card of the bot was filled in with; the bot is at work from then on. */
  async submit(message, inputs) {
    const { created, roomId } = await this.api.submit(message.id, inputs);
    this.typing.ask(roomId, created);
  }

  /** The newest message of the person that Webex would let them edit, or null. */
  lastOwn() {
    return this.messages.lastOf((message) => message.personId === this.person.id && editable(message));
  }
}
