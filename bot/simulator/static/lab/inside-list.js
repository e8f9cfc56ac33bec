// The live list, newest at the bottom: it follows what comes unless somebody has scrolled up to read.

import { el } from "../dom.js";
import { clock, row } from "./inside-row.js";
import { Rows } from "./inside-rows.js";

const WINDOW = 150;
const MOST_ROWS = 900;
const NEAR_PX = 24;

export class List {
  constructor(acts) {
    this.acts = acts;
    this.entries = [];
    this.following = true;
    this.size = WINDOW;
    this.earlier = el(
      "button",
      { type: "button", class: "inside-more", hidden: true, onclick: () => this.showEarlier() },
      "Show earlier",
    );
    this.newest = el(
      "button",
      { type: "button", class: "inside-newest", hidden: true, onclick: () => this.jump() },
      "Newest ↓",
    );
    this.none = el("p", { class: "inside-none" });
    const list = el("ol", { class: "inside-list", "aria-label": "What happened", dataset: { testid: "inside-list" } });
    this.rows = new Rows(list);
    this.scroller = el("div", { class: "inside-scroller", onscroll: () => this.scrolled() }, this.earlier, list, this.none);
    this.root = el("div", { class: "inside-stage" }, this.scroller, this.newest);
    // Narrower rows are higher: the end stays in sight while somebody changes the width.
    new ResizeObserver(() => this.following && this.scrollDown()).observe(this.scroller);
  }

  /** `none`: what to say of an empty list, if it is not that nothing has happened yet. */
  show(entries, { none }) {
    this.entries = entries;
    this.draw();
    this.none.textContent = none ?? "Nothing has happened yet. Write to the bot, and everything it does shows here.";
    this.none.hidden = entries.length > 0;
  }

  /** Into sight and focus; further up, what comes does not push it away again. */
  bring(n) {
    const button = this.rows.items.get(n)?.querySelector(".inside-row");
    button?.scrollIntoView({ block: "nearest" });
    button?.focus({ preventScroll: true });
  }

  toEnd() {
    this.following = true;
    this.size = WINDOW;
  }

  jump() {
    this.toEnd();
    this.draw();
    this.rows.become(this.rows.buttons().at(-1));
    this.rows.current?.focus();
  }

  draw() {
    const start = this.start();
    const shown = this.entries.slice(start, start + MOST_ROWS);
    this.first = shown[0];
    this.rows.show(shown.map((entry) => ({ key: entry.n, make: () => row(entry, this.acts, clock(entry.at)) })));
    this.earlier.hidden = start === 0;
    this.complete = start + shown.length === this.entries.length;
    if (this.following) this.scrollDown();
    this.newest.hidden = this.following;
  }

  /** Where the window begins: near the end, or where somebody is reading. */
  start() {
    const near = Math.max(0, this.entries.length - this.size);
    if (this.following || !this.first) return near;
    const at = this.entries.findIndex(({ n, place }) => n === this.first.n || place > this.first.place);
    return at < 0 ? near : at;
  }

  showEarlier() {
    const start = Math.max(0, this.start() - WINDOW);
    const before = this.first;
    this.following = false;
    this.size += WINDOW;
    this.first = this.entries[start];
    const height = this.scroller.scrollHeight - this.scroller.scrollTop;
    this.draw();
    // What was read stays where it is; the new rows are above.
    this.scroller.scrollTop = this.scroller.scrollHeight - height;
    const item = before && this.rows.items.get(before.n);
    item?.querySelector(".inside-row").focus({ preventScroll: true });
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    if (clientHeight === 0) return;
    const atEnd = scrollHeight - scrollTop - clientHeight < NEAR_PX && this.complete;
    if (atEnd === this.following) return;
    this.following = atEnd;
    if (atEnd) this.size = WINDOW;
    this.newest.hidden = atEnd;
  }

  scrollDown() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }
}
