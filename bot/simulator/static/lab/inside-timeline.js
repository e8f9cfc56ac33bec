// The timeline of one request: everything that touched it, in time, with a bar for when each thing began and ended.

import { el } from "../dom.js";
import { duration, row } from "./inside-row.js";
import { Rows } from "./inside-rows.js";

// While a person thinks, nothing happens: such a pause is said, not drawn, or the bars would be hairs.
const PAUSE_SECONDS = 1.5;
const THINNEST = 0.6;

export class Timeline {
  constructor(acts, { onBack }) {
    this.acts = acts;
    this.title = el("h3", { class: "inside-title", tabindex: "-1" });
    this.summary = el("p", { class: "inside-summary" });
    const back = el("button", { type: "button", class: "inside-act", onclick: onBack }, "Back to the list");
    const list = el("ol", { class: "inside-list", "aria-label": "Timeline", dataset: { testid: "inside-timeline" } });
    this.rows = new Rows(list);
    this.root = el(
      "div",
      { class: "inside-scroller inside-time", hidden: true },
      el("header", { class: "inside-head" }, el("div", {}, this.title, this.summary), back),
      list,
    );
  }

  focus() {
    this.title.focus();
  }

  /** `found` is the answer for it, null if nothing is known of it, undefined while it is being read. */
  show(number) {
    const { found } = this;
    this.title.textContent = found?.state ? `Request ${number}: ${found.state}` : `Request ${number}`;
    this.summary.textContent = summary(found);
    const acts = found ? stretches(found.entries) : [];
    this.rows.show(acts.flatMap((act) => [...gap(act), ...act.entries.map((entry) => this.line(entry, act))]));
  }

  line(entry, act) {
    return {
      key: entry.n,
      make: () => {
        const item = row(entry, this.acts, since(entry.after));
        const bar = el("span", { class: "inside-bar", "aria-hidden": "true" }, el("span", { class: "inside-fill" }));
        item.querySelector(".inside-row").append(bar);
        return item;
      },
      update: (item) => place(item.querySelector(".inside-fill"), entry, act),
    };
  }
}

/** Entries with no long pause between them: [{began, ended, pause, entries}]. */
function stretches(entries) {
  const found = [];
  for (const entry of entries) {
    const end = entry.after + (entry.seconds ?? 0);
    const last = found.at(-1);
    if (last && entry.after - last.ended < PAUSE_SECONDS) {
      last.entries.push(entry);
      last.ended = Math.max(last.ended, end);
    } else {
      found.push({ began: entry.after, ended: end, pause: last ? entry.after - last.ended : 0, entries: [entry] });
    }
  }
  return found;
}

/** Always in the same unit, so that moments can be compared down the list. */
function since(seconds) {
  return seconds < 100 ? `+${seconds.toFixed(3)} s` : `+${duration(seconds)}`;
}

function gap({ began, pause }) {
  if (pause === 0) return [];
  // The key holds the words, as a pause may shrink when a late line tells of something in it.
  const words = `${duration(pause)} later`;
  return [{ key: `pause ${began} ${words}`, make: () => el("li", { class: "inside-pause" }, words) }];
}

function place(fill, entry, { began, ended }) {
  const whole = Math.max(ended - began, 0.001);
  const width = Math.max((100 * (entry.seconds ?? 0)) / whole, THINNEST);
  const left = Math.min((100 * (entry.after - began)) / whole, 100 - THINNEST);
  fill.style.left = `${left}%`;
  fill.style.width = `${Math.min(width, 100 - left)}%`;
}

function summary(found) {
  if (found === undefined) return "Reading…";
  if (found === null) return "Nothing is known of it any more.";
  const { length } = found.entries;
  return `${length} ${length === 1 ? "entry" : "entries"} in ${duration(found.seconds)}`;
}
