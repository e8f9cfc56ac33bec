// A card with what a designer wants to know of it: its flags under it, and its JSON one click away.

import { checkCard } from "../card-checks.js";
import { cardElement } from "../card.js";
import { el } from "../dom.js";
import { showCardJson } from "./card-json.js";

/** `words` is what the message says beside the card; `onSubmit` is that of cardElement. */
export function framedCard(card, words, onSubmit) {
  const flags = el("div", { class: "card-flags" });
  checkCard(card).then((seen) => flags.append(flagList(seen.flags) ?? ""));
  return el("div", { class: "card-frame" }, cardElement(card, onSubmit), jsonButton(card, words), flags);
}

/** A mark that opens into the list of what to look at; null for a card without flags. */
export function flagList(flags) {
  if (flags.length === 0) return null;
  const items = flags.map((words) => el("li", {}, words));
  return el(
    "details",
    { class: "card-mark", dataset: { testid: "flags" } },
    el("summary", {}, "Look at this card"),
    el("ul", {}, ...items),
  );
}

export function jsonButton(card, words) {
  const onclick = () => showCardJson(card, words);
  return el("button", { type: "button", class: "card-json", "aria-haspopup": "dialog", onclick }, "Card JSON");
}
