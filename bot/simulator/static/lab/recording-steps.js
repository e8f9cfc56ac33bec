// Draws one step of a recording, and names the file that a recording is saved in.

import { el } from "../dom.js";

/** `unfolded` holds the places of the steps whose whole text is shown, and is kept up to date. */
export function stepItem({ kind, who, words, lines, buttons }, place, unfolded) {
  return el(
    "li",
    { class: `recording-step recording-${kind}` },
    el("span", { class: "recording-who" }, who),
    kind === "shown" && lines.length + buttons.length > 0 ? folded({ words, lines, buttons }, place, unfolded) : plain(kind, words, lines),
  );
}

function plain(kind, words, lines) {
  return el(
    "div",
    {},
    el("span", { class: kind === "presses" ? "recording-chip" : "recording-words" }, words),
    ...lines.map((line) => el("div", { class: "recording-line" }, line)),
  );
}

function folded({ words, lines, buttons }, place, unfolded) {
  const chips = buttons.map((title) => el("span", { class: "recording-chip" }, title));
  const details = el(
    "details",
    { open: unfolded.has(place) },
    el("summary", { class: "recording-words" }, words),
    ...lines.map((line) => el("div", { class: "recording-line" }, line)),
    chips.length > 0 ? el("div", { class: "recording-chips" }, ...chips) : null,
  );
  details.addEventListener("toggle", () => (details.open ? unfolded.add(place) : unfolded.delete(place)));
  return details;
}

/** As the server names it: letters without accents, digits and hyphens. */
export function fileName(title) {
  const plainTitle = title.normalize("NFKD").replace(/[^\x20-\x7e]/g, "").toLowerCase();
  const words = plainTitle.replace(/[^a-z0-9]+/g, "-").slice(0, 60).replace(/^-+|-+$/g, "");
  return `${words || "session"}.dialogue.yaml`;
}
