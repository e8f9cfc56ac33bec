// Draws of a long conversation what is near the view, and keeps the height of the rest as empty space.

import { el } from "../dom.js";

// So few rows are drawn whole: it is only the long conversations that cost.
const FEW = 120;
const MARGIN_PX = 900;
const GUESS_PX = 72;

export class Rows {
  /** `draw(row)` gives the element of a row; a row is {key} and whatever else `draw` needs. */
  constructor({ scroller, list, draw }) {
    this.scroller = scroller;
    this.list = list;
    this.draw = draw;
    this.rows = [];
    this.elements = new Map();
    this.heights = new Map();
    this.measured = { count: 0, sum: 0 };
    this.held = null;
  }

  clear() {
    this.rows = [];
    this.elements.clear();
    this.heights.clear();
    this.held = null;
    this.list.replaceChildren();
  }

  /** These are the rows now. With `atEnd`, the last ones are drawn, else those that were in view stay there. */
  set(rows, { atEnd }) {
    this.rows = rows;
    this.update({ atEnd });
  }

  /** Draws what came near; done already where enough around the view is drawn. */
  follow() {
    this.hold();
    if (this.rows.length <= FEW) return;
    const { from, to } = this.near(this.heldTop(), MARGIN_PX / 2);
    for (let index = from; index < to; index += 1) {
      if (!this.elements.has(this.rows[index].key)) {
        this.update({ atEnd: false });
        return;
      }
    }
  }

  /** Draws the surroundings of a row and puts it at the top of the view. */
  goTo(key) {
    const index = this.rows.findIndex((row) => row.key === key);
    if (index < 0) return;
    const target = this.near(this.topOf(index), MARGIN_PX);
    this.arrange(target);
    const element = this.elements.get(key);
    this.scroller.scrollTop += element.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top;
    this.hold();
  }

  get lastIsDrawn() {
    const last = this.rows.at(-1);
    return last === undefined || this.elements.has(last.key);
  }

  update({ atEnd }) {
    this.measure();
    const top = atEnd ? this.topOf(this.rows.length) - this.scroller.clientHeight : this.heldTop();
    this.arrange(this.rows.length <= FEW ? { from: 0, to: this.rows.length } : this.near(top, MARGIN_PX));
    if (!atEnd) this.keepPlace();
    this.hold();
  }

  /** Remembers which row is at the top of the view, and where exactly. */
  hold() {
    const view = this.scroller.getBoundingClientRect().top;
    for (const [key, element] of this.elements) {
      const { top, bottom } = element.getBoundingClientRect();
      // A day's name goes up to its earlier messages when they come, so it is nothing to hold on to.
      if (bottom > view && element.isConnected && !element.matches(".day")) {
        this.held = { key, offset: top - view };
        return;
      }
    }
    this.held = null;
  }

  /** Puts the held row where it was, whatever came, went or grew above it. */
  keepPlace() {
    const element = this.held && this.elements.get(this.held.key);
    if (!element) return;
    const offset = element.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top;
    if (Math.abs(offset - this.held.offset) >= 1) this.scroller.scrollTop += offset - this.held.offset;
  }

  arrange({ from, to }) {
    const focused = this.focusedKey();
    const drawn = new Map();
    const children = [];
    let gap = 0;
    this.rows.forEach((row, index) => {
      // What the keyboard is in stays, however far away it was scrolled.
      if ((index < from || index >= to) && row.key !== focused) {
        gap += this.heightOf(row);
        return;
      }
      if (gap > 0) children.push(space(gap));
      gap = 0;
      const element = this.draw(row);
      drawn.set(row.key, element);
      children.push(element);
    });
    if (gap > 0) children.push(space(gap));
    this.elements = drawn;
    arrange(this.list, children);
  }

  focusedKey() {
    const focused = document.activeElement;
    if (!this.list.contains(focused)) return null;
    for (const [key, element] of this.elements) if (element.contains(focused)) return key;
    return null;
  }

  measure() {
    for (const [key, element] of this.elements) {
      const { height } = element.getBoundingClientRect();
      if (!this.heights.has(key)) {
        this.measured.count += 1;
        this.measured.sum += height;
      }
      this.heights.set(key, height);
    }
  }

  heightOf({ key }) {
    const { count, sum } = this.measured;
    return this.heights.get(key) ?? (count > 0 ? sum / count : GUESS_PX);
  }

  topOf(index) {
    let top = 0;
    for (let at = 0; at < index; at += 1) top += this.heightOf(this.rows[at]);
    return top;
  }

  /** Where the view begins among these rows, of which some may have come above it just now. */
  heldTop() {
    const index = this.held ? this.rows.findIndex((row) => row.key === this.held.key) : -1;
    return index < 0 ? this.viewTop() : this.topOf(index) - this.held.offset;
  }

  /** Where the view begins, counted from the beginning of the list. */
  viewTop() {
    return this.scroller.getBoundingClientRect().top - this.list.getBoundingClientRect().top;
  }

  /** The rows from `margin` above the view to `margin` below it. */
  near(top, margin) {
    const bottom = top + this.scroller.clientHeight + margin;
    let from = 0;
    let to = 0;
    let y = 0;
    for (const row of this.rows) {
      if (y >= bottom) break;
      y += this.heightOf(row);
      to += 1;
      if (y <= top - margin) from += 1;
    }
    return { from: Math.min(from, to), to };
  }
}

function space(height) {
  const element = el("li", { class: "gap", role: "presentation" });
  element.style.height = `${height}px`;
  return element;
}

/** Makes these the children, in this order, moving only what is out of place: a moved element loses its focus. */
export function arrange(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  children.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
}
