// Draws one entry: a line to read, and on a press its details and where to go from there.

import { el } from "../dom.js";
import { KINDS } from "./inside-entries.js";

const NAMES = new Map(KINDS.map(([kind, , name]) => [kind, name]));
const LABELS = {
  about: "Event",
  resource: "Event",
  copies: "Copies",
  copy: "Copy",
  delivery: "Message number",
  error: "Error",
  failure: "Failure",
  fault: "Fault",
  how: "How",
  key: "Key",
  kind: "Work",
  message: "Message ID",
  method: "Method",
  outcome: "Outcome",
  parked: "Given up",
  path: "Path",
  result: "Result",
  service: "Service",
  shows: "Shows",
  space: "Space",
  theirs: "Their tracking ID",
  try: "Try",
  turn: "Turn",
  webex_tracking_id: "Their tracking ID",
  what: "What",
};

/** `acts`: {only(entry), request(number)}; `when` is what the row says of its time. */
export function row(entry, acts, when) {
  const details = el("div", { class: "inside-details", hidden: true });
  const button = el(
    "button",
    {
      type: "button",
      class: "inside-row",
      tabindex: "-1",
      "aria-expanded": "false",
      onclick: () => toggle(button, details, () => fill(details, entry, acts)),
    },
    el("span", { class: "inside-dot", "aria-hidden": "true" }),
    el("span", { class: "inside-words" }, entry.words),
    entry.status === null ? null : el("span", { class: "inside-status" }, String(entry.status)),
    el(
      "span",
      { class: "inside-small" },
      el("span", { class: "inside-when" }, when),
      ` · ${NAMES.get(entry.kind)}`,
      entry.seconds === null ? null : ` · ${duration(entry.seconds)}`,
      entry.bad ? el("span", { class: "inside-warning" }, " · Trouble") : null,
    ),
  );
  const classes = `inside-item inside-${entry.kind}${entry.bad ? " inside-bad" : ""}`;
  return el("li", { class: classes, dataset: { testid: "inside-entry", kind: entry.kind } }, button, details);
}

export function duration(seconds) {
  if (seconds < 0.0095) return `${+(seconds * 1000).toFixed(1)} ms`;
  if (seconds < 0.995) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 3600 ? `${Math.floor(whole / 60)} min ${whole % 60} s` : `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

export function clock(moment) {
  const date = new Date(moment);
  const two = (number) => String(number).padStart(2, "0");
  const millis = String(date.getMilliseconds()).padStart(3, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${millis}`;
}

function toggle(button, details, draw) {
  const open = details.hidden;
  if (open) draw();
  details.hidden = !open;
  button.setAttribute("aria-expanded", String(open));
}

function fill(details, entry, acts) {
  const facts = [
    ["Began", `${new Date(entry.at).toLocaleDateString("en-CA")} ${clock(entry.at)}`],
    ["Took", entry.seconds === null ? null : duration(entry.seconds)],
    ["Status", entry.status],
    ["Request", entry.request],
    ["Tracking ID", entry.trackingId],
    ...Object.entries(entry.facts).map(([name, value]) => [LABELS[name] ?? name, said(value)]),
  ].filter(([, value]) => value !== null);
  details.replaceChildren(
    el("dl", {}, ...facts.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, String(value))))),
    el(
      "p",
      { class: "inside-acts" },
      entry.trackingId ? act("Only this", () => acts.only(entry), "Show only what belongs to this tracking ID") : null,
      entry.request === null ? null : act(`Timeline of request ${entry.request}`, () => acts.request(entry.request)),
    ),
  );
}

function act(words, onclick, title = null) {
  return el("button", { type: "button", class: "inside-act", onclick, title }, words);
}

function said(value) {
  return value === true ? "yes" : value === false ? "no" : value;
}
