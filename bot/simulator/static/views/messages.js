// The conversation of the open space: draws again only what changed, so that forms keep what was typed.

import { byId } from "../dom.js";
import { rememberFocus, restoreFocus } from "./focus.js";
import { messageElement } from "./message.js";
import { arrange, Rows } from "./rows.js";
import { dayElement, rowsOf, threadFrame } from "./thread.js";

const NEAR_PX = 60;
const MARGIN_PX = 8;
const READ_AHEAD_PX = 1500;

export class MessagesView {
  /** `context` is that of messageElement, with {onReply(rootId), onTop(), welcome()} besides. */
  constructor(context) {
    this.context = context;
    this.list = byId("messages");
    this.scroller = byId("scroller");
    this.newest = byId("newest");
    this.rows = new Rows({ scroller: this.scroller, list: this.list, draw: (row) => this.rowElement(row) });
    this.kept = new Map();
    this.clear();
    this.atEnd = true;
    this.scroller.addEventListener("scroll", () => this.scrolled());
    this.newest.addEventListener("click", () => this.goToEnd());
    // Cards grow after they were drawn, and the window changes its size: the end stays in view if it was.
    const grown = new ResizeObserver(() => (this.atEnd ? this.toEnd() : this.rows.keepPlace()));
    grown.observe(this.list);
    grown.observe(this.scroller);
  }

  /** Forms that somebody has begun to fill in are kept for `owner`, by whom they are taken up again. */
  clear(owner = null) {
    if (this.owner) this.kept.set(this.owner, new Map([...(this.kept.get(this.owner) ?? []), ...this.touched()]));
    this.owner = owner;
    this.drawn = new Map(this.kept.get(owner) ?? []);
    this.frames = new Map();
    this.messages = null;
    this.lastTop = 0;
    this.rows.clear();
  }

  /** `arrived` tells that somebody else's new message is among them. */
  show(messages, { arrived = false, redraw = false } = {}) {
    const focus = rememberFocus(this.list);
    if (redraw) this.redraw();
    this.messages = messages;
    const rows = rowsOf(messages.threads());
    // Messages that went take what was drawn of them along; forms may be further back than was read by now.
    for (const [id, { touched }] of this.drawn) if (!touched && !messages.get(id)) this.drawn.delete(id);
    this.rows.set(rows, { atEnd: this.atEnd });
    if (rows.length === 0) arrange(this.list, [this.context.welcome()]);
    this.forget();
    const become = restoreFocus(focus, { articleOf: (id) => this.drawn.get(id)?.element, fallback: this.scroller });
    if (this.atEnd) this.toEnd();
    else if (arrived) this.newest.hidden = false;
    if (become) this.fromItsBeginning(become);
  }

  /** A form that became something else while somebody was at its foot is read from the top, as on a phone it is long. */
  fromItsBeginning(article) {
    this.scroller.scrollTop = Math.min(this.scroller.scrollTop, this.topOf(article) - MARGIN_PX);
    this.lastTop = this.scroller.scrollTop;
  }

  /** Never scrolls back up: somebody may be at the foot of a long form. */
  toEnd() {
    if (!this.rows.lastIsDrawn) this.rows.update({ atEnd: true });
    this.scroller.scrollTop = Math.max(this.scroller.scrollTop, this.end());
    this.lastTop = this.scroller.scrollTop;
    this.atEnd = true;
    this.newest.hidden = true;
    this.rows.hold();
  }

  /** Something below the messages came or went. */
  settle() {
    if (this.atEnd) this.toEnd();
  }

  goToEnd() {
    this.toEnd();
    this.forget();
  }

  /** Where the newest message is in view, from its beginning if it is taller than the view. */
  end() {
    const { scrollHeight, clientHeight } = this.scroller;
    const last = [...this.list.querySelectorAll(".message")].at(-1);
    return last ? Math.min(scrollHeight - clientHeight, this.topOf(last) - MARGIN_PX) : 0;
  }

  topOf(article) {
    return article.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top + this.scroller.scrollTop;
  }

  bring(id) {
    const root = this.messages?.rootOf(this.messages.get(id));
    if (!this.drawn.get(id)?.element.isConnected && root) this.rows.goTo(root.id);
    this.drawn.get(id)?.element.scrollIntoView({ block: "nearest" });
  }

  scrolled() {
    const { scrollTop } = this.scroller;
    const upwards = scrollTop < this.lastTop;
    this.lastTop = scrollTop;
    // Only going up leaves the end: what grows below has not been caught up with yet.
    if (upwards || !this.atEnd) this.atEnd = this.rows.lastIsDrawn && scrollTop > this.end() - NEAR_PX;
    if (this.atEnd) this.newest.hidden = true;
    this.rows.follow();
    this.forget();
    if (upwards && scrollTop < READ_AHEAD_PX) this.context.onTop();
  }

  rowElement(row) {
    if (row.day) return this.framed(row.key, () => ({ item: dayElement(row.day) })).item;
    const { root, replies, follows } = row;
    const { item, slot, answers } = this.framed(root.id, () => threadFrame(() => this.context.onReply(root.id)));
    arrange(slot, [this.element(root)]);
    arrange(answers, replies.map((reply) => this.element(reply)));
    answers.hidden = replies.length === 0;
    item.classList.toggle("has-replies", replies.length > 0);
    item.classList.toggle("follows", follows);
    return item;
  }

  framed(key, make) {
    if (!this.frames.has(key)) this.frames.set(key, make());
    return this.frames.get(key);
  }

  element(message) {
    const known = this.drawn.get(message.id);
    if (known && known.message !== message && known.touched) known.message = this.sameAgain(known, message);
    if (known?.message === message) return known.element;
    const element = messageElement(message, this.context);
    this.drawn.set(message.id, { message, element });
    return element;
  }

  /** A form taken up again belongs to a message that was read anew meanwhile, and may have been edited. */
  sameAgain(known, message) {
    return JSON.stringify(known.message) === JSON.stringify(message) ? message : known.message;
  }

  redraw() {
    this.drawn = this.touched();
  }

  touched() {
    const entries = [...this.drawn].filter(([, { element }]) => element.querySelector("[data-touched]"));
    return new Map(entries.map(([id, entry]) => [id, { ...entry, touched: true }]));
  }

  /** What was scrolled away is drawn again when it comes back, but for forms that somebody has begun to fill in. */
  forget() {
    for (const [id, { element }] of this.drawn) {
      if (!element.isConnected && !element.querySelector("[data-touched]")) this.drawn.delete(id);
    }
    for (const [key, { item }] of this.frames) if (!item.isConnected) this.frames.delete(key);
  }
}
