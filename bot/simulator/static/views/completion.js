// Offers names while somebody types "@" in a text field.

import { el } from "../dom.js";
import { avatar } from "./people.js";

// "@" at a word's beginning, then at most three words without another "@".
const BEGUN = /(?:^|\s)@([^\s@]*(?: [^\s@]+){0,2})$/u;

export class Completion {
  /** `candidates()` lists the people who can be mentioned now. */
  constructor(field, candidates) {
    this.field = field;
    this.candidates = candidates;
    this.matches = [];
    this.active = 0;
    this.list = el("ul", { class: "completion", id: "completion", role: "listbox", "aria-label": "People", hidden: true });
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.list.id);
    field.setAttribute("aria-expanded", "false");
    field.addEventListener("input", () => this.refresh());
    field.addEventListener("click", () => this.refresh());
    field.addEventListener("blur", () => this.close());
  }

  get open() {
    return !this.list.hidden;
  }

  /** Whether the key was for the list. */
  takeKey(event) {
    if (!this.open) return false;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) this.move(steps[event.key]);
    else if (event.key === "Enter" || event.key === "Tab") this.choose(this.matches[this.active]);
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    return true;
  }

  refresh() {
    const begun = this.begun();
    this.matches = begun === null ? [] : this.candidates().filter((person) => fits(person.name, begun));
    this.active = 0;
    this.draw();
  }

  close() {
    this.matches = [];
    this.draw();
  }

  /** What follows the "@" before the cursor, or null; a name that is complete needs no help. */
  begun() {
    const match = BEGUN.exec(this.field.value.slice(0, this.field.selectionStart));
    return match ? match[1] : null;
  }

  move(step) {
    this.active = (this.active + step + this.matches.length) % this.matches.length;
    this.draw();
  }

  choose(person) {
    const cursor = this.field.selectionStart;
    const start = cursor - this.begun().length;
    this.field.setRangeText(`${person.name} `, start, cursor, "end");
    this.close();
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.field.focus();
  }

  draw() {
    this.list.hidden = this.matches.length === 0;
    this.field.setAttribute("aria-expanded", String(this.open));
    this.list.replaceChildren(...this.matches.map((person, index) => this.option(person, index)));
    if (this.open) this.field.setAttribute("aria-activedescendant", `completion-${this.active}`);
    else this.field.removeAttribute("aria-activedescendant");
  }

  option(person, index) {
    return el(
      "li",
      {
        id: `completion-${index}`,
        role: "option",
        class: "completion-option",
        "aria-selected": String(index === this.active),
        // Before the field loses its focus, which would close the list.
        onmousedown: (event) => {
          event.preventDefault();
          this.choose(person);
        },
      },
      avatar(person),
      el("span", {}, person.name),
    );
  }
}

function fits(name, begun) {
  const [full, typed] = [name.toLowerCase(), begun.toLowerCase()];
  if (full === typed.trim()) return false;
  return full.startsWith(typed) || full.split(" ").some((word) => typed && word.startsWith(typed));
}
