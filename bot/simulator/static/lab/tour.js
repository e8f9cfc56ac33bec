// Shows newcomers around in five steps that tick themselves off, whoever did them and in whatever window.

import { byId, el, icon } from "../dom.js";
import { NEXT, STEPS } from "./tour-steps.js";

const KEPT = "playground.tour";
const CROSS = "M6.400 5 5 6.400l5.600 5.600L5 17.600 6.400 19l5.600-5.600 5.600 5.600 1.400-1.400-5.600-5.600L19 6.400 17.600 5 12 10.600z";

export const panel = {
  key: "tour",
  title: "Tour",
  mount(root, lab) {
    seen(lab);
    new Tour(root, lab).read();
  },
  watch(lab) {
    if (isSeen()) return;
    lab.badge("tour", "new");
    invite(lab);
  },
};

class Tour {
  constructor(root, lab) {
    this.lab = lab;
    this.steps = new Map();
    this.build(root);
    lab.on("tour", () => this.read());
    lab.on("opened", () => this.read());
  }

  build(root) {
    this.bar = el("progress", { class: "tour-bar", max: "5", value: "0", "aria-labelledby": "tour-count" });
    this.count = el("p", { class: "tour-count", id: "tour-count" });
    this.anew = el("button", { type: "button", class: "tour-anew", onclick: () => this.begin() }, "Begin anew");
    this.list = el("ol", { class: "tour-steps" });
    this.trouble = el("p", { class: "tour-trouble", role: "alert", hidden: true });
    this.end = this.congratulation();
    root.append(
      el("h2", {}, "Five steps to know the bot"),
      el("div", { class: "tour-progress" }, this.count, this.anew, this.bar),
      this.trouble,
      this.list,
      this.end,
    );
  }

  async read() {
    let state;
    try {
      state = await this.lab.get("/play/tour");
    } catch (error) {
      this.complain(error);
      return;
    }
    this.complain(null);
    for (const [at, step] of state.steps.entries()) this.show(step, at);
    this.bar.value = state.done;
    this.count.textContent = `${state.done} of ${state.steps.length} done`;
    this.end.hidden = state.done < state.steps.length;
    this.lab.badge("tour", this.end.hidden && state.done > 0 ? `${state.done}/${state.steps.length}` : "");
    this.unfold(state);
    this.last = state;
  }

  show(state, at) {
    const known = this.steps.get(state.key);
    if (!known) {
      const step = new Step(state.key, { number: at + 1, act: (action) => this.act(action, state.key) });
      this.steps.set(state.key, step);
      this.list.append(step.element);
    }
    this.steps.get(state.key).show(state);
  }

  /** What comes next is open; what somebody opened or shut meanwhile stays so. */
  unfold(state) {
    const before = this.last?.steps ?? [];
    const finished = state.steps.filter((step) => step.done && before.some((old) => old.key === step.key && !old.done));
    for (const { key } of finished) this.steps.get(key).details.open = false;
    if (this.last && finished.length === 0) return;
    const next = state.steps.find((step) => !step.done);
    if (next) this.steps.get(next.key).details.open = true;
    if (finished.length) this.tell(finished, next);
  }

  tell(finished, next) {
    const done = finished.map(({ key }) => `Done: ${STEPS[key].title}.`).join(" ");
    this.lab.say(next ? `${done} Next: ${STEPS[next.key].title}.` : `${done} That was the whole tour.`);
    if (!next) this.end.scrollIntoView({ block: "nearest" });
  }

  async act(action, key) {
    try {
      await this[action.kind](action, key);
      this.complain(null);
    } catch (error) {
      this.complain(error);
    }
  }

  async write(_action, key) {
    // Asked for anew each time: a user ID that was free a moment ago may be taken by now.
    const { steps } = await this.lab.get("/play/tour");
    this.lab.fill(steps.find((step) => step.key === key).line);
  }

  async post({ path, body, said }) {
    await this.lab.post(path, body);
    this.lab.say(said);
  }

  open({ panel: key }) {
    this.lab.open(key);
  }

  async begin() {
    await this.act({ kind: "forget" });
    this.list.querySelector("summary")?.focus();
  }

  async forget() {
    await this.lab.remove("/play/tour");
    for (const step of this.steps.values()) step.details.open = false;
    this.last = null;
    this.lab.say("The tour begins anew.");
    await this.read();
  }

  complain(error) {
    this.trouble.hidden = error === null;
    this.trouble.textContent = error?.message ?? "";
  }

  congratulation() {
    const ways = NEXT.map(({ label, href, panel: key }) =>
      href
        ? el("a", { class: "tour-way", href }, label)
        : el("button", { type: "button", class: "tour-way", onclick: () => this.lab.open(key) }, label),
    );
    return el(
      "section",
      { class: "tour-end", hidden: true, "aria-labelledby": "tour-end-title" },
      el("h3", { id: "tour-end-title" }, "Well done: you have seen it all"),
      el("p", {}, "Whatever dies or gets lost, nothing is sent twice and nothing is forgotten. Try next:"),
      el("ul", { class: "tour-ways" }, ...ways.map((way) => el("li", {}, way))),
    );
  }
}

/** One step, which shows what of it is done. */
class Step {
  constructor(key, { number, act }) {
    const { title, words, ticks, actions } = STEPS[key];
    this.state = el("span", { class: "tour-state" });
    this.ticks = new Map(Object.entries(ticks).map(([name, label]) => [name, new Tick(label)]));
    const marker = el("span", { class: "tour-marker", "aria-hidden": "true" }, String(number));
    const buttons = actions.map((action) => button(action, act));
    this.details = el(
      "details",
      { class: "tour-details" },
      el("summary", { class: "tour-summary" }, marker, el("span", { class: "tour-title" }, title), this.state),
      el("p", { class: "tour-words" }, words),
      el("ul", { class: "tour-ticks" }, ...[...this.ticks.values()].map((tick) => tick.element)),
      el("div", { class: "tour-actions" }, ...buttons),
    );
    this.element = el("li", { class: "tour-step", dataset: { testid: `tour-${key}` } }, this.details);
  }

  show({ done, ticks }) {
    this.element.classList.toggle("tour-done", done);
    const ticked = ticks.filter((tick) => tick.done);
    this.state.textContent = done ? "Done" : ticked.length ? `${ticked.length} of ${ticks.length}` : "";
    for (const tick of ticks) this.ticks.get(tick.key)?.show(tick.done);
  }
}

class Tick {
  constructor(label) {
    this.spoken = el("span", { class: "visually-hidden" });
    this.element = el("li", { class: "tour-tick" }, this.spoken, label);
    this.show(false);
  }

  show(done) {
    this.element.classList.toggle("tour-ticked", done);
    this.spoken.textContent = done ? "Done: " : "To do: ";
  }
}

function button(action, act) {
  const onclick = async (event) => {
    const pressed = event.currentTarget;
    if (pressed.ariaDisabled === "true") return;
    // A bot takes a moment to start; the button keeps the focus meanwhile.
    pressed.ariaDisabled = "true";
    await act(action);
    pressed.ariaDisabled = null;
  };
  return el("button", { type: "button", class: `tour-action tour-${action.kind}`, onclick }, action.label);
}

/** A line above the messages that is there until somebody takes it or sends it away. */
function invite(lab) {
  const away = () => {
    seen(lab);
    byId("tour-invitation")?.remove();
  };
  const invitation = el(
    "div",
    { class: "tour-invitation", id: "tour-invitation", role: "region", "aria-label": "Invitation" },
    el("span", {}, "New here?"),
    el("button", { type: "button", class: "tour-take", onclick: () => lab.open("tour") }, "Take the tour"),
    el("button", { type: "button", class: "tour-away", "aria-label": "No tour", title: "No tour", onclick: away }, icon(CROSS)),
  );
  // A page with two chats has no room for it.
  byId("notice")?.before(invitation);
}

function isSeen() {
  try {
    return localStorage.getItem(KEPT) === "seen";
  } catch {
    // Who has no storage would be invited for ever.
    return true;
  }
}

function seen(lab) {
  byId("tour-invitation")?.remove();
  lab.badge("tour", "");
  try {
    localStorage.setItem(KEPT, "seen");
  } catch {
    // Then there was no invitation either.
  }
}
