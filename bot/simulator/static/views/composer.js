// Where messages are written and edited: mentions, replies in threads, files, and drafts that wait for their person.

import { el, icon } from "../dom.js";
import { mentions, outgoing, retyped } from "../text.js";
import { Completion } from "./completion.js";
import { bytesOf, Counter, MOST_BYTES } from "./counter.js";
import { Attachment } from "./files.js";

const SEND = "M3 11.2 20.3 3.4a.6.6 0 0 1 .8.8L13.300 21.500l-2.600-7.700z";
const TALLEST_PX = 160;
const NOTHING = { text: "", thread: null, file: null, editing: null, waiting: "" };

export class Composer {
  /**
   * `onSend({body, parentId, file})` and `onEdit(message, body)` answer with promises; what is refused stays in the
   * field. `lastOwn()` is the message that can be edited next, or null.
   */
  constructor(root, { people, onSend, onEdit, lastOwn, stage }) {
    this.bot = people.bot;
    this.acts = { onSend, onEdit, lastOwn };
    this.drafts = new Map();
    this.place = null;
    this.thread = null;
    this.editing = null;
    this.build();
    root.replaceChildren(this.replying, this.hint, this.attachment.element, this.row, this.counter.element, this.trouble);
    this.attachment.listen(stage, () => this.title);
    // In a narrower window the same words need more lines.
    window.addEventListener("resize", () => this.fit());
  }

  build() {
    this.field = el("textarea", {
      rows: "1",
      dataset: { testid: "composer" },
      "aria-describedby": "composer-hint composer-counter",
      onkeydown: (event) => this.key(event),
      oninput: () => this.changed(),
      onpaste: (event) => this.attachment.paste(event),
    });
    this.counter = new Counter();
    this.attachment = new Attachment({
      onChange: () => this.changed(),
      onTaken: () => this.field.focus(),
      onTrouble: (words) => this.complain(words),
    });
    this.completion = new Completion(this.field, () => this.mentionable ?? []);
    this.sendButton = el(
      "button",
      { type: "button", class: "send", "aria-label": "Send", title: "Send", dataset: { testid: "send" }, onclick: () => this.send() },
      icon(SEND),
    );
    const { button, input } = this.attachment;
    this.row = el("div", { class: "composer-row" }, this.completion.list, button, input, this.field, this.sendButton);
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
      this.cancel();
      this.field.focus();
    };
    return el("button", { type: "button", class: "cancel", onclick }, "Cancel");
  }

  /** Another person or space: their own draft comes back. */
  open(place, { space, title, mentionable }) {
    if (this.place) this.drafts.set(this.place, this.draft());
    this.place = place;
    this.space = space;
    this.title = title;
    this.mentionable = mentionable;
    this.field.placeholder = `Message ${title}`;
    this.field.setAttribute("aria-label", `Message ${title}`);
    this.completion.close();
    this.restore(this.drafts.get(place) ?? NOTHING);
  }

  draft() {
    const { thread, editing, waiting } = this;
    return { text: this.field.value, thread, file: this.attachment.file, editing, waiting };
  }

  restore({ text, thread, file, editing, waiting = "" }) {
    this.field.value = text;
    this.waiting = waiting;
    this.editing = editing;
    this.thread = thread;
    this.showMode();
    this.attachment.put(file);
  }

  /** `thread` is {id, words}, or null for a message of its own. */
  reply(thread) {
    if (this.editing) this.cancel();
    this.thread = thread;
    this.showMode();
  }

  /** Takes a message of one's own into the field; what stood there comes back afterwards. */
  edit(message) {
    const before = this.editing?.before ?? this.draft();
    const { typed, raw } = retyped(message, this.mentionable);
    this.restore({ text: typed, thread: null, file: null, editing: { message, raw, typed, before } });
    this.field.focus();
    this.field.setSelectionRange(typed.length, typed.length);
  }

  cancel() {
    if (this.editing) this.restore(this.editing.before);
    else this.reply(null);
  }

  showMode() {
    const { editing, thread } = this;
    this.replying.hidden = !editing && !thread;
    this.replyingTo.textContent = editing
      ? `Editing your message. ${this.bot.name} does not read it again.`
      : `Replying to ${thread?.words}`;
    this.attachment.button.hidden = editing !== null;
    this.sendButton.setAttribute("aria-label", editing ? "Save" : "Send");
    this.sendButton.title = editing ? "Save" : "Send";
  }

  /** Puts a command into the field, addressed to the bot where that is needed; what was typed there waits for its turn. */
  fill(text) {
    if (this.editing) this.cancel();
    const typed = this.field.value;
    if (typed.trim() !== "" && typed !== this.filled) this.waiting = typed;
    this.filled = this.space.type === "group" ? `@${this.bot.name} ${text}` : text;
    this.field.value = this.filled;
    this.changed();
    this.field.focus();
  }

  mentionBot() {
    this.field.value = `@${this.bot.name} ${this.field.value.trimStart()}`;
    this.changed();
    this.field.focus();
  }

  /** The message as it would be sent now: {text} or {markdown}, or {} where there are no words. */
  body() {
    if (this.field.value.trim() === "") return {};
    if (this.editing?.raw) return { markdown: this.field.value };
    return outgoing(this.field.value, this.mentionable);
  }

  changed() {
    this.trouble.hidden = true;
    this.fit();
    const { markdown, text } = this.body();
    this.fits = this.counter.show(bytesOf(markdown ?? text ?? ""));
    const nothing = markdown === undefined && text === undefined && !this.attachment.file;
    this.sendButton.setAttribute("aria-disabled", String(nothing || !this.fits));
    this.showHint();
  }

  fit() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, TALLEST_PX)}px`;
  }

  showHint() {
    const deaf = this.space?.type === "group" && !this.editing && !mentions(this.field.value, this.bot);
    this.hint.hidden = !deaf;
    if (deaf && !this.hint.contains(this.mention)) {
      this.hint.replaceChildren("The bot reads only mentions:", this.mention);
    }
  }

  key(event) {
    if (this.completion.takeKey(event) || event.isComposing) return;
    if (event.key === "Escape" && (this.thread || this.editing)) this.cancel();
    if (event.key === "ArrowUp") this.editLast(event);
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.send();
  }

  editLast(event) {
    if (this.field.value !== "" || this.thread || this.editing || this.attachment.file) return;
    const message = this.acts.lastOwn();
    if (!message) return;
    event.preventDefault();
    this.edit(message);
  }

  async send() {
    const body = this.body();
    const draft = { ...this.draft(), place: this.place };
    if (!draft.file && Object.keys(body).length === 0) return;
    if (!this.fits) {
      this.complain(`This is too long: Webex takes at most ${MOST_BYTES.toLocaleString("en")} bytes. Nothing was sent.`);
      return;
    }
    this.restore(draft.editing ? draft.editing.before : { ...NOTHING, text: draft.waiting });
    this.field.focus();
    try {
      if (!draft.editing) await this.acts.onSend({ body, parentId: draft.thread?.id, file: draft.file });
      else if (draft.text !== draft.editing.typed) await this.acts.onEdit(draft.editing.message, body);
    } catch (error) {
      this.refused(error, draft);
    }
  }

  /** What could not be sent comes back, unless something else was begun meanwhile. */
  refused(error, { place, ...draft }) {
    if (this.place !== place) {
      this.drafts.set(place, draft);
      return;
    }
    const putBack = draft.editing ? draft.editing.before.text : draft.waiting;
    if (["", putBack].includes(this.field.value) && !this.attachment.file) this.restore(draft);
    this.complain(`Not ${draft.editing ? "changed" : "sent"}: ${error.message}`);
  }

  complain(words) {
    this.trouble.textContent = words;
    this.trouble.hidden = false;
  }
}
