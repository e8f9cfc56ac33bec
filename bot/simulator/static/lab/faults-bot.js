// The bot's process: how it is, and killing and starting it in front of one's eyes.

import { el } from "../dom.js";
import { plain } from "./faults-state.js";

const WORDS = { running: "Running", stopped: "Stopped", starting: "Starting…", none: "Not here" };
const LOOK_MS = 5000;
const TICK_MS = 100;

export class BotPart {
  constructor(lab) {
    this.lab = lab;
    this.sign = el("p", { class: "faults-sign", role: "status", dataset: { testid: "faults-bot-state" } });
    this.trail = el("ol", { class: "faults-trail", "aria-label": "What has happened to the bot", dataset: { testid: "faults-bot-trail" } });
    this.trouble = el("p", { class: "faults-trouble", role: "alert" });
    this.buttons = el(
      "div",
      { class: "faults-buttons" },
      this.button("Kill the bot (kill -9) and start it again", "restart"),
      this.button("Kill", "kill"),
      this.button("Start", "start"),
    );
    this.about = el("p", { class: "faults-quiet" }, "Nothing that was asked may be lost, and nothing may be done twice.");
    this.root = el(
      "section",
      { class: "faults-part", "aria-labelledby": "faults-bot-title" },
      el("div", { class: "faults-head" }, el("h3", { id: "faults-bot-title" }, "The bot"), this.sign),
      this.about,
      this.buttons,
      this.trail,
      this.trouble,
    );
    lab.on("bot", (change) => this.hear(change));
    lab.on("opened", () => this.look());
    this.look();
    // A bot may end by itself, and nobody announces that.
    setInterval(() => this.root.offsetParent && this.look(), LOOK_MS);
  }

  button(words, what) {
    return el("button", { type: "button", class: "faults-button", onclick: () => this.press(what) }, words);
  }

  async press(what) {
    // A start takes a second or more; meanwhile only another wish is taken.
    if (this.busy === what) return;
    this.busy = what;
    this.trouble.textContent = "";
    try {
      await this.lab.post(`/control/bot/${what}`, {});
    } catch (error) {
      this.trouble.textContent = plain(error);
    } finally {
      this.busy = null;
      this.look();
    }
  }

  async look() {
    try {
      const { bot } = await this.lab.get("/control");
      this.show(bot.state);
    } catch {
      // The line about the connection says it already.
    }
  }

  show(state) {
    this.sign.dataset.state = state;
    if (this.sign.textContent !== WORDS[state]) this.sign.textContent = WORDS[state];
    const none = state === "none";
    this.buttons.hidden = none;
    this.about.textContent = none
      ? "Only the simulated services run here: there is no bot to kill or start."
      : "Nothing that was asked may be lost, and nothing may be done twice.";
  }

  hear({ kind, state, seconds, words }) {
    this.show(state);
    clearInterval(this.ticking);
    if (kind === "kill") this.trail.replaceChildren(step("Stopped"));
    if (kind === "died") this.trail.replaceChildren(step("Ended by itself", "bad"));
    if (kind === "starting") this.starting();
    if (kind === "start") {
      if (this.begun) this.begun.textContent = "Starting";
      this.begun = null;
      this.trail.append(step(`Running after ${seconds.toFixed(1)} s`, "good"));
    }
    if (kind === "failed") {
      if (this.begun) this.begun.textContent = "Starting";
      this.begun = null;
      this.trail.append(step("Did not start", "bad"));
      this.trouble.textContent = words;
    }
    if (kind === "start") this.trouble.textContent = "";
  }

  starting() {
    const began = performance.now();
    if (this.trail.childElementCount > 1) this.trail.replaceChildren();
    this.begun = step("Starting… 0.0 s");
    const { begun } = this;
    this.trail.append(begun);
    this.ticking = setInterval(() => {
      begun.textContent = `Starting… ${((performance.now() - began) / 1000).toFixed(1)} s`;
    }, TICK_MS);
  }
}

function step(words, kind = "") {
  return el("li", { class: `faults-step ${kind && `faults-step-${kind}`}` }, words);
}
