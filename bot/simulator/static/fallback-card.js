// Draws a card plainly, without the official renderer: text, facts, inputs and buttons that work.

import { el, safeUrl } from "./dom.js";
import { fallbackInput } from "./fallback-inputs.js";
import { hostConfig } from "./hostconfig.js";
import { withoutParser } from "./text.js";

/** `actions`: {submit(inputs), open(address)}. */
export function fallbackCard(content, actions) {
  return new PlainCard(actions).card(content, []);
}

class PlainCard {
  constructor(actions) {
    this.actions = actions;
    this.byId = new Map();
  }

  /** A card within a card submits the outer card's inputs as well as its own. */
  card(content, outerInputs) {
    const inputs = [...outerInputs];
    const node = el("div", { class: "plain-card" });
    node.append(...this.items(content.body, inputs), this.buttons(content.actions, inputs));
    return node;
  }

  items(items, inputs) {
    return (items ?? []).map((item) => this.item(item, inputs)).filter(Boolean);
  }

  item(item, inputs) {
    const node = item.type?.startsWith("Input.") ? this.input(item, inputs) : this.shape(item, inputs);
    if (node && item.isVisible === false) node.hidden = true;
    if (node && item.id) this.byId.set(item.id, node);
    return node;
  }

  input(item, inputs) {
    const input = fallbackInput(item);
    inputs.push(input);
    return input.node;
  }

  shape(item, inputs) {
    switch (item.type) {
      case "TextBlock":
        return this.text(item);
      case "RichTextBlock":
        return el("p", { class: "plain-text" }, item.inlines.map((run) => run.text ?? run).join(""));
      case "FactSet":
        return el("dl", { class: "plain-facts" }, ...item.facts.flatMap(fact));
      case "Image":
        return image(item);
      case "ImageSet":
        return el("div", {}, ...this.items(item.images, inputs));
      case "ColumnSet":
        return el("div", { class: "plain-columns" }, ...this.items(item.columns, inputs));
      case "Container":
      case "Column":
        return el("div", { class: `plain-group ${item.style ?? ""}` }, ...this.items(item.items, inputs));
      case "ActionSet":
        return this.buttons(item.actions, inputs);
      default:
        return null;
    }
  }

  text(item) {
    const weight = item.weight === "Bolder" || item.weight === "bolder" ? "strong" : "";
    return el("div", { class: `plain-text ${weight}` }, withoutParser(item.text ?? ""));
  }

  buttons(actions, inputs) {
    const few = (actions ?? []).slice(0, hostConfig.actions.maxActions);
    const drawn = few.map((action) => this.button(action, inputs)).filter(Boolean);
    const shown = drawn.map(([, inner]) => inner).filter(Boolean);
    return el("div", { class: "plain-actions" }, ...drawn.map(([button]) => button), ...shown);
  }

  /** [button], or [button, inner card] where it opens one. */
  button(action, inputs) {
    const press = (onclick, expanded) =>
      el("button", { type: "button", class: "plain-button", onclick, "aria-expanded": expanded }, action.title ?? "OK");
    switch (action.type) {
      case "Action.Submit":
        return [press(() => this.submit(action, inputs))];
      case "Action.OpenUrl":
        return [press(() => this.actions.open(action.url))];
      case "Action.ToggleVisibility":
        return [press(() => this.toggle(action.targetElements ?? []))];
      case "Action.ShowCard":
        return this.shown(action, inputs, press);
      default:
        return null;
    }
  }

  shown(action, inputs, press) {
    const inner = this.card(action.card ?? {}, inputs);
    inner.hidden = true;
    inner.classList.add("plain-shown");
    const button = press(() => {
      inner.hidden = !inner.hidden;
      button.setAttribute("aria-expanded", String(!inner.hidden));
    }, "false");
    return [button, inner];
  }

  submit(action, inputs) {
    const asked = action.associatedInputs?.toLowerCase() === "none" ? [] : inputs;
    const wrong = asked.filter((input) => !input.check());
    if (wrong.length > 0) {
      wrong[0].focus();
      return;
    }
    const entered = asked.map((input) => [input.id, input.read()]).filter(([, value]) => value !== null);
    const data = typeof action.data === "object" ? action.data : {};
    this.actions.submit({ ...data, ...Object.fromEntries(entered) });
  }

  toggle(targets) {
    for (const target of targets) {
      const node = this.byId.get(target.elementId ?? target);
      if (node) node.hidden = target.isVisible === undefined ? !node.hidden : !target.isVisible;
    }
  }
}

function fact({ title, value }) {
  return [el("dt", {}, withoutParser(title ?? "")), el("dd", {}, withoutParser(value ?? ""))];
}

function image(item) {
  const src = safeUrl(item.url);
  return src ? el("img", { src, alt: item.altText ?? "", class: "plain-image" }) : null;
}
