// Where messages are written: mentions, replies in threads, and drafts that wait for their person.

import { el, icon } from "../dom.js";
import { mentions } from "../text.js";
import { Completion } from "./completion.js";

const SEND = "M3 11.2 20.3 3.4a.6.6 0 0 1 .8.8L13.300 21.500l-2.600-7.700z";
const TALLEST_PX = 160;

export class Composer {
  /** `onSend(text, parentId)` answers with a promise; a refused message stays in the field. */
  constructor(root, { people, onSend }) {
    this.bot = people.bot;
    this.onSend = onSend;
    this.drafts = new Map();
    this.place = null;
    this.thread = null;
    this.build();
    root.replaceChildren(this.replying, this.hint, this.row, this.trouble);
    // In a narrower window the same words need more lines.
    window.addEventListener("resize", () => this.fit());
  }

  build() {
    this.field = el("textarea", {
      rows: "1",
      dataset: { testid: "composer" },
      "aria-describedby": "composer-hint",
      onkeydown: (event) => this.key(event),
      oninput: () => this.changed(),
    });
    this.completion = new Completion(this.field, () => this.mentionable ?? []);
    this.sendButton = el(
      "button",
      { type: "button", class: "send", "aria-label": "Send", title: "Send", dataset: { testid: "send" }, onclick: () => this.send() },
      icon(SEND),
    );
    this.row = el("div", { class: "composer-row" }, this.completion.list, this.field, this.sendButton);
    this.replyingTo = el("span");
    this.replying = el("div", { class: "replying", hidden: true }, this.replyingTo, this.cancelButton());
    this.hint = el("div", { class: "composer-hint", id: "composer-hint" });
    this.mention = el(
      "button",
      { type: "button", class: "mention-button", dataset: { testid: "mention-bot" }, onclick: () => this.mentionBot() },
      `@${this.bot.name}`,
    );
    this.trouble = el("p", { class: "composer-trouble", role: "alert", hidden: true });
  }

  cancelButton() {
    const onclick = () => {
      this.reply(null);
      this.field.focus();
    };
    return el("button", { type: "button", class: "cancel", onclick }, "Cancel");
  }

  /** Another person or space: their own draft comes back. */
  open(place, { space, title, mentionable }) {
    if (this.place) this.drafts.set(this.place, { text: this.field.value, thread: this.thread });
    const draft = this.drafts.get(place) ?? { text: "", thread: null };
    this.place = place;
    this.space = space;
    this.mentionable = mentionable;
    this.field.placeholder = `Message ${title}`;
    this.field.setAttribute("aria-label", `Message ${title}`);
    this.field.value = draft.text;
    this.trouble.hidden = true;
    this.completion.close();
    this.reply(draft.thread);
    this.changed();
  }

  /** `thread` is {id, words}, or null for a message of its own. */
  reply(thread) {
    this.thread = thread;
    this.replying.hidden = thread === null;
    this.replyingTo.textContent = thread ? `Replying to ${thread.words}` : "";
  }

  /** Puts a command into the field, addressed to the bot where that is needed. */
  fill(text) {
    const needsMention = this.space.type === "group";
    this.field.value = needsMention ? `@${this.bot.name} ${text}` : text;
    this.changed();
    this.field.focus();
  }

  mentionBot() {
    this.field.value = `@${this.bot.name} ${this.field.value.trimStart()}`;
    this.changed();
    this.field.focus();
  }

  changed() {
    this.trouble.hidden = true;
    this.fit();
    this.sendButton.setAttribute("aria-disabled", String(this.field.value.trim() === ""));
    this.showHint();
  }

  fit() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, TALLEST_PX)}px`;
  }

  showHint() {
    const deaf = this.space?.type === "group" && !mentions(this.field.value, this.bot);
    this.hint.hidden = !deaf;
    if (deaf && !this.hint.contains(this.mention)) {
      this.hint.replaceChildren("The bot reads only mentions:", this.mention);
    }
  }

  key(event) {
    if (this.completion.takeKey(event) || event.isComposing) return;
    if (event.key === "Escape" && this.thread) this.reply(null);
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.send();
  }

  async send() {
    const text = this.field.value;
    const { place, thread } = this;
    if (text.trim() === "") return;
    this.field.value = "";
    this.reply(null);
    this.changed();
    this.field.focus();
    try {
      await this.onSend(text, thread?.id);
    } catch (error) {
      this.refused(error, { place, text, thread });
    }
  }

  /** What could not be sent comes back, unless something else was begun meanwhile. */
  refused(error, { place, text, thread }) {
    if (this.place !== place) {
      this.drafts.set(place, { text, thread });
      return;
    }
    if (this.field.value === "") {
      this.field.value = text;
      this.reply(thread);
      this.changed();
    }
    this.trouble.textContent = `Not sent: ${error.message}`;
    this.trouble.hidden = false;
  }
}
