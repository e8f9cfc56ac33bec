// The switch between the people of the playground.

import { el } from "../dom.js";
import { initials } from "../people.js";

export function showPeople(root, people, { current, onSwitch }) {
  const buttons = people.map((person) => segment(person, person === current, () => onSwitch(person)));
  const focused = [...root.children].findIndex((button) => button === document.activeElement);
  root.replaceChildren(...buttons);
  // The pressed button was replaced by its new self, which takes the focus over.
  if (focused >= 0) buttons[focused].focus();
}

function segment(person, pressed, onclick) {
  const first = person.name.split(" ")[0];
  return el(
    "button",
    {
      type: "button",
      class: "segment",
      title: `${person.name} · ${person.email}`,
      "aria-pressed": String(pressed),
      dataset: { testid: `person-${person.key}` },
      onclick,
    },
    avatar(person),
    el("span", { class: "segment-name" }, first),
    " ",
    el("span", { class: "segment-role" }, person.role ?? ""),
  );
}

export function avatar(person) {
  return el("span", { class: `avatar hue-${person.hue}`, "aria-hidden": "true" }, initials(person.name));
}
