// The clock of everything here: it can be put forward, so that what takes hours need not be waited for.

import { el } from "../dom.js";
import { duration, plain } from "./faults-state.js";

const JUMPS = [["+10 min", 600], ["+1 hour", 3600], ["+1 day", 86400]];
const UNITS = [["minutes", 60], ["hours", 3600], ["days", 86400]];
const TICK_MS = 1000;

export class ClockPart {
  constructor(lab) {
    this.lab = lab;
    this.face = el("p", { class: "faults-sign", dataset: { testid: "faults-clock" } });
    this.trouble = el("p", { class: "faults-trouble", id: "faults-clock-trouble", role: "alert" });
    this.root = el(
      "section",
      { class: "faults-part", "aria-labelledby": "faults-clock-title" },
      el("div", { class: "faults-head" }, el("h3", { id: "faults-clock-title" }, "Time"), this.face),
      el(
        "p",
        { class: "faults-quiet" },
        "Put the clock forward to see forms and confirmations expire. It goes forward only; a new playground has the real time again.",
      ),
      el(
        "div",
        { class: "faults-buttons" },
        ...JUMPS.map(([words, seconds]) =>
          el("button", { type: "button", class: "faults-button", onclick: () => this.forward(seconds) }, words),
        ),
      ),
      this.form(),
      this.trouble,
    );
    lab.on("fault", ({ kind }) => kind === "clock" && this.look());
    lab.on("opened", () => this.look());
    this.look();
    setInterval(() => this.show(), TICK_MS);
  }

  form() {
    this.number = el("input", {
      class: "faults-field",
      inputmode: "decimal",
      autocomplete: "off",
      size: "5",
      "aria-label": "How much to put the clock forward",
      "aria-describedby": "faults-clock-trouble",
    });
    this.unit = el(
      "select",
      { class: "faults-field", "aria-label": "Unit" },
      ...UNITS.map(([words, seconds]) => el("option", { value: String(seconds), selected: words === "hours" }, words)),
    );
    const send = (event) => {
      event.preventDefault();
      this.typed();
    };
    return el(
      "form",
      { class: "faults-buttons", novalidate: true, onsubmit: send },
      this.number,
      this.unit,
      el("button", { type: "submit", class: "faults-button" }, "Put forward"),
    );
  }

  typed() {
    const number = Number(this.number.value.trim().replace(",", "."));
    if (this.number.value.trim() === "" || !(number > 0)) {
      this.refuse("Write a number above 0: the clock goes forward only.");
      return;
    }
    this.forward(number * Number(this.unit.value), { typed: true });
  }

  async forward(seconds, { typed = false } = {}) {
    try {
      this.take(await this.lab.post("/control/clock", { forward: seconds }));
      this.refuse("");
      if (typed) this.number.value = "";
      this.lab.say(this.face.textContent);
    } catch (error) {
      this.refuse(plain(error));
    }
  }

  refuse(words) {
    this.trouble.textContent = words;
    this.number.setAttribute("aria-invalid", String(words !== ""));
    if (words) this.number.focus();
  }

  async look() {
    try {
      this.take((await this.lab.get("/control")).clock);
    } catch {
      // The line about the connection says it already.
    }
  }

  take({ now, ahead }) {
    this.known = { now: Date.parse(now), ahead, at: performance.now() };
    this.show();
  }

  show() {
    if (!this.known) return;
    const { now, ahead, at } = this.known;
    const moment = new Date(now + performance.now() - at);
    const today = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    const shape = ahead < 43200 ? today : { weekday: "short", day: "numeric", month: "short", ...today };
    const words = `Clock: ${moment.toLocaleString("en-GB", shape)}, ${ahead ? `${duration(ahead)} ahead` : "the real time"}`;
    if (this.face.textContent !== words) this.face.textContent = words;
  }
}
