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
  {
    label: "template add, a short name for the long ID",
    text: `template add name=acme pid=${PROVISIONING_ID} enterprise=Reseller1+acme package=standard region=US`,
    hint: "Forms offer it from then on",
  },
  { text: "find subscribers", hint: "By e-mail, enterprise, status or time" },
  { text: "show subscriber 95540001@example.com", hint: "Everything about one, with its history" },
  {
    label: "paste an order",
    text: "Name: Carla Consent\nUser ID: 95540077@example.com\ncarla.consent@example.com\nPackage: basic\nExtension: 50177\nEnterprise: Reseller1+acme",
    hint: "Understood, and never run by itself",
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
