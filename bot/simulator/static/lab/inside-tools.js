// The head of the panel: counters, what to show, and the buttons that stop and empty the list.

import { el } from "../dom.js";
import { KINDS } from "./inside-entries.js";

const EVERYTHING = "";
const SHORT = 14;

export class Tools {
  /** handlers: {onFilter(), onRequest(number or null, pressed), onPause(paused), onClear(), onAll()} */
  constructor(handlers) {
    this.aside = "";
    this.kinds = new Set(KINDS.map(([kind]) => kind));
    this.counters = el("dl", { class: "inside-counters", title: "Since the start", dataset: { testid: "inside-counters" } });
    this.request = el(
      "select",
      {
        class: "inside-request",
        "aria-label": "Show",
        dataset: { testid: "inside-request" },
        onchange: ({ target }) => handlers.onRequest(target.value === EVERYTHING ? null : Number(target.value)),
      },
      el("option", { value: EVERYTHING }, "Everything"),
    );
    this.text = el("input", {
      type: "search",
      class: "inside-find",
      placeholder: "Find a word, path or ID",
      "aria-label": "Find in the list",
      dataset: { testid: "inside-find" },
      oninput: () => handlers.onFilter(),
    });
    this.toggles = KINDS.map(([kind, name]) => this.toggle(kind, name, handlers));
    this.pausing = button("Pause", () => this.pause(handlers));
    const clear = button("Clear", handlers.onClear);
    this.limited = el("p", { class: "inside-limited", hidden: true });
    this.handlers = handlers;
    this.filters = el(
      "div",
      { class: "inside-kinds", role: "group", "aria-label": "Kinds to show" },
      ...this.toggles,
    );
    this.root = el(
      "div",
      { class: "inside-tools" },
      this.counters,
      el("div", { class: "inside-line" }, this.request, this.pausing, clear),
      this.text,
      this.filters,
      this.limited,
    );
  }

  focus() {
    this.request.focus();
  }

  filter() {
    return { kinds: this.kinds, text: this.text.value.trim().toLowerCase() };
  }

  count({ messages, cards, webhooks, calls, errors, workspaces }) {
    const facts = [
      ["Messages", messages],
      ["Cards out", cards],
      ["Webhooks sent", webhooks.sent],
      ["failed", webhooks.failed],
      ["dropped", webhooks.dropped],
      ["waiting", webhooks.waiting],
      ["Calls: Webex", calls.webex],
      ["BroadWorks", calls.broadworks],
      ["Trouble", errors],
      ["Workspaces", workspaces],
    ];
    this.counters.replaceChildren(
      ...facts.map(([name, number]) => el("div", {}, el("dt", {}, name), el("dd", {}, String(number)))),
    );
  }

  /** The requests there are; the choice stays, even of one that is not among them (any more). */
  offer(requests) {
    const chosen = this.request.value;
    const options = requests.map(({ number, state }) => option(number, state ? `Request ${number}: ${state}` : null));
    const lost = chosen !== EVERYTHING && !requests.some(({ number }) => String(number) === chosen);
    if (lost) options.push(option(chosen));
    this.request.replaceChildren(el("option", { value: EVERYTHING }, "Everything"), ...options);
    this.request.value = chosen;
  }

  /** What is shown now: a request's timeline, only what belongs to a tracking id, or everything. */
  say({ only, request }) {
    const value = request === null ? EVERYTHING : String(request);
    if (![...this.request.options].some((each) => each.value === value)) this.request.append(option(value));
    this.request.value = value;
    this.text.hidden = this.filters.hidden = request !== null;
    this.setAside({ only, request });
    this.limited.hidden = only === null;
    this.limited.replaceChildren();
    if (only === null) return;
    this.limited.append(
      el("span", { title: only }, `Only what belongs to ${only.slice(0, SHORT)}…`),
      button("Show everything", () => this.handlers.onAll()),
    );
    this.related = [];
  }

  /** The words that found an entry would hide what belongs to it, so they wait until everything is shown again. */
  setAside({ only, request }) {
    if (only !== null) {
      this.aside = this.text.value || this.aside;
      this.text.value = "";
    } else if (request === null) {
      this.text.value ||= this.aside;
      this.aside = "";
    }
  }

  /** The requests that what is shown belongs to. */
  relate(requests) {
    for (const number of requests.filter((one) => !this.related.includes(one))) {
      this.limited.append(button(`Timeline of request ${number}`, () => this.handlers.onRequest(number, true)));
      this.related.push(number);
    }
  }

  toggle(kind, name, { onFilter }) {
    const flip = () => {
      const on = !this.kinds.has(kind);
      this.kinds[on ? "add" : "delete"](kind);
      pressed.setAttribute("aria-pressed", String(on));
      onFilter();
    };
    const pressed = el(
      "button",
      { type: "button", class: `inside-kind inside-${kind}`, "aria-pressed": "true", onclick: flip },
      el("span", { class: "inside-dot", "aria-hidden": "true" }),
      name,
    );
    return pressed;
  }

  pause({ onPause }) {
    this.paused = !this.paused;
    this.pausing.textContent = this.paused ? "Go on" : "Pause";
    this.pausing.classList.toggle("inside-on", this.paused);
    onPause(this.paused);
  }
}

function button(words, onclick) {
  return el("button", { type: "button", class: "inside-act", onclick }, words);
}

function option(number, words = null) {
  return el("option", { value: String(number) }, words ?? `Request ${number}`);
}
