// Shows the session as it is recorded, and hands it out as a file that runs as a test.

import { el } from "../dom.js";
import { fileName, stepItem } from "./recording-steps.js";

const PATH = "/play/dialogue";
const AT_END_PX = 40;

export const panel = {
  key: "recording",
  title: "Record",
  mount(root, lab) {
    new Recording(root, lab).begin();
  },
};

class Recording {
  constructor(root, lab) {
    Object.assign(this, { root, lab });
    this.begun = null;
    this.settled = [];
    this.unsettled = [];
    // The steps whose whole text somebody has unfolded, by their place.
    this.unfolded = new Set();
    this.title = el("input", {
      class: "recording-title",
      id: "recording-title",
      type: "text",
      maxlength: "120",
      autocomplete: "off",
      placeholder: "What this session shows",
      oninput: () => this.named(),
    });
    this.save = el("a", { class: "recording-button recording-main", dataset: { testid: "recording-save" } }, "Save as a file");
    this.copy = button("Copy", () => this.copyAll());
    this.anew = button("Begin anew here", () => this.ask());
    this.question = el("div", { class: "recording-question", role: "group", "aria-label": "Begin anew?", hidden: true });
    this.state = el("p", { class: "recording-state", role: "status" });
    this.warnings = el("div", { class: "recording-warnings", role: "status", hidden: true });
    this.commands = el("div", { class: "recording-commands" });
    this.count = el("h3", { class: "recording-count" });
    this.list = el("ol", { class: "recording-steps", dataset: { testid: "recording-steps" } });
  }

  begin() {
    this.root.append(
      el("p", { class: "recording-about" }, "All that is said, pressed and shown is written down. Save it, and it runs as a test."),
      el("label", { class: "recording-label", for: "recording-title" }, "Title"),
      this.title,
      el("div", { class: "recording-buttons" }, this.save, this.copy, this.anew),
      this.question,
      this.state,
      this.warnings,
      this.commands,
      this.count,
      this.list,
    );
    this.named();
    // Nobody sees a folded panel: it is read anew when it is looked at again.
    new IntersectionObserver((entries) => this.looked(entries.at(-1).isIntersecting)).observe(this.root);
    this.lab.on("recording", () => this.changed());
    this.lab.on("opened", () => this.changed());
    this.changed();
  }

  looked(visible) {
    this.visible = visible;
    if (visible && this.stale) this.changed();
  }

  /** However many hints come while the server is asked, it is asked once more. */
  async changed() {
    this.stale = true;
    if (this.asking || this.visible === false) return;
    this.asking = true;
    while (this.stale) {
      this.stale = false;
      try {
        await this.read();
      } catch (error) {
        this.tell(`The recording could not be read: ${error.message}`, { bad: true });
        break;
      }
    }
    this.asking = false;
  }

  async read() {
    let answer = await this.lab.get(`${PATH}?after=${this.settled.length}`);
    if (answer.begun !== this.begun) {
      this.settled = [];
      this.unfolded.clear();
      this.list.replaceChildren();
      if (answer.after > 0) answer = await this.lab.get(`${PATH}?after=0`);
      this.begun = answer.begun;
    }
    this.show(answer);
  }

  show({ after, settled, unsettled, warnings }) {
    // Who has scrolled down to the newest step follows it; who is above, at the buttons, stays there.
    const below = this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight;
    const atEnd = this.root.scrollTop > 0 && below < AT_END_PX;
    this.settled.splice(after, Infinity, ...settled);
    this.unsettled = unsettled;
    while (this.list.childElementCount > after) this.list.lastElementChild.remove();
    const items = [...settled, ...unsettled].map((step, index) => stepItem(step, after + index, this.unfolded));
    this.list.append(...items);
    if (atEnd) this.root.scrollTop = this.root.scrollHeight;
    this.warn(warnings);
    this.counted();
  }

  counted() {
    const total = this.settled.length + this.unsettled.length;
    this.total = total;
    this.count.textContent = total === 0 ? "Nothing has happened yet" : total === 1 ? "1 step so far" : `${total} steps so far`;
    this.copy.disabled = total === 0;
    this.anew.disabled = total === 0 && this.warnings.hidden;
    this.named();
  }

  warn(warnings) {
    this.warnings.hidden = warnings.length === 0;
    if (this.warnings.dataset.said === JSON.stringify(warnings)) return;
    this.warnings.dataset.said = JSON.stringify(warnings);
    this.warnings.replaceChildren(
      el("strong", {}, "Not all of this can be replayed"),
      el("ul", {}, ...warnings.map((words) => el("li", {}, words))),
    );
  }

  /** The file's address and the commands follow the title. */
  named() {
    const title = this.title.value;
    const name = fileName(title);
    if (this.total) this.save.setAttribute("href", this.address());
    else this.save.removeAttribute("href");
    this.save.setAttribute("download", name);
    this.save.setAttribute("aria-disabled", String(!this.total));
    this.commands.replaceChildren(
      el("span", {}, "Run it as a test:"),
      el("code", {}, `pytest --dialogue=${name}`),
      el("span", {}, "or without pytest:"),
      el("code", {}, `python -m bot replay ${name}`),
    );
  }

  address() {
    return `${PATH}.yaml?${new URLSearchParams({ title: this.title.value })}`;
  }

  async copyAll() {
    try {
      const answer = await fetch(this.address());
      if (!answer.ok) throw new Error(`the playground answered ${answer.status}`);
      await navigator.clipboard.writeText(await answer.text());
      this.tell("Copied.");
    } catch (error) {
      this.tell(`It could not be copied (${error.message}). Save it as a file instead.`, { bad: true });
    }
  }

  /** What was recorded is gone for good, so one press is not enough. */
  ask() {
    if (this.total === 0) return this.forget();
    const steps = this.total === 1 ? "The step" : `The ${this.total} steps`;
    const keep = button("Keep them", () => this.answered());
    const forget = button("Forget them", () => this.forget());
    forget.classList.add("recording-forget");
    this.question.replaceChildren(el("p", {}, `${steps} recorded so far will be forgotten.`), forget, keep);
    this.question.hidden = false;
    keep.focus();
  }

  answered() {
    this.question.hidden = true;
    this.anew.focus();
  }

  async forget() {
    this.answered();
    try {
      await this.lab.remove(PATH);
      this.tell("A new recording has begun. The bot itself still knows what was asked before.");
    } catch (error) {
      this.tell(`The recording goes on as before: ${error.message}`, { bad: true });
    }
    this.changed();
  }

  tell(words, { bad = false } = {}) {
    this.state.classList.toggle("recording-bad", bad);
    this.state.textContent = words;
  }
}

function button(words, onclick) {
  return el("button", { class: "recording-button", type: "button", onclick }, words);
}
