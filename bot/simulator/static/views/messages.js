// The conversation of the open space: draws again only what changed, so that forms keep what was typed.

import { byId, el, icon } from "../dom.js";
import { messageElement } from "./message.js";

const NEAR_PX = 60;
const MARGIN_PX = 8;
const ARROW = "M10 9V5l-7 7 7 7v-4.100c5 0 8.500 1.600 11 5.100-1-5-4-10-11-11z";

export class MessagesView {
  /** `context` is that of messageElement, with {onReply(root), welcome()} besides. */
  constructor(context) {
    this.context = context;
    this.list = byId("messages");
    this.scroller = byId("scroller");
    this.newest = byId("newest");
    this.clear();
    this.atEnd = true;
    this.scroller.addEventListener("scroll", () => this.scrolled());
    this.newest.addEventListener("click", () => this.toEnd());
    // Cards grow after they were drawn, and the window changes its size: the end stays in view if it was.
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(this.list);
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(this.scroller);
  }

  clear() {
    this.drawn = new Map();
    this.threads = new Map();
    this.list.replaceChildren();
  }

  /** `arrived` tells that somebody else's new message is among them. */
  show(messages, { arrived = false, redraw = false } = {}) {
    const focus = this.rememberFocus();
    const days = new Set();
    const items = [];
    for (const thread of messages.threads()) {
      const day = new Date(thread.root.created).toDateString();
      if (!days.has(day)) items.push(this.dayItem(day, thread.root.created));
      days.add(day);
      items.push(this.threadItem(thread, redraw));
    }
    arrange(this.list, items.length > 0 ? items : [this.context.welcome()]);
    this.forget(messages);
    this.restoreFocus(focus);
    if (this.atEnd) this.toEnd();
    else if (arrived) this.newest.hidden = false;
  }

  /** Never scrolls back up: somebody may be at the foot of a long form. */
  toEnd() {
    this.scroller.scrollTop = Math.max(this.scroller.scrollTop, this.end());
    this.atEnd = true;
    this.newest.hidden = true;
  }

  /** Where the newest message is in view, from its beginning if it is taller than the view. */
  end() {
    const { scrollHeight, clientHeight, scrollTop } = this.scroller;
    const last = [...this.list.querySelectorAll(".message")].at(-1);
    if (!last) return 0;
    const top = last.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top + scrollTop;
    return Math.min(scrollHeight - clientHeight, top - MARGIN_PX);
  }

  bring(id) {
    this.drawn.get(id)?.element.scrollIntoView({ block: "nearest" });
  }

  scrolled() {
    this.atEnd = this.scroller.scrollTop > this.end() - NEAR_PX;
    if (this.atEnd) this.newest.hidden = true;
  }

  dayItem(day, moment) {
    const known = this.threads.get(day);
    if (known) return known;
    const item = el("li", { class: "day" }, el("span", {}, dayName(moment)));
    this.threads.set(day, item);
    return item;
  }

  threadItem({ root, replies }, redraw) {
    const item = this.threads.get(root.id) ?? this.newThread(root);
    const [slot, answers] = item.children;
    arrange(slot, [this.element(root, redraw)]);
    arrange(answers, replies.map((reply) => this.element(reply, redraw)));
    answers.hidden = replies.length === 0;
    item.classList.toggle("has-replies", replies.length > 0);
    return item;
  }

  newThread(root) {
    const reply = el(
      "button",
      {
        type: "button",
        class: "reply",
        // Where there is no room for the words, the arrow alone is shown.
        "aria-label": "Reply in thread",
        dataset: { testid: "reply" },
        onclick: () => this.context.onReply(root.id),
      },
      icon(ARROW),
      el("span", {}, "Reply in thread"),
    );
    const answers = el("div", { class: "replies", role: "group", "aria-label": "Replies" });
    const item = el("li", { class: "thread" }, el("div", { class: "root" }), answers, reply);
    this.threads.set(root.id, item);
    return item;
  }

  element(message, redraw) {
    const state = JSON.stringify(message);
    const known = this.drawn.get(message.id);
    const touched = known?.element.querySelector("[data-touched]");
    if (known?.state === state && !(redraw && !touched)) return known.element;
    const element = messageElement(message, this.context);
    this.drawn.set(message.id, { state, element });
    return element;
  }

  forget(messages) {
    for (const id of this.drawn.keys()) if (!messages.get(id)) this.drawn.delete(id);
    for (const [id, item] of this.threads) if (!item.isConnected) this.threads.delete(id);
  }

  /** Where the keyboard is, in words that survive a new drawing of the message. */
  rememberFocus() {
    const control = document.activeElement;
    const article = control?.closest?.(".message");
    if (!article || !this.list.contains(article)) return null;
    const kind = control.tagName.toLowerCase();
    const index = [...article.querySelectorAll(kind)].indexOf(control);
    return { control, id: article.dataset.messageId, kind, index, words: control.textContent };
  }

  restoreFocus(focus) {
    if (!focus || (focus.control.isConnected && focus.control === document.activeElement)) return;
    const article = this.drawn.get(focus.id)?.element;
    const alike = [...(article?.querySelectorAll(focus.kind) ?? [])];
    const same = (one) => one?.textContent === focus.words;
    const twin = same(alike[focus.index]) ? alike[focus.index] : alike.find(same);
    const control = twin ?? article ?? this.scroller;
    control.focus({ preventScroll: true });
  }
}

/** Makes these the children, in this order, moving only what is out of place: a moved element loses its focus. */
function arrange(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  children.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
}

function dayName(moment) {
  const date = new Date(moment);
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 86_400_000);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return date.toLocaleDateString([], { weekday: "long", day: "numeric", month: "long" });
}
