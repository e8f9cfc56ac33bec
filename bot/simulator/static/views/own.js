// What people can do with a message of their own: edit it, and delete it after being asked once more.

import { el, icon } from "../dom.js";

const DOTS =
  "M6 10a2 2 0 1 1 0 4 2 2 0 0 1 0-4zm6 0a2 2 0 1 1 0 4 2 2 0 0 1 0-4zm6 0a2 2 0 1 1 0 4 2 2 0 0 1 0-4z";

/** Webex takes no edit of a message with a file or a card. */
export function editable(message) {
  return !message.files?.length && !message.attachments?.length;
}

/** `own`: {edit(message), remove(message)}, of which the latter answers with a promise. */
export function ownMenu(message, own) {
  return new OwnMenu(message, own).element;
}

class OwnMenu {
  constructor(message, own) {
    this.message = message;
    this.own = own;
    this.button = el(
      "button",
      {
        type: "button",
        class: "own-button",
        "aria-label": "Edit or delete your message",
        "aria-haspopup": "menu",
        "aria-expanded": "false",
        dataset: { testid: "own" },
        onclick: () => (this.panel.hidden ? this.open() : this.close()),
      },
      icon(DOTS),
    );
    this.panel = el("div", { class: "own-panel", hidden: true });
    this.element = el("div", { class: "own", onkeydown: (event) => this.key(event), onfocusout: (event) => this.left(event) });
    this.element.append(this.button, this.panel);
  }

  open() {
    const items = [
      editable(this.message) ? this.item("Edit", () => this.edit()) : null,
      this.item("Delete", () => this.ask()),
    ].filter(Boolean);
    this.show(el("div", { role: "menu", "aria-label": "Your message" }, ...items), items[0]);
  }

  /** Asked where the press was, with the harmless answer first. */
  ask() {
    const words = el("p", { id: `delete-${this.message.id}` }, "Delete this message for everybody?");
    const keep = this.choice("Keep it", "own-choice", () => this.close());
    const remove = this.choice("Delete", "own-choice danger", () => this.remove());
    const row = el("div", { class: "own-choices" }, keep, remove);
    this.show(el("div", { role: "alertdialog", "aria-labelledby": words.id, class: "own-question" }, words, row), keep);
  }

  edit() {
    this.close({ focus: false });
    this.own.edit(this.message);
  }

  async remove() {
    try {
      await this.own.remove(this.message);
    } catch (error) {
      const words = el("p", { role: "alert", class: "own-question" }, `Not deleted: ${error.message}`);
      this.show(words, this.button);
    }
  }

  show(content, focused) {
    this.panel.replaceChildren(content);
    this.panel.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    focused.focus();
    this.panel.scrollIntoView({ block: "nearest" });
  }

  close({ focus = true } = {}) {
    this.panel.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    if (focus) this.button.focus();
  }

  key(event) {
    if (this.panel.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") this.close();
    else if (step) this.move(step);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  move(step) {
    const controls = [...this.panel.querySelectorAll("button")];
    const at = controls.indexOf(document.activeElement);
    controls[(at + step + controls.length) % controls.length]?.focus();
  }

  left(event) {
    // Replacing what has the focus takes it away for a moment, to nowhere.
    if (event.relatedTarget && !this.element.contains(event.relatedTarget)) this.close({ focus: false });
  }

  item(words, onclick) {
    return el("button", { type: "button", role: "menuitem", class: "own-item", onclick }, words);
  }

  choice(words, kind, onclick) {
    return el("button", { type: "button", class: kind, onclick }, words);
  }
}
