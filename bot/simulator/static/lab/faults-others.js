// The faults that are none of the catalogue: set with the form, by a test, or by a call of the API.

import { el } from "../dom.js";

export class OthersPart {
  constructor(state) {
    this.state = state;
    this.list = el("ul", {});
    this.root = el(
      "section",
      { class: "faults-part", "aria-labelledby": "faults-others-title", hidden: true, dataset: { testid: "faults-others" } },
      el("h3", { id: "faults-others-title" }, "Also on"),
      this.list,
    );
    this.rows = new Map();
  }

  show() {
    const { others } = this.state;
    const ids = new Set(others.map((fault) => fault.id));
    for (const [id, row] of this.rows) {
      if (ids.has(id)) continue;
      row.root.remove();
      this.rows.delete(id);
    }
    for (const fault of others) this.showOne(fault);
    this.root.hidden = others.length === 0;
  }

  showOne(fault) {
    let row = this.rows.get(fault.id);
    if (!row) {
      const words = el("span", { class: "faults-words" }, fault.words);
      const said = el("p", { class: "faults-state" });
      const off = el(
        "button",
        { type: "button", class: "faults-button", "aria-label": `Switch off: ${fault.words}`, onclick: () => this.state.end(fault) },
        "Switch off",
      );
      row = { said, root: el("li", { class: "faults-row faults-is-on" }, el("div", { class: "faults-line" }, words, off), said) };
      this.rows.set(fault.id, row);
      this.list.append(row.root);
    }
    const state = ["On", this.state.words(fault)].filter(Boolean).join(" · ");
    if (row.said.textContent !== state) row.said.textContent = state;
  }
}
