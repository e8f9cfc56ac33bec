// Draws the input elements of a card with the browser's own controls, and checks what was typed.

import { el } from "./dom.js";

let drawnSoFar = 0;

/** {node, id, read(), check()} for an Input.* element; read() is null when nothing was entered. */
export function fallbackInput(item) {
  const id = `plain-input-${(drawnSoFar += 1)}`;
  const control = (CONTROLS[item.type] ?? textControl)(item, id);
  const error = el("p", { class: "plain-error", id: `${id}-error` });
  const label = item.label ?? (control.isTitled ? "" : (item.placeholder ?? item.id));
  const caption = item.isRequired ? `${label} *` : label;
  control.node.setAttribute("aria-describedby", error.id);
  const node = el("div", { class: "plain-input" }, ...labelled(control, caption, id), error);
  return {
    node,
    id: item.id,
    read: control.read,
    focus: () => control.node.focus(),
    check() {
      error.textContent = complaint(item, control.read());
      return error.textContent === "";
    },
  };
}

const CONTROLS = {
  "Input.Text": textControl,
  "Input.Number": (item, id) => fieldControl(item, id, "number"),
  "Input.Date": (item, id) => fieldControl(item, id, "date"),
  "Input.Time": (item, id) => fieldControl(item, id, "time"),
  "Input.Toggle": toggleControl,
  "Input.ChoiceSet": choiceControl,
};

const TEXT_TYPES = { Email: "email", Tel: "tel", Url: "url" };

function labelled(control, caption, id) {
  if (control.isGroup) {
    const name = el("span", { class: "plain-label", id: `${id}-label` }, caption);
    control.node.setAttribute("aria-labelledby", name.id);
    return [name, control.node];
  }
  return [el("label", { class: "plain-label", for: id }, caption), control.node];
}

function textControl(item, id) {
  if (!item.isMultiline) return fieldControl(item, id, TEXT_TYPES[item.style] ?? "text");
  const node = el("textarea", { id, rows: "3", placeholder: item.placeholder, maxlength: item.maxLength });
  node.value = item.value ?? "";
  return { node, read: () => node.value || null };
}

function fieldControl(item, id, type) {
  const { placeholder, maxLength: maxlength, min, max } = item;
  const node = el("input", { id, type, placeholder, maxlength, min, max, value: item.value });
  return { node, read: () => node.value || null };
}

function toggleControl(item, id) {
  const on = item.valueOn ?? "true";
  const off = item.valueOff ?? "false";
  const box = el("input", { id: `${id}-box`, type: "checkbox", checked: item.value === on });
  const node = el("div", { role: "group", id }, el("label", { class: "plain-choice" }, box, item.title ?? ""));
  return { node, isGroup: true, isTitled: true, read: () => (box.checked ? on : off) };
}

function choiceControl(item, id) {
  const choices = item.choices ?? [];
  const chosen = new Set(String(item.value ?? "").split(","));
  if (item.isMultiSelect || item.style === "expanded") return boxesControl(item, id, choices, chosen);
  const options = choices.map(({ title, value }) => el("option", { value, selected: chosen.has(value) }, title));
  const node = el("select", { id }, el("option", { value: "" }, item.placeholder ?? ""), ...options);
  return { node, read: () => node.value || null };
}

function boxesControl(item, id, choices, chosen) {
  const type = item.isMultiSelect ? "checkbox" : "radio";
  const boxes = choices.map(({ value }) => el("input", { type, name: id, value, checked: chosen.has(value) }));
  const labels = choices.map(({ title }, at) => el("label", { class: "plain-choice" }, boxes[at], title));
  const node = el("div", { role: "group", id, tabindex: "-1" }, ...labels);
  const read = () => boxes.filter((box) => box.checked).map((box) => box.value).join(",") || null;
  return { node, isGroup: true, read };
}

function complaint(item, value) {
  const words = item.errorMessage ?? "Please check this field.";
  if (value === null || value === "") return item.isRequired ? words : "";
  if (item.type === "Input.Toggle") return item.isRequired && value !== (item.valueOn ?? "true") ? words : "";
  if (item.regex && !matches(item.regex, value)) return words;
  if (item.type === "Input.Number" && outside(Number(value), item)) return words;
  return "";
}

function matches(pattern, value) {
  try {
    return new RegExp(pattern).test(value);
  } catch {
    // A pattern that the browser cannot read is the server's to check.
    return true;
  }
}

function outside(number, { min, max }) {
  return Number.isNaN(number) || number < (min ?? -Infinity) || number > (max ?? Infinity);
}
