// One message as an article: who, when, what was said, and the card.

import { cardOf } from "../card.js";
import { el } from "../dom.js";
import { messageNodes } from "../text.js";
import { framedCard } from "./card-frame.js";
import { fileElement } from "./filechip.js";
import { ownMenu } from "./own.js";
import { avatar } from "./people.js";

/** `context`: {people, me(), api(), press(message, inputs, card), own: {edit(message), remove(message)}}. */
export function messageElement(message, context) {
  const author = context.people.author(message);
  const card = cardOf(message);
  const nameOf = (who) => context.people.nameOf(who);
  return el(
    "article",
    {
      class: "message",
      tabindex: "-1",
      "aria-label": `${author.name}, ${clock(message.created)}`,
      dataset: { testid: "message", messageId: message.id, person: author.key },
    },
    avatar(author),
    el(
      "div",
      { class: "message-main" },
      head(message, author, context),
      // As in Webex, the text beside a card is only for those who cannot see the card.
      card
        ? framedCard(card, message.markdown ?? message.text, (inputs, drawn) => context.press(message, inputs, drawn))
        : words(message, nameOf),
      ...(message.files ?? []).map((address) => fileElement(address, context.api())),
    ),
    author.key === context.me().key ? ownMenu(message, context.own) : null,
  );
}

/** What is read out when a message arrives. */
export function spoken(message, context) {
  const words = cardOf(message) ? `a card. ${message.text ?? ""}` : (message.text ?? "");
  return `${context.people.author(message).name}: ${words}`.slice(0, 300);
}

/** A file may come without any. */
function words(message, nameOf) {
  if (!message.text && !message.markdown) return null;
  return el("div", { class: "message-text" }, messageNodes(message, nameOf));
}

function head(message, author, context) {
  return el(
    "header",
    { class: "message-head" },
    el("span", { class: "author" }, author.name),
    author.key === context.me().key ? el("span", { class: "tag" }, "You") : null,
    author.role === "bot" ? el("span", { class: "tag" }, "Bot") : null,
    el("time", { datetime: message.created, title: exactly(message.created) }, clock(message.created)),
    message.updated ? el("span", { class: "edited", title: `Edited ${exactly(message.updated)}` }, "Edited") : null,
  );
}

function exactly(moment) {
  return new Date(moment).toLocaleString([], { dateStyle: "full", timeStyle: "medium" });
}

function clock(moment) {
  return new Date(moment).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}
