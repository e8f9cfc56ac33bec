// Turns threads into the rows of a conversation: days, and first messages with what was replied to them.

import { el, icon } from "../dom.js";

const ARROW = "M10 9V5l-7 7 7 7v-4.100c5 0 8.500 1.600 11 5.100-1-5-4-10-11-11z";
// What one person says in so short a time stands together under one name, as in Webex.
const TOGETHER_MS = 5 * 60_000;

/** [{key, day} or {key, root, replies, follows}] in reading order. */
export function rowsOf(threads) {
  const rows = [];
  let day = "";
  let before = null;
  for (const { root, replies } of threads) {
    const itsDay = dayOf(root.created);
    if (itsDay !== day) rows.push({ key: itsDay, day: root.created });
    const follows = itsDay === day && belongsTo(before, root) && replies.length === 0;
    rows.push({ key: root.id, root, replies, follows });
    before = replies.length === 0 ? root : null;
    day = itsDay;
  }
  return rows;
}

export function dayElement(moment) {
  return el("li", { class: "day" }, el("span", {}, dayName(moment)));
}

/** The empty frame of a thread: {item, slot, answers}. */
export function threadFrame(onReply) {
  const reply = el(
    "button",
    {
      type: "button",
      class: "reply",
      // Where there is no room for the words, the arrow alone is shown.
      "aria-label": "Reply in thread",
      dataset: { testid: "reply" },
      onclick: onReply,
    },
    icon(ARROW),
    el("span", {}, "Reply in thread"),
  );
  const slot = el("div", { class: "root" });
  const answers = el("div", { class: "replies", role: "group", "aria-label": "Replies" });
  return { item: el("li", { class: "thread" }, slot, answers, reply), slot, answers };
}

function belongsTo(before, message) {
  if (before === null || before.personId !== message.personId) return false;
  return Date.parse(message.created) - Date.parse(before.created) < TOGETHER_MS;
}

const days = new Map();

/** Remembered for each minute: asking the calendar about each of thousands of messages takes its time. */
function dayOf(moment) {
  const minute = moment.slice(0, 16);
  if (!days.has(minute)) days.set(minute, new Date(moment).toDateString());
  return days.get(minute);
}

function dayName(moment) {
  const date = new Date(moment);
  const ago = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 86_400_000);
  if (ago === 0) return "Today";
  if (ago === 1) return "Yesterday";
  return date.toLocaleDateString([], { weekday: "long", day: "numeric", month: "long" });
}
