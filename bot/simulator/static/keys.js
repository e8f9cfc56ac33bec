// The keyboard in the chat: to the field and back, from message to message, and into what a message offers.

import { byId } from "./dom.js";
import { singleKeys } from "./shortcuts.js";

const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea";

/** Keys that work everywhere on a page; `onWrite()` goes to the field, `onSwitch()` to the other person's window. */
export function pageKeys({ dialog, onWrite, onSwitch }) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || document.querySelector("dialog[open]")) return;
    const wanted = actionOf(event, { dialog, onWrite, onSwitch });
    if (!wanted) return;
    event.preventDefault();
    wanted();
  });
}

function actionOf(event, { dialog, onWrite, onSwitch }) {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey) return key.toLowerCase() === "k" && !event.shiftKey ? onWrite : null;
  if (key === "F6") return event.shiftKey ? null : onSwitch;
  if (isField(target) || !singleKeys()) return null;
  if (key === "/") return onWrite;
  return key === "?" ? () => dialog.showModal() : null;
}

export class ChatKeys {
  constructor(app, { dialog, onSwitch }) {
    this.app = app;
    this.scroller = byId("scroller");
    this.list = byId("messages");
    this.named = 0;
    const onWrite = () => app.composer.field.focus();
    pageKeys({ dialog, onWrite, onSwitch });
    this.scroller.addEventListener("keydown", (event) => this.inMessages(event));
    this.list.addEventListener("focusin", ({ target }) => this.describe(target));
    const composer = byId("composer");
    // What Escape ends in the composer must be known before it is ended.
    composer.addEventListener("keydown", () => (this.busy = composing(composer)), { capture: true });
    composer.addEventListener("keydown", (event) => this.leave(event));
  }

  /** The messages as they are read, also those that are too far away to be drawn now. */
  order() {
    return this.app.messages.threads().flatMap(({ root, replies }) => [root, ...replies]);
  }

  leave(event) {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing || this.busy) return;
    event.preventDefault();
    this.scroller.focus();
    this.goTo(this.order().at(-1));
  }

  inMessages(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const message = event.target.closest(".message");
    const isInside = event.target !== this.scroller && event.target !== message;
    const wanted = isInside ? this.out(event, message) : this.onMessage(event.key, message);
    if (!wanted) return;
    event.preventDefault();
    wanted();
  }

  out({ key }, message) {
    return key === "Escape" && message ? () => message.focus() : null;
  }

  onMessage(key, message) {
    const order = this.order();
    const last = order.length - 1;
    const at = message ? order.findIndex(({ id }) => id === message.dataset.messageId) : last + 1;
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: last }[key];
    if (to !== undefined) return () => this.goTo(order[Math.min(Math.max(to, 0), last)]);
    if (key === "Escape") return () => this.app.composer.field.focus();
    if (!message) return null;
    if (key === "Enter") return () => controls(message)[0]?.focus();
    return key.toLowerCase() === "r" && singleKeys() ? () => this.reply(message) : null;
  }

  goTo(message) {
    if (!message) return;
    this.app.view.bring(message.id);
    this.list.querySelector(`[data-message-id="${CSS.escape(message.id)}"]`)?.focus();
  }

  reply(message) {
    const { messages } = this.app;
    const known = messages.get(message.dataset.messageId);
    if (known) this.app.replyTo(messages.rootOf(known).id);
  }

  /** A message that gets the focus is read out whole, not by its name alone. */
  describe(target) {
    const said = target.matches(".message") && target.querySelector(".message-main");
    if (!said) return;
    said.id ||= `said-${(this.named += 1)}`;
    target.setAttribute("aria-describedby", said.id);
  }
}

/** Whether a reply or an edit is under way, which Escape ends first. */
function composing(composer) {
  const cancel = composer.querySelector(".cancel");
  return cancel !== null && cancel.getClientRects().length > 0;
}

function controls(message) {
  return [...message.querySelectorAll(CONTROLS)].filter((one) => one.getClientRects().length > 0);
}

function isField(target) {
  return target.isContentEditable || target.matches?.("input, select, textarea") === true;
}
