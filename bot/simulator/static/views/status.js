// Says how the connection and the bot are, and what keeps cards from being drawn properly.

import { byId, el } from "../dom.js";

const RESTORED_MS = 4000;
const WORDS = {
  online: "Connected",
  lost: "Connection lost. Trying again…",
  restored: "Connection restored",
};
const RUNNING_AGAIN_MS = 4000;
const BOT_WORDS = { stopped: "stopped", starting: "starting…", failed: "does not start", running: "running again" };
const AFTER = { kill: "stopped", start: "running" };

let fading = 0;
let settling = 0;

export function showConnection(state) {
  const line = byId("connection");
  clearTimeout(fading);
  if (line.dataset.state === state) return;
  line.dataset.state = state;
  line.textContent = WORDS[state];
  if (state === "restored") fading = setTimeout(() => showConnection("online"), RESTORED_MS);
}

/** Only a bot that is not well, or has just got well, is worth a line; `kind` is what was just done to it. */
export function showBotState(bot, { state, kind }) {
  const line = byId("bot-state");
  const now = kind === "failed" ? "failed" : String(state ?? AFTER[kind] ?? "");
  const words = BOT_WORDS[now];
  clearTimeout(settling);
  if (!words || (now === "running" && line.hidden)) {
    line.hidden = true;
    return;
  }
  line.hidden = false;
  line.textContent = `${bot.name}: ${words}`;
  if (now === "running") settling = setTimeout(() => (line.hidden = true), RUNNING_AGAIN_MS);
}

export function showRendererMissing({ reason, command }) {
  const notice = byId("notice");
  if (!reason) {
    tell(notice, ["Fetching the card renderer. Until it is here, cards are drawn plainly."]);
    return;
  }
  tell(notice, [
    "Cards are drawn plainly, because the card renderer is missing. To fetch it, run ",
    el("code", {}, command),
    `. ${reason}`,
  ]);
}

export function showTrouble(message) {
  tell(byId("trouble"), [message]);
}

export function clearTrouble() {
  byId("trouble").hidden = true;
}

export function rendererArrived() {
  byId("notice").hidden = true;
}

/** Nothing is said twice in a row: a screen reader would read it out again. */
function tell(notice, parts) {
  const words = parts.map((part) => part.textContent ?? part).join("");
  if (notice.hidden || notice.textContent !== words) notice.replaceChildren(...parts);
  notice.hidden = false;
}
