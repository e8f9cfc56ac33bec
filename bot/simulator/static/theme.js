// The choice between light, dark and what the system says; early.js applies what is remembered.

import { el, icon } from "./dom.js";
import { floating } from "./floating.js";

const KEY = "playground.theme";
const CHOICES = [
  ["system", "System"],
  ["light", "Light"],
  ["dark", "Dark"],
];
const HALF = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 2v14a7 7 0 0 1 0-14z";

/** [button, menu]: both belong into the page. */
export function themeSwitch() {
  const boxes = CHOICES.map(([value]) =>
    el("input", { type: "radio", name: "theme", value, dataset: { testid: `theme-${value}` }, onchange: () => choose(value) }),
  );
  const menu = el(
    "fieldset",
    { class: "menu", id: "theme-menu" },
    el("legend", { class: "menu-title" }, "Theme"),
    ...CHOICES.map(([, words], at) => el("label", { class: "menu-choice" }, boxes[at], words)),
  );
  const button = el(
    "button",
    { type: "button", class: "tool", "aria-label": "Theme", title: "Theme", dataset: { testid: "theme-button" } },
    icon(HALF),
  );
  const current = () => boxes.find((box) => box.value === (document.documentElement.dataset.theme ?? "system"));
  floating(menu, button, () => {
    current().checked = true;
    return current();
  });
  return [button, menu];
}

function choose(theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Without storage the choice holds until the page is left.
  }
}
