// The list of keys that the chat knows, and whether single keys are among them.

import { el } from "./dom.js";

const KEPT = "playground.single-keys";
const PARTS = [
  [
    "Everywhere",
    [
      [["/", "Ctrl+K"], "Write a message"],
      [["F6"], "The other person’s window, when there are two"],
      [["?"], "This list"],
    ],
  ],
  [
    "While writing",
    [
      [["Enter"], "Send"],
      [["Shift+Enter"], "Begin a new line"],
      [["@"], "Mention somebody"],
      [["↑"], "Edit your last message, if the field is empty"],
      [["Escape"], "Leave the field, to the messages"],
    ],
  ],
  [
    "In the messages",
    [
      [["↑", "↓"], "The message before, and the next one"],
      [["Home", "End"], "The first message, and the newest"],
      [["Enter"], "The first button or field of the message"],
      [["R"], "Reply in the message’s thread"],
      [["Escape"], "From a button to its message, from there to the field"],
    ],
  ],
  [
    "In the lab",
    [
      [["←", "→"], "Between its tabs"],
      [["Escape"], "Close it"],
    ],
  ],
];

/** Keys without Ctrl can get in the way of speech input, so they can be switched off. */
export function singleKeys() {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true;
  }
}

/** [button, dialog]: both belong into the page. */
export function shortcuts() {
  const box = el("input", { type: "checkbox", dataset: { testid: "single-keys" }, onchange: () => keep(box.checked) });
  const done = el("button", { type: "button", class: "tool done", onclick: () => dialog.close() }, "Close");
  const dialog = el(
    "dialog",
    { class: "shortcuts", "aria-labelledby": "shortcuts-title", dataset: { testid: "shortcuts" } },
    // The focus goes to the top of a long list, not to the box at its end.
    el("h2", { id: "shortcuts-title", tabindex: "-1", autofocus: true }, "Keyboard shortcuts"),
    el("div", { class: "shortcuts-parts" }, ...PARTS.map(part)),
    el("label", { class: "menu-choice" }, box, "Use the keys / ? and R, which need no Ctrl"),
    done,
  );
  // Whoever opens it by a key comes back to where they were: the browser sees to that.
  dialog.addEventListener("beforetoggle", () => (box.checked = singleKeys()));
  const button = el(
    "button",
    {
      type: "button",
      class: "tool question",
      "aria-label": "Keyboard shortcuts",
      title: "Keyboard shortcuts (?)",
      dataset: { testid: "shortcuts-button" },
      onclick: () => dialog.showModal(),
    },
    "?",
  );
  return [button, dialog];
}

function part([title, rows]) {
  const lines = rows.flatMap(([keys, words]) => [
    el("dt", {}, ...keys.map((key) => el("kbd", {}, key))),
    el("dd", {}, words),
  ]);
  return el("section", {}, el("h3", {}, title), el("dl", {}, ...lines));
}

function keep(wanted) {
  try {
    if (wanted) localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, "off");
  } catch {
    // Without storage they are as usual.
  }
}
