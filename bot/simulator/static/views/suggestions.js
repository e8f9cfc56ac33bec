// Things for newcomers to try: one press writes them into the composer.

import { el } from "../dom.js";

// The one that the simulated BroadWorks knows, from the API's own documentation.
const PROVISIONING_ID =
  "ZjViMzYxODctYzhkZC00NzI3LThiMmYtZjljNDQ3ZjI5MDQ2OjQyODVmNTk0LTViNTEtNDdiZS05Mzk2LTZjMzZlMmFkODNhNQ";
const WORKSPACE =
  'provision workspace name="Conference Room" user=95547321@example.com enterprise=Reseller1+acme ext=51212';

const SUGGESTIONS = [
  { text: "help", hint: "What the bot can do" },
  { text: "precheck subscriber", hint: "A form asks for the rest" },
  { text: "precheck ann@example.com package=standard", hint: "All in one line" },
  { text: "precheck taken@example.com", hint: "A taken address explained" },
  { text: "provision workspace", hint: "You see what will be sent first" },
  {
    label: "provision workspace, all in one line",
    text: `${WORKSPACE} pid=${PROVISIONING_ID}`,
    hint: "Complete: only Provision is left to press",
  },
  { text: "my requests", hint: "What became of them" },
];

/** `onChosen(text)` gets the whole line, of which a long one shows only its label here. */
export function showSuggestions(root, onChosen) {
  root.replaceChildren(...SUGGESTIONS.map((one) => el("li", {}, suggestion(one, onChosen))));
}

function suggestion({ text, hint, label = text }, onChosen) {
  return el(
    "button",
    { type: "button", class: "suggestion", dataset: { testid: "suggestion" }, onclick: () => onChosen(text) },
    el("span", { class: "suggestion-text" }, label),
    el("span", { class: "suggestion-hint" }, hint),
  );
}
