// The chat: one person in one space, as the address says (#ann/support), kept up to date.

import { addressOf, placesIn } from "./address.js";
import { Api, fetchBotState, fetchConfig } from "./api.js";
import { Conversation } from "./conversation.js";
import { byId, el } from "./dom.js";
import { Live } from "./live.js";
import { People } from "./people.js";
import { Presses } from "./presses.js";
import { Typing } from "./typing.js";
import { titled } from "./unread.js";
import { Composer } from "./views/composer.js";
import { MessagesView } from "./views/messages.js";
import { showPeople } from "./views/people.js";
import { showHead, showSpaces, titleOf } from "./views/spaces.js";
import * as status from "./views/status.js";
import { showSuggestions } from "./views/suggestions.js";

// In a pane there is no room for the list.
const IDEAS = window.parent === window ? "press one of the suggestions, or write “help”" : "“help” tells what it can do";

export class App {
  /** `unread` knows what each person has seen; `shell`, when there is one, hears what happens. */
  constructor(config, unread) {
    this.unread = unread;
    unread.onChange = () => this.showSide();
    this.config = config;
    this.people = new People(config);
    this.view = new MessagesView({
      people: this.people,
      me: () => this.person,
      api: () => this.api,
      press: (message, inputs, card) => this.presses.press(card, () => this.conversation.submit(message, inputs)),
      own: {
        edit: (message) => this.composer.edit(message),
        remove: (message) => this.conversation.remove(message),
      },
      onReply: (rootId) => this.replyTo(rootId),
      onTop: () => this.conversation.loadOlder(),
      welcome: () => this.welcome(),
    });
    this.presses = new Presses();
    this.typing = new Typing(byId("scroller"), { people: this.people, onChange: () => this.view.settle() });
    this.conversation = new Conversation({
      people: this.people,
      view: this.view,
      presses: this.presses,
      typing: this.typing,
      onSeen: (moment) => this.seen(moment),
    });
    this.composer = new Composer(byId("composer"), {
      people: this.people,
      stage: byId("scroller").parentElement.parentElement,
      onSend: (draft) => this.conversation.send(draft),
      onEdit: (message, body) => this.conversation.edit(message, body),
      lastOwn: () => this.conversation.lastOwn(),
    });
    showSuggestions(byId("suggestions"), (text) => this.composer.fill(text));
    document.addEventListener("visibilitychange", () => document.hidden || this.seen(this.messages.newest()));
    window.addEventListener("hashchange", () => this.route());
    this.route();
  }

  spacesOf(person) {
    return this.config.spaces.filter((space) => space.members.includes(person.key));
  }

  /** The address decides; whatever it does not say is the first there is. */
  route() {
    const [asked] = placesIn(window.location.hash);
    const person = this.people.byKey(asked.person) ?? this.people.people[0];
    const spaces = this.spacesOf(person);
    const space =
      spaces.find((one) => one.key === asked.space) ?? spaces.find((one) => one.type === this.space?.type) ?? spaces[0];
    const address = addressOf({ person: person.key, space: space.key });
    if (window.location.hash !== address) window.history.replaceState(null, "", address);
    if (person.key !== this.person?.key) this.become(person);
    this.open(space);
  }

  become(person) {
    this.live?.close();
    this.person = person;
    this.api = new Api(person.token);
    this.live = new Live(person.token, {
      told: (kind, data) => this.told(kind, data),
      opened: (first) => this.connected(first),
      lost: () => status.showConnection("lost"),
    });
    this.catchUp();
  }

  told(kind, data) {
    if (kind === "message") this.onMessage(data);
    if (kind === "room") this.refreshSpaces();
    if (kind === "bot") this.heardOfBot(data);
    this.shell?.hear(kind, data);
  }

  heardOfBot(change) {
    status.showBotState(this.people.bot, change);
    this.typing.told(change);
  }

  open(space) {
    this.space = space;
    this.composer.open(`${this.person.key}/${space.key}`, {
      space,
      title: titleOf(space, this.people),
      mentionable: this.people.mentionable(space, this.person),
    });
    this.showSide();
    this.conversation.open({ api: this.api, person: this.person, space });
  }

  /** What comes into the open space while nobody can look at it is new there too. */
  missed({ kind, messageId }) {
    const message = kind === "created" && document.hidden ? this.messages.get(messageId) : null;
    if (!message) return;
    this.unread.add(this.person, message);
    this.showSide();
  }

  seen(moment) {
    const before = this.unread.count(this.person, this.space.id);
    this.unread.seen(this.person, this.space.id, moment);
    if (before > 0) this.showSide();
  }

  async catchUp() {
    const { api, person } = this;
    const read = async (roomId) => (await api.messages(roomId)).items;
    const rooms = await api.rooms().catch(() => []);
    // The open space is read anyway.
    await this.unread.catchUp(person, rooms.filter((room) => room.id !== this.space.id), read);
    if (person === this.person) this.showSide();
  }

  showSide() {
    const { person, people, space } = this;
    const onSwitch = (one) => (window.location.hash = addressOf({ person: one.key, space: space.key }));
    showPeople(byId("people"), people.people, { current: person, onSwitch });
    showSpaces(byId("spaces"), this.spacesOf(person), {
      current: space,
      person,
      people,
      unread: (one) => this.unread.count(person, one.id),
    });
    showHead(space, { person, people });
    document.title = titled(document.title, this.unread.total(person, this.spacesOf(person)));
    this.shell?.moved();
  }

  get messages() {
    return this.conversation.messages;
  }

  async onMessage(change) {
    const { person } = this;
    if (change.roomId === this.space.id) {
      await this.conversation.heard(change);
      this.missed(change);
      return;
    }
    if (change.kind === "deleted") this.unread.gone(person, change);
    const message = change.kind === "deleted" ? null : await this.conversation.read(change.messageId);
    if (person !== this.person) return;
    if (message) this.typing.heard(message);
    if (message && change.kind === "created" && message.roomId !== this.space.id) this.unread.add(person, message);
    this.showSide();
  }

  replyTo(rootId) {
    const root = this.messages.get(rootId);
    const author = this.people.author(root).name;
    this.composer.reply({ id: rootId, words: `${author}: ${(root.text ?? "").slice(0, 80)}` });
    this.composer.field.focus();
  }

  welcome() {
    const name = titleOf(this.space, this.people);
    const title = this.space.type === "direct" ? `your chat with ${name}` : name;
    return el(
      "li",
      { class: "welcome" },
      el("strong", {}, `This is the beginning of ${title}.`),
      el("span", {}, `Ask ${this.people.bot.name} something: ${IDEAS}.`),
    );
  }

  /** After a lost connection nobody knows what was missed, so everything is read again. */
  connected(first) {
    status.showConnection(first ? "online" : "restored");
    this.conversation.load();
    fetchBotState().then((bot) => this.typing.told(bot), () => {});
    if (!first) this.refreshSpaces();
    this.online = true;
    this.shell?.opened();
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
    this.conversation.redraw();
    document.body.dataset.renderer = "ready";
  }
}
