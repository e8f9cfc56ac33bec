// Starts the page: one person in one space, as the address says (#ann/support), kept up to date.

import { Api, fetchConfig } from "./api.js";
import { byId, el } from "./dom.js";
import { Live } from "./live.js";
import { People } from "./people.js";
import { Presses } from "./presses.js";
import { loadRenderer } from "./renderer.js";
import { Messages } from "./store.js";
import { outgoing } from "./text.js";
import { Composer } from "./views/composer.js";
import { spoken } from "./views/message.js";
import { MessagesView } from "./views/messages.js";
import { showPeople } from "./views/people.js";
import { showHead, showSpaces, titleOf } from "./views/spaces.js";
import * as status from "./views/status.js";
import { showSuggestions } from "./views/suggestions.js";
import { Unread } from "./unread.js";

const RETRY_MS = 2000;
const READ_AGAIN_MS = [300, 1000, 3000];

class App {
  constructor(config, unread) {
    this.presses = new Presses();
    this.unread = unread;
    this.config = config;
    this.people = new People(config);
    this.view = new MessagesView({
      people: this.people,
      me: () => this.person,
      press: (message, inputs, card) => this.presses.press(card, () => this.api.submit(message.id, inputs)),
      onReply: (rootId) => this.replyTo(rootId),
      welcome: () => this.welcome(),
    });
    this.composer = new Composer(byId("composer"), {
      people: this.people,
      onSend: (text, parentId) => this.send(text, parentId),
    });
    showSuggestions(byId("suggestions"), (text) => this.composer.fill(text));
    byId("older").addEventListener("click", () => this.loadOlder());
    window.addEventListener("hashchange", () => this.route());
    this.route();
  }

  spacesOf(person) {
    return this.config.spaces.filter((space) => space.members.includes(person.key));
  }

  /** The address decides; whatever it does not say is the first there is. */
  route() {
    const [personKey, spaceKey] = decodeURIComponent(window.location.hash.slice(1)).split("/");
    const person = this.people.byKey(personKey) ?? this.people.people[0];
    const spaces = this.spacesOf(person);
    const space =
      spaces.find((one) => one.key === spaceKey) ?? spaces.find((one) => one.type === this.space?.type) ?? spaces[0];
    const address = `#${person.key}/${space.key}`;
    if (window.location.hash !== address) window.history.replaceState(null, "", address);
    if (person.key !== this.person?.key) this.become(person);
    this.open(space);
  }

  become(person) {
    this.live?.close();
    this.person = person;
    this.api = new Api(person.token);
    this.live = new Live(person.token, {
      message: (change) => this.onMessage(change),
      room: () => this.refreshSpaces(),
      bot: (change) => status.showBotState(this.people.bot, change),
      opened: (first) => this.connected(first),
      lost: () => status.showConnection("lost"),
    });
    this.catchUp();
  }

  open(space) {
    this.space = space;
    this.unread.seen(this.person, space.id);
    this.messages = new Messages();
    this.next = null;
    this.view.clear();
    this.view.atEnd = true;
    byId("older").hidden = true;
    this.composer.open(`${this.person.key}/${space.key}`, {
      space,
      title: titleOf(space, this.people),
      mentionable: this.people.mentionable(space, this.person),
    });
    this.showSide();
    this.load();
  }

  async catchUp() {
    const { api, person } = this;
    this.unread.catchUp(person, await api.rooms().catch(() => []));
    if (person !== this.person) return;
    this.unread.seen(person, this.space.id);
    this.showSide();
  }

  showSide() {
    const { person, people, space } = this;
    const onSwitch = (one) => (window.location.hash = `#${one.key}/${space.key}`);
    showPeople(byId("people"), people.people, { current: person, onSwitch });
    showSpaces(byId("spaces"), this.spacesOf(person), {
      current: space,
      person,
      people,
      unread: (one) => this.unread.count(person, one.id),
    });
    showHead(space, { person, people });
  }

  async load() {
    const messages = this.messages;
    try {
      const page = await this.api.messages(this.space.id);
      if (messages !== this.messages) return;
      messages.replace(page.items, { complete: page.next === null });
      this.next ??= page.next;
      byId("older").hidden = this.next === null;
      this.show();
      status.clearTrouble();
    } catch (error) {
      if (messages !== this.messages) return;
      status.showTrouble(`The messages could not be read, trying again: ${error.message}`);
      await pause(RETRY_MS);
      if (messages === this.messages) this.load();
    }
  }

  show(options) {
    this.view.show(this.messages, options);
    this.unread.seen(this.person, this.space.id, this.messages.newest());
  }

  async loadOlder() {
    const messages = this.messages;
    const page = await this.api.messages(this.space.id, this.next).catch(() => null);
    if (page === null || messages !== this.messages) return;
    messages.prepend(page.items);
    this.next = page.next;
    byId("older").hidden = page.next === null;
    this.view.atEnd = false;
    this.view.show(messages);
  }

  async onMessage({ kind, roomId, messageId }) {
    if (roomId !== this.space.id) {
      if (kind === "created") this.unread.add(this.person, roomId);
      this.showSide();
      return;
    }
    if (kind === "deleted") {
      this.gone(messageId);
      return;
    }
    const messages = this.messages;
    const message = await this.read(messageId);
    if (messages !== this.messages) return;
    if (message) this.take(message, { announce: kind === "created" });
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

  take(message, { announce }) {
    if (!this.messages.put(message)) return;
    const others = message.personId !== this.person.id;
    this.show({ arrived: others });
    if (message.personId === this.people.bot.id) this.presses.answered();
    if (others && announce) byId("announcer").textContent = spoken(message, { people: this.people });
  }

  gone(messageId) {
    if (!this.messages.remove(messageId)) return;
    this.view.show(this.messages);
    this.presses.answered();
  }

  async send(text, parentId) {
    const { messages, space } = this;
    const body = outgoing(text, this.people.mentionable(space, this.person));
    const message = await this.api.post({ roomId: space.id, ...body, ...(parentId && { parentId }) });
    if (messages !== this.messages) return;
    if (!parentId) this.view.atEnd = true;
    this.take(message, { announce: false });
    this.view.bring(message.id);
  }

  replyTo(rootId) {
    const root = this.messages.get(rootId);
    const author = this.people.author(root).name;
    this.composer.reply({ id: rootId, words: `${author}: ${(root.text ?? "").slice(0, 80)}` });
    this.composer.field.focus();
  }

  welcome() {
    return el(
      "li",
      { class: "welcome" },
      el("strong", {}, `This is the beginning of ${titleOf(this.space, this.people)}.`),
      el("span", {}, `Ask ${this.people.bot.name} something: the list “Try this” has ideas.`),
    );
  }

  /** After a lost connection nobody knows what was missed, so everything is read again. */
  connected(first) {
    status.showConnection(first ? "online" : "restored");
    this.load();
    if (!first) this.refreshSpaces();
  }

  async refreshSpaces() {
    const config = await fetchConfig().catch(() => this.config);
    if (JSON.stringify(config) === JSON.stringify(this.config)) return;
    const token = config.people.find((person) => person.key === this.person.key)?.token;
    if (token !== this.person.token || config.bot.id !== this.config.bot.id) {
      // Another playground stands behind the same address now.
      window.location.reload();
      return;
    }
    this.config = config;
    this.people.update(config);
    this.person = this.people.byKey(this.person.key);
    const space = this.spacesOf(this.person).find((one) => one.id === this.space.id);
    if (!space) {
      this.route();
      return;
    }
    this.space = space;
    this.composer.mentionable = this.people.mentionable(space, this.person);
    this.showSide();
  }

  rendererArrived() {
    status.rendererArrived();
    this.view.show(this.messages, { redraw: true });
    document.body.dataset.renderer = "ready";
  }
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function start() {
  let config = null;
  while (config === null) {
    config = await fetchConfig().catch(() => null);
    if (config) break;
    status.showConnection("lost");
    await pause(RETRY_MS);
  }
  const unread = new Unread();
  for (const person of config.people) {
    unread.begin(person, await new Api(person.token).rooms().catch(() => []));
  }
  const app = new App(config, unread);
  await loadRenderer(status.showRendererMissing);
  app.rendererArrived();
}

start();
