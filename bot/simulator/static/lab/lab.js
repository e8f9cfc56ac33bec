// The lab beside the chat: loads its panels, builds the drawer with them, and hands on what the server announces.

import { byId, el } from "../dom.js";
import { Desk } from "./lab-desk.js";
import { Drawer } from "./lab-drawer.js";
import { Tabs } from "./lab-tabs.js";

const PANELS = ["tour", "faults", "inside", "recording"];

/**
 * Needs #lab, #lab-button and #announcer on the page. `page`: {place(), fill(text), covered}, where
 * `covered` is the element that the drawer hides on a phone.
 */
export async function openLab(page) {
  const lab = new Lab(page);
  lab.furnish(await loaded());
  return lab;
}

class Lab {
  constructor(page) {
    this.button = byId("lab-button");
    this.marks = new Map();
    this.buttonMarks = el("span", { class: "lab-button-marks", "aria-hidden": "true" });
    this.button.append(this.buttonMarks);
    this.desk = new Desk(page, this);
    this.drawer = new Drawer(byId("lab"), { button: this.button, covered: page.covered, onOpen: () => this.select() });
  }

  furnish(panels) {
    this.panels = panels;
    this.tabs = new Tabs(panels, { desk: this.desk, onSelect: (key) => this.drawer.remember({ panel: key }) });
    this.drawer.body.append(
      el("div", { class: "lab-head" }, this.tabs.list, this.drawer.closeButton()),
      ...this.tabs.panels,
    );
    const kept = this.drawer.kept.panel;
    this.tabs.select(this.tabs.has(kept) ? kept : panels[0]?.key, { fill: this.drawer.isOpen });
    for (const panel of panels) watch(panel, this.desk);
    for (const [key, text] of this.marks) this.badge(key, text);
    this.drawer.restore();
    // The page came with the button, but a press on it before now would have been lost.
    this.button.disabled = false;
  }

  /** `hear("opened")` says that the connection is there, or there again. */
  hear(kind, data) {
    this.desk.hear(kind, data);
  }

  open(key) {
    if (this.tabs?.has(key)) this.tabs.select(key, { fill: false });
    this.drawer.open();
  }

  select() {
    this.tabs?.select(this.tabs.selected);
  }

  /** What is put into the composer must not stay hidden under a sheet. */
  makeRoom() {
    if (this.drawer.isSheet) this.drawer.close();
  }

  badge(key, text) {
    const words = String(text ?? "");
    this.marks.set(key, words);
    this.tabs?.mark(key, words);
    const shown = (this.panels ?? []).filter((panel) => this.marks.get(panel.key));
    this.buttonMarks.replaceChildren(
      // Drawn by the style: the name of the button already says it, in words.
      ...shown.map(({ key }) => el("span", { class: `lab-mark lab-mark-${key}`, dataset: { mark: this.marks.get(key) } })),
    );
    const spoken = shown.map((panel) => `${panel.title}: ${this.marks.get(panel.key)}`);
    this.button.setAttribute("aria-label", ["Lab", ...spoken].join(", "));
  }
}

/** A panel that cannot be loaded leaves the others, and the chat, as they are. */
async function loaded() {
  const modules = await Promise.allSettled(PANELS.map((key) => import(`./${key}.js`)));
  for (const { reason } of modules) if (reason) console.error("A panel of the lab could not be loaded.", reason);
  return modules.filter(({ value }) => value).map(({ value }) => value.panel);
}

function watch(panel, desk) {
  try {
    panel.watch?.(desk);
  } catch (error) {
    console.error(`The panel ${panel.key} does not watch.`, error);
  }
}
