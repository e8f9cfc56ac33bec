// Draws a card with the official renderer, or plainly until that is here.

import { el, openSafely, safeUrl } from "./dom.js";
import { fallbackCard } from "./fallback-card.js";
import { hostConfig } from "./hostconfig.js";
import { rendererReady } from "./renderer.js";
import { cardHtml } from "./text.js";

const CARD = "application/vnd.microsoft.card.adaptive";

/** The card that a message carries, or null. */
export function cardOf(message) {
  const [attachment] = message.attachments ?? [];
  return attachment?.contentType === CARD ? attachment.content : null;
}

/** `onSubmit(inputs, card)` hears of a pressed submit button once its inputs are valid. */
export function cardElement(content, onSubmit) {
  const status = el("p", { class: "card-status", role: "status" });
  // A form, so that the same choices in another card are another group; only its own buttons send it.
  const form = { novalidate: true, autocomplete: "off", onsubmit: (event) => event.preventDefault() };
  const element = el("form", { class: "card", ...form, dataset: { testid: "card" } });
  const actions = {
    submit: (inputs) => onSubmit(inputs, { element, status }),
    open: (address) => {
      status.textContent = openSafely(address) ? "" : "This link was not opened: only web addresses are.";
    },
  };
  element.append(drawn(content, actions), status);
  // Marks a form that somebody is filling in, so that it is not drawn again without need.
  element.addEventListener("input", () => (element.dataset.touched = "yes"));
  return element;
}

function drawn(content, actions) {
  if (!rendererReady()) return fallbackCard(content, actions);
  try {
    return officialCard(content, actions);
  } catch (error) {
    console.warn("The card renderer refused a card.", error);
    return fallbackCard(content, actions);
  }
}

function officialCard(content, actions) {
  const library = window.AdaptiveCards;
  library.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = cardHtml(text) ?? "";
    result.didProcess = true;
  };
  const card = new library.AdaptiveCard();
  card.hostConfig = new library.HostConfig(hostConfig);
  card.onExecuteAction = (action) => {
    if (action instanceof library.SubmitAction) actions.submit(asInputs(action.data));
    else if (action instanceof library.OpenUrlAction) actions.open(action.url);
  };
  card.parse(content, new library.SerializationContext(library.Versions.v1_3));
  const element = card.render();
  for (const link of element?.querySelectorAll("a[href]") ?? []) disarm(link);
  return element ?? fallbackCard(content, actions);
}

/** A press goes through the actions above, but the middle button would follow whatever address stands there. */
function disarm(link) {
  const address = link.getAttribute("href");
  if (!safeUrl(address) && !address.startsWith("mailto:")) link.removeAttribute("href");
}

function asInputs(data) {
  return data && typeof data === "object" ? { ...data } : {};
}
