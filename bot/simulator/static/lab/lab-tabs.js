// The tabs of the lab: one panel is shown at a time, and filled when it is first opened.

import { el } from "../dom.js";

export class Tabs {
  /** `panels` are modules' panels; `desk` is handed to each. */
  constructor(panels, { desk, onSelect }) {
    this.desk = desk;
    this.onSelect = onSelect;
    this.mounted = new Set();
    this.entries = panels.map((panel) => ({ panel, ...this.pair(panel) }));
    this.list = el(
      "div",
      { class: "lab-tabs", role: "tablist", "aria-label": "Lab", onkeydown: (event) => this.key(event) },
      ...this.entries.map(({ tab }) => tab),
    );
  }

  get panels() {
    return this.entries.map(({ area }) => area);
  }

  pair({ key, title }) {
    const mark = el("span", { class: "lab-mark", hidden: true });
    const tab = el(
      "button",
      {
        type: "button",
        class: "lab-tab",
        role: "tab",
        id: `lab-tab-${key}`,
        "aria-controls": `lab-panel-${key}`,
        dataset: { testid: `lab-tab-${key}` },
        onclick: () => this.select(key),
      },
      title,
      mark,
    );
    const area = el("div", {
      class: `lab-panel lab-panel-${key}`,
      role: "tabpanel",
      id: `lab-panel-${key}`,
      "aria-labelledby": `lab-tab-${key}`,
      tabindex: "0",
      hidden: true,
      dataset: { testid: `lab-panel-${key}` },
    });
    return { tab, area, mark };
  }

  has(key) {
    return this.entries.some(({ panel }) => panel.key === key);
  }

  /** Without `fill`, the panel waits until the drawer is opened. */
  select(key, { fill = true } = {}) {
    for (const { panel, tab, area } of this.entries) {
      const chosen = panel.key === key;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      area.hidden = !chosen;
      if (chosen && fill) this.fill(panel, area);
    }
    this.selected = key;
    this.onSelect(key);
  }

  fill(panel, area) {
    if (this.mounted.has(panel.key)) return;
    this.mounted.add(panel.key);
    try {
      panel.mount(area, this.desk);
    } catch (error) {
      console.error(`The panel ${panel.key} could not be shown.`, error);
      area.replaceChildren(el("p", { class: "lab-broken" }, "This panel could not be shown. Reload the page to try again."));
    }
  }

  mark(key, text) {
    const entry = this.entries.find(({ panel }) => panel.key === key);
    if (!entry) return;
    entry.mark.textContent = text;
    entry.mark.hidden = text === "";
  }

  key(event) {
    const at = this.entries.findIndex(({ tab }) => tab === document.activeElement);
    const last = this.entries.length - 1;
    const next = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    this.select(this.entries[next].panel.key);
    this.entries[next].tab.focus();
  }
}
