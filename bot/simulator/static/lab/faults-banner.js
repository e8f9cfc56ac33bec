// A slim line above the chat: nobody should wonder why the bot is odd while something goes wrong on purpose.

import { el } from "../dom.js";

export class Banner {
  constructor(root, { state, open }) {
    this.state = state;
    this.words = el("span", { class: "faults-banner-words" });
    this.count = el("span", { class: "faults-banner-count" });
    this.off = el("button", { type: "button", class: "faults-link", onclick: () => this.end() });
    this.line = el(
      "div",
      { class: "faults-banner", hidden: true, dataset: { testid: "faults-banner" } },
      el("p", {}, this.words, this.count),
      el("button", { type: "button", class: "faults-link", onclick: open }, "Show"),
      this.off,
    );
    root.replaceChildren(this.line);
  }

  show() {
    const { on } = this.state;
    this.line.hidden = on.length === 0;
    if (!on.length) return;
    const [first] = on;
    this.words.textContent = on.length === 1 ? first.words : `${on.length} faults: ${on.map((item) => item.words).join(", ")}`;
    const rest = on.length === 1 ? this.state.words(first) : "";
    this.count.textContent = rest ? ` · ${rest}` : "";
    this.off.textContent = on.length === 1 ? "Switch off" : "Switch all off";
  }

  end() {
    const { on } = this.state;
    if (on.length === 1) this.state.end(on[0]);
    else this.state.heal();
  }
}
