// A dialog with the JSON of one card, how large it is, and a way to take it to Webex's own designer.

import { checkCard } from "../card-checks.js";
import { el } from "../dom.js";

const DESIGNER = "https://developer.webex.com/buttons-and-cards-designer";
const SAID_MS = 4000;

/** `words` is the text for those who cannot see the card. The keyboard returns to where it was. */
export async function showCardJson(card, words) {
  const before = document.activeElement;
  const message = before?.closest(".message")?.dataset.messageId;
  const dialog = jsonDialog(card, words, await checkCard(card));
  dialog.addEventListener("close", () => {
    dialog.remove();
    (before?.isConnected ? before : twinOf(before, message))?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}

function jsonDialog(card, words, { bytes, limit, flags }) {
  const json = JSON.stringify(card, null, 2);
  const label = "The card’s JSON";
  const code = el("pre", { class: "card-json-text", tabindex: "0", role: "region", "aria-label": label }, json);
  const said = el("p", { class: "card-json-said", role: "status" });
  const dialog = el(
    "dialog",
    { class: "card-dialog", "aria-labelledby": "card-json-title", closedby: "any", dataset: { testid: "card-json" } },
    el(
      "header",
      {},
      el("h2", { id: "card-json-title" }, "Card JSON"),
      el("p", { class: "card-json-size" }, sizeWords(bytes, limit)),
      el("button", { type: "button", class: "card-json-close", onclick: () => dialog.close() }, "Close"),
    ),
    remarks(flags),
    code,
    el(
      "details",
      { class: "card-json-words" },
      el("summary", {}, "Text for those who cannot see the card"),
      el("p", {}, words || "There is none."),
    ),
    el(
      "footer",
      {},
      el(
        "button",
        { type: "button", class: "card-json-copy", autofocus: true, onclick: () => copy(json, code, said) },
        "Copy for the card designer",
      ),
      el("a", { href: DESIGNER, target: "_blank", rel: "noopener noreferrer" }, "Open Webex’s card designer"),
      said,
    ),
  );
  return dialog;
}

function sizeWords(bytes, limit) {
  const kilobytes = (number) => `${Number((number / 1024).toFixed(1))} KB`;
  return limit ? `${kilobytes(bytes)} of the ${kilobytes(limit)} that Webex allows` : kilobytes(bytes);
}

function remarks(flags) {
  if (flags.length === 0) return null;
  const items = flags.map((words) => el("li", {}, words));
  return el("div", { class: "card-json-flags" }, el("h3", {}, "Look at this card"), el("ul", {}, ...items));
}

async function copy(json, code, said) {
  said.textContent = (await copied(json)) ? "Copied" : selected(code);
  setTimeout(() => (said.textContent = ""), SAID_MS);
}

async function copied(json) {
  try {
    await navigator.clipboard.writeText(json);
    return true;
  } catch {
    // A page that is not trusted with the clipboard, or a browser without one.
    return false;
  }
}

function selected(code) {
  code.focus();
  window.getSelection().selectAllChildren(code);
  return "The JSON is selected: press Ctrl+C (or ⌘C) to copy it";
}

/** The same button of the same message, which may have been drawn anew meanwhile. */
function twinOf(button, message) {
  const articles = [...document.querySelectorAll(".message")];
  const article = articles.find((one) => message !== undefined && one.dataset.messageId === message);
  return article?.querySelector(`.${button.className}`) ?? article;
}
