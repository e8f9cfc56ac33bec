// The catalogue of what can go wrong: one group for each service, one row with a switch for each scenario.

import { el } from "../dom.js";
import { duration } from "./faults-state.js";

const ABOUT = {
  Webex: "slow, busy, silent, refuses edits",
  BroadWorks: "slow, busy, lost or odd answers",
  Webhooks: "twice, late, lost, held back",
};

export class Groups {
  constructor(state) {
    this.state = state;
    this.root = el("div", { class: "faults-groups" });
    this.rows = new Map();
    this.heads = new Map();
  }

  /** The rows are made once and then only changed, so that nobody loses the place or the focus. */
  show() {
    if (!this.rows.size) this.build();
    for (const item of this.state.items) this.rows.get(item.key)?.show(item);
    for (const [group, head] of this.heads) {
      const on = this.state.items.filter((item) => item.group === group && item.on).length;
      head.textContent = on ? `${on} on` : "";
      head.hidden = on === 0;
    }
  }

  build() {
    this.root.replaceChildren(
      ...this.state.groups.map((group) => {
        const items = this.state.items.filter((item) => item.group === group);
        const head = el("span", { class: "faults-mark", hidden: true });
        this.heads.set(group, head);
        const rows = items.map((item) => {
          const row = new Row(item, this.state);
          this.rows.set(item.key, row);
          return row.root;
        });
        return el(
          "details",
          { class: "faults-group", open: items.some((item) => item.on), dataset: { testid: `faults-group-${group}` } },
          el(
            "summary",
            {},
            el("h3", {}, group),
            el("span", { class: "faults-quiet" }, ABOUT[group] ?? ""),
            head,
          ),
          el("ul", {}, ...rows),
        );
      }),
    );
  }
}

class Row {
  constructor(item, state) {
    this.state = state;
    const id = `faults-${item.key}`;
    this.toggle = el("button", {
      type: "button",
      class: "faults-switch",
      role: "switch",
      "aria-checked": "false",
      id: `${id}-switch`,
      "aria-describedby": `${id}-hint ${id}-state`,
      onclick: () => this.press(),
    });
    this.span = el(
      "select",
      { class: "faults-span", "aria-label": `For how long: ${item.words}` },
      ...choices(item).map(([value, words]) => el("option", { value, selected: value === usual(item) }, words)),
    );
    this.said = el("p", { class: "faults-state", id: `${id}-state` });
    this.root = el(
      "li",
      { class: "faults-row", dataset: { testid: id } },
      el(
        "div",
        { class: "faults-line" },
        el("label", { class: "faults-words", for: `${id}-switch` }, item.words),
        this.toggle,
      ),
      el("div", { class: "faults-line" }, el("p", { class: "faults-quiet", id: `${id}-hint` }, item.hint), this.span, this.said),
    );
  }

  show(item) {
    this.item = item;
    this.toggle.setAttribute("aria-checked", String(item.on));
    this.root.classList.toggle("faults-is-on", item.on);
    // How long it stays is said in its place: the choice may be another one than was made in another window.
    this.span.hidden = item.on;
    const words = item.on ? ["On", this.state.words(item)].filter(Boolean).join(" · ") : "";
    if (this.said.textContent !== words) this.said.textContent = words;
  }

  press() {
    if (this.item.on) this.state.end(this.item);
    else this.state.begin(this.item, this.limits());
  }

  limits() {
    const [name, number] = this.span.value.split(" ");
    return name === "open" ? {} : { [name]: Number(number) };
  }
}

/** What can be counted happens once, and what cannot stays. */
const usual = ({ counts }) => (counts.length ? `times ${counts[0]}` : "open");

function choices({ counts, spans, open }) {
  const found = [
    ...counts.map((count) => [`times ${count}`, count === 1 ? "once" : `${count} times`]),
    ...spans.map((seconds) => [`lasts ${seconds}`, `for ${duration(seconds)}`]),
  ];
  if (open) found.push(["open", "until I switch it off"]);
  return found;
}
